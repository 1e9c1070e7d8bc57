-- The Foundation Model Transparency Index, edition by edition. Its indicators changed between them: no line joins the editions.
-- grain: edition, firm
select *
from transparency_index
order by edition, indicators_met desc, firm
