-- Models with a price and a wide context, the cheapest to read first.
-- grain: answer
select name as answer, min(input_usd_per_mtok) as value
from catalogue_stays
where
    valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
    and input_usd_per_mtok > 0 and list_contains(output_modalities, 'text')
    and /* gap */ context_tokens >= 100000 /* end */
group by name
order by /* gap */ value, answer /* end */
