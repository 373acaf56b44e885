-- The ledger. Entries are only appended; purging empties a body.
create table entries (
	seq       integer primary key autoincrement,
	id        text not null unique,
	kind      text not null,
	of        text not null,
	published integer,          -- microseconds since 1970, null when not known
	learnt    integer not null,
	body      blob not null     -- deflated JSON, empty when it was purged
);
create index entries_of on entries (of, kind, seq);
create index entries_kind on entries (kind, seq);

-- The index, made anew from the entries when need be.
create table nodes (
	n         integer primary key,
	id        text not null unique,
	of        text not null,
	since     integer not null,
	until     integer,
	body      blob not null
);
create index nodes_of on nodes (of, id);

create table blocks (
	b         integer primary key,
	name      text not null unique
);
create table keys (
	b         integer not null,
	day       integer not null,
	n         integer not null,
	primary key (b, day, n)
) without rowid;
create index keys_node on keys (n);

create table pairs (
	a         integer not null,
	b         integer not null,
	kind      text not null,
	score     integer not null, -- millionths
	why       text not null,
	primary key (a, b)
) without rowid;
create index pairs_b on pairs (b, a);

create virtual table words using fts5 (
	title, text, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2'
);

create table meta (
	name      text primary key,
	value     text not null
) without rowid;
