-- A node has its keys itself, as they are needed when it is dropped: an index of
-- them by node was a third of what an article cost. The index of the record is
-- made anew.
alter table nodes add column keys blob; -- varints: block and day of each
drop index keys_node;
-- Pairs are read from their second end as often as from the first.
drop index pairs_b;
create index pairs_b on pairs (b, a, kind, score, why);
delete from meta where name = 'join';
