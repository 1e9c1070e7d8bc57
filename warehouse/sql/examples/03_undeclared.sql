-- How many repositories of each kind declare no licence? A share never travels without its denominator.
select
    kind,
    count(*) filter (licence = 'undeclared') as undeclared,
    count(*) as total,
    round(100.0 * undeclared / total, 1) as percent_undeclared
from repositories
group by kind
order by kind
