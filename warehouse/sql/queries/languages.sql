select *
from languages
order by language_id
