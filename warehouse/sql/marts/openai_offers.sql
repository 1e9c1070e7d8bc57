-- OpenAI's models as each listing tells of them: OpenAI's own, and models.dev, which stands in where nobody has a key. The latter's
-- dates of creation are those of release; a model ends with the shutdown that documents tell, else when the catalogue drops it.
-- grain: listing, model_id
with offered as (
    select
        model_id,
        max(release_date) as release_date,
        min(valid_from) as first_seen_at,
        if(bool_or(valid_to is null), null, max(valid_to)) as gone_at,
    from catalogue_stays
    where provider_id = 'openai'
    group by all
)

select
    'openai_models' as listing,
    model_id,
    family_id,
    created_at,
    first_seen_at,
    removed_at,
    shutdown_date,
from openai_models
union all by name
select
    'catalogue_models' as listing,
    offered.model_id,
    openai_family_of(offered.model_id) as family_id,
    cast(coalesce(openai_releases.released_date, offered.release_date) as timestamp) as created_at,
    offered.first_seen_at,
    coalesce(cast(openai_releases.shutdown_date as timestamp), offered.gone_at) as removed_at,
    openai_releases.shutdown_date,
from offered
left join openai_releases using (model_id)
