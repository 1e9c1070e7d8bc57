-- The year in which most of the models were created that OpenAI still lists.
-- grain: one row
select /* gap */ year(created_at) /* end */ as answer
from openai_models
where first_seen_at <= $snapshot_at and (removed_at is null or removed_at > $snapshot_at)
group by answer
order by count(*) desc, answer desc
limit 1
