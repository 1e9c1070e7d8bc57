-- When the download counter of a kind changed what it counts; figures before and after do not compare.
-- grain: milestone_date
select *
from milestones
where subject = $kind || '_downloads'
order by milestone_date
