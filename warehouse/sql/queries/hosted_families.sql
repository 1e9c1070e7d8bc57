-- Families of open weights that a host of the catalogue offered for text and with a price at that time, the most offered first.
-- grain: family_id
select
    catalogue_stays.family_id,
    coalesce(model_families.label, catalogue_stays.family_id) as family,
from catalogue_stays
inner join model_families using (family_id)
where
    valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
    and is_open_weights and list_contains(output_modalities, 'text') and list_contains(input_modalities, 'text')
    and release_date is not null and input_usd_per_mtok > 0 and output_usd_per_mtok > 0
group by all
order by count(*) desc, catalogue_stays.family_id
