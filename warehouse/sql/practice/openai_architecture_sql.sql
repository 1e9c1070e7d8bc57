-- How many models of OpenAI take pictures and answer in text.
-- grain: one row
select count(*) as answer
from catalogue_stays
where
    valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
    and provider_id = 'openai'
    and /* gap */ list_contains(input_modalities, 'image') and list_contains(output_modalities, 'text') /* end */
