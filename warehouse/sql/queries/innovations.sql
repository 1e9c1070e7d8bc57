-- What OpenAI's API learned, each with the day, what it changed and its source.
-- grain: innovation_id
select * replace (cast(innovation_date as date) as innovation_date)
from innovations
order by innovation_date, innovation_id
