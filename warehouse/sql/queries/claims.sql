-- Published claims about the ecosystem: the sentence, what it says in numbers, who said it, when, and of which time.
-- grain: claim_id
select *
from claims
order by rowid
