-- How many versions of articles were replaced by a time.
create index nodes_ended on nodes (until, since) where id = of and until is not null;
