-- Context window of each model of the catalogue by release date, at its widest over the providers that offer it.
with standing as (
    select *
    from catalogue_changes
    where snapshot_at <= $as_of
    qualify row_number() over (partition by entry_key order by snapshot_at desc) = 1 and not is_departure
)

select
    name,
    if(bool_or(is_open_weights), 'open', 'closed') as openness,
    min(release_date) as release_date,
    max(context_tokens) as context_tokens,
    count(distinct provider_id) as provider_count,
from standing
where
    context_tokens is not null and release_date is not null and release_precision != 'year'
    and is_open_weights is not null and list_contains(output_modalities, 'text')
group by name
order by release_date, name
