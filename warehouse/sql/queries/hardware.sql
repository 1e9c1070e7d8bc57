-- Accelerators with their memory, power and price at release, where known. Newest first.
-- grain: device
select *
from hardware
order by released_date desc nulls last, device
