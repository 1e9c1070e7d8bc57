-- The ten most downloaded models.
select id, downloads, likes, licence, task
from repositories
where kind = 'model'
order by downloads desc nulls last
limit 10
