select *
from libraries
order by library_id
