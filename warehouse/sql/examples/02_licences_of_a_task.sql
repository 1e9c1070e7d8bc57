-- Which licences do text-generation models declare?
select licence, count(*) as models, sum(downloads) as downloads
from repositories
where kind = 'model' and task = 'text-generation'
group by licence
order by models desc
