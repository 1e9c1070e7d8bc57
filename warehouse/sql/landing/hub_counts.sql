-- One count that the Hub gives of itself: of a kind, all of it (facet whole) or what has one value of a facet.
-- Variables: pages (files), snapshot_at.
-- fingerprint: asked_at, repository_count
with records as (
    select unnest(counts) as record
    from read_json(getvariable('pages'), format = 'unstructured', records = true, hive_partitioning = false, columns = {'counts': 'json[]'})
),
typed as (
    select
        cleaned(record ->> '$.kind', 20) as kind,
        cleaned(record ->> '$.facet', 20) as facet,
        cleaned(record ->> '$.value', 100) as value_id,
        kind || '/' || facet || '/' || value_id as count_key,
        plausible(moment_of(record ->> '$.asked_at'), getvariable('snapshot_at')) as asked_at,
        count_of(record ->> '$.count') as repository_count,
        record
    from records
)
select
    * exclude (record),
    case
        when json_type(record) is distinct from 'OBJECT' then 'not an object'
        when count_key is null then 'no filter that is counted'
        when asked_at is null then 'no plausible moment'
        when record ->> '$.fault' is not null then 'not counted: ' || cleaned(record ->> '$.fault', 200)
        when repository_count is null then 'the count is no number'
        when facet = 'whole' and repository_count = 0 then 'the whole Hub was counted as nothing'
    end as rejected_because,
    case when json_type(record -> '$.count') = 'VARCHAR' and repository_count is not null then 'the count came as text' end as odd_because,
    concat_ws(': ', count_key, left(without_marks(record ->> '$.count'), 40)) as example
from typed
