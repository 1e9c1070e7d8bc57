-- Who makes the derivatives of one family: the authors with most of them, and where they are from.
-- grain: author
select
    derivative_makers.author,
    coalesce(author_origins.region, 'unmapped') as region,
    derivative_count,
    finetune_count,
    adapter_count,
    quantized_count,
    merge_count,
    derivative_downloads_30d,
    family_derivative_count,
    family_author_count,
from derivative_makers
left join author_origins using (author)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and family_id = $family
order by derivative_count desc, derivative_makers.author
