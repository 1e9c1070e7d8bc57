-- Published totals of the Hub, each with its source; points of different sources do not make a line.
select *
from hub_totals
order by kind, total_date, source
