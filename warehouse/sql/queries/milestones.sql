select *
from milestones
order by milestone_date
