-- What a snapshot adds to the lake. Both sides are tables or views with state_key, fingerprint and metrics; `now_rows` are whole rows
-- with a `sequence` of their own, `before_rows` only need these three columns.

-- One row per key of now_rows that is new or differs from before.
-- grain: sequence
create macro changes_between(now_rows, before_rows) as table
    select
        now_row.sequence,
        before_row.state_key is null as is_new,
        is_new or now_row.fingerprint <> before_row.fingerprint as has_new_attributes,
        is_new or now_row.metrics is distinct from before_row.metrics as has_new_metrics
    from query_table(now_rows) as now_row
    left join query_table(before_rows) as before_row using (state_key)
    where
        before_row.state_key is null
        or now_row.fingerprint <> before_row.fingerprint
        or now_row.metrics is distinct from before_row.metrics;

-- Keys that were there before and are there no more.
-- grain: state_key
create macro departures_between(now_rows, before_rows) as table
    select before_row.state_key
    from query_table(before_rows) as before_row
    anti join query_table(now_rows) as now_row using (state_key);

-- The rows of which `part` ('attributes' or 'metrics') is new.
create macro changed_rows(now_rows, changes, part) as table
    from query_table(now_rows)
    semi join (
        select sequence
        from query_table(changes)
        where if(part = 'attributes', has_new_attributes, has_new_metrics)
    ) as changed using (sequence);

-- Rows for attributes.parquet.
create macro new_attributes(now_rows, stamp) as table
    select stamp::timestamp as snapshot_at, columns(lambda name: name not in ('state_key', 'sequence', 'fingerprint', 'metrics'))
    from query_table(now_rows);

-- Rows for metrics.parquet.
create macro new_metrics(now_rows, stamp) as table
    select stamp::timestamp as snapshot_at, state_key as repository_key, unnest(metrics)
    from query_table(now_rows);
