-- What each row of a series says, as one value. Reads the views attributes and metrics.
create or replace temp view attribute_contents as
select repository_key, snapshot_at, row(*columns(* exclude (repository_key, snapshot_at, seen_at))) as content,
from attributes;

create or replace temp view metric_contents as
select repository_key, snapshot_at, row(*columns(* exclude (repository_key, snapshot_at))) as content,
from metrics;
