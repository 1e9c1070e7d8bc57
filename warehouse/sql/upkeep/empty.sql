-- The columns that a series' rows have at least; a file written before there was pruning has no `seen_at`.
create or replace temp table no_attributes (repository_key varchar, snapshot_at timestamp, seen_at timestamp);
create or replace temp table no_metrics (repository_key varchar, snapshot_at timestamp);
create or replace temp table no_departures (repository_key varchar, snapshot_at timestamp, seen_at timestamp);
