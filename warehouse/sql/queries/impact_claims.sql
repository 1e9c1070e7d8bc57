-- Claims about the economic and social impact, with their standing and what would settle them.
-- grain: claim_id
select *
from impact_claims
order by topic, published_date, claim_id
