-- How many of the catalogue's current models each provider dates to each month, by whether their weights are open.
-- Models dated to a year only are left out: they would all fall in January. So are those whose release is still to come.
-- grain: release_month, provider_id, is_open_weights (nullable)
select
    cast(date_trunc('month', release_date) as date) as release_month,
    provider_id,
    is_open_weights,
    count(*) as model_count,
from catalogue
where release_date <= (select max(snapshot_at) from catalogue_changes) and release_precision != 'year'
group by all
