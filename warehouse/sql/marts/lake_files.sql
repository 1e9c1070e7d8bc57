-- The lake's files that this build was made from: what `history` reads, and what `hubscope verify` compares.
-- grain: path
with entries as (
    select
        run_id,
        snapshot_at,
        unnest(listings) as entry,
    from manifests
),

files as (
    select
        run_id,
        snapshot_at,
        entry.listing,
        entry.coverage,
        unnest(entry.files) as file,
    from entries
    where entry.status = 'ok'
)

select
    file.path,
    run_id,
    snapshot_at,
    listing,
    coverage,
    regexp_extract(file.path, '([a-z]+)\.parquet$', 1) as part,
    file.rows as row_count,
from files
