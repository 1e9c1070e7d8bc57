select milestone_date, date_precision, subject, title_en, title_zh, source_title, source_url
from milestones
order by milestone_date
