-- +goose Up
-- The ledger. Entries are only appended; purging empties a body. Text is
-- compared byte by byte, as the record wants it.
create table entries (
	seq       bigint generated always as identity primary key,
	id        text collate "C" not null unique,
	kind      text collate "C" not null,
	of        text collate "C" not null,
	published bigint,           -- microseconds since 1970, null when not known
	learnt    bigint not null,
	body      bytea not null    -- deflated JSON, empty when it was purged
);
create index entries_of on entries (of, kind, seq);
create index entries_kind on entries (kind, seq);

-- The index, made anew from the entries when need be.
create table nodes (
	n         bigint generated always as identity primary key,
	id        text collate "C" not null unique,
	of        text collate "C" not null,
	since     bigint not null,
	until     bigint,
	body      bytea not null,
	words     tsvector          -- of a version: its title and text
);
create index nodes_of on nodes (of, id);
create index nodes_words on nodes using gin (words);

create table blocks (
	b         bigint generated always as identity primary key,
	name      text collate "C" not null unique
);
create table keys (
	b         bigint not null,
	day       integer not null,
	n         bigint not null,
	primary key (b, day, n)
);
create index keys_node on keys (n);

create table pairs (
	a         bigint not null,
	b         bigint not null,
	kind      text collate "C" not null,
	score     bigint not null,  -- millionths
	why       text not null,
	primary key (a, b)
);
create index pairs_b on pairs (b, a);

create table meta (
	name      text collate "C" primary key,
	value     text not null
);
-- Whoever writes locks this row first.
insert into meta (name, value) values ('writer', '');

-- +goose Down
drop table meta, pairs, keys, blocks, nodes, entries;
