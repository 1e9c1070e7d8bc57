-- What the Open Source Initiative found when it tried its definition on a dozen systems.
-- grain: system
select *
from osi_verdicts
order by verdict, system
