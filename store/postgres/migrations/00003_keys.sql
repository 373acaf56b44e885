-- +goose Up
-- A node has its keys itself, as they are needed when it is dropped: an index of
-- them by node was much of what an article cost.
alter table nodes add column blocks bigint[], add column days integer[];
update nodes set blocks = k.blocks, days = k.days
from (select n, array_agg(b) as blocks, array_agg(day) as days from keys group by n) k where nodes.n = k.n;
drop index keys_node;

-- +goose Down
create index keys_node on keys (n);
alter table nodes drop column blocks, drop column days;
