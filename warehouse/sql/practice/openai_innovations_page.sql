-- OpenAI's flagships by the price of what they write, the cheapest first.
-- grain: answer
select model_id as answer, output_usd_per_mtok as value
from openai_releases
where
    released_date <= cast($snapshot_at as date) and output_usd_per_mtok is not null
    and regexp_matches(model_id, '^(gpt-[0-9.]+o?(-turbo)?(-(sol|astra))?|o[0-9]+|davinci|text-davinci-00[0-9])$')
order by value, answer
