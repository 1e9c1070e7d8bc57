-- Applications that somebody built, with which model, to which effect, and what was hard.
-- grain: case_id
select *
from case_studies
order by place
