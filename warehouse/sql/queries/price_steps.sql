-- Price and limits of a provider's models as dated steps.
select *
from price_steps
where provider_id = $provider_id and ($as_of::timestamp is null or valid_from <= $as_of)
order by model_id, valid_from
