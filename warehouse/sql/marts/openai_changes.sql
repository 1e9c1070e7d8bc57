-- The OpenAI listing as the lake keeps it: a model's entry whenever it was new or different, or its departure.
-- grain: model_id, snapshot_at
select
    model_id,
    snapshot_at,
    is_departure,
    created_at,
    owned_by,
    shutdown_date,
from lake_openai_models
