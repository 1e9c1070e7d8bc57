-- What the OpenAI listing and the catalogue hold now is what their newest snapshots hold.
with newest as (
    select
        listing,
        arg_max(repository_count, snapshot_at) as row_count,
    from snapshots
    where listing in ('openai_models', 'catalogue_models')
    group by all
),

held as (
    select 'openai_models' as listing, count(*) as row_count from openai_models where is_listed
    union all
    select 'catalogue_models', count(*) from catalogue
)

select
    listing,
    newest.row_count as listed_count,
    held.row_count as held_count,
from newest
inner join held using (listing)
where newest.row_count != held.row_count
