-- How many models the OpenAI listing showed at each good snapshot.
-- grain: snapshot_at
select
    snapshot_at,
    row_count as model_count,
from series_snapshots
where listing = 'openai_models'
