-- Dated events of the ecosystem, each with its source.
-- grain: milestone_date, title_en
select milestone_date, date_precision, subject, title_en, title_zh, source_title, source_url
from milestones
order by milestone_date
