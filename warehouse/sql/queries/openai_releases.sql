-- OpenAI's models since 2020 as documents tell of them, up to a moment: how long each lived, by what each was replaced.
-- grain: model_id
select
    openai_releases.model_id,
    family_id,
    openai_families.label_en,
    openai_families.label_zh,
    kind,
    released_date,
    released_basis,
    announced_date,
    shutdown_date,
    shutdown_date <= cast($snapshot_at as date) as is_shut_down,
    date_diff('day', released_date, shutdown_date) as lived_days,
    replacement,
    input_usd_per_mtok,
    output_usd_per_mtok,
    price_date,
    released_source,
    shutdown_source,
    price_source,
from openai_releases
left join openai_families using (family_id)
where coalesce(released_date, announced_date, price_date) <= cast($snapshot_at as date) or released_date is null
order by released_date nulls last, model_id
