-- How much memory typical graphics processors have.
-- grain: memory_gb
select *
from hardware_memory
order by memory_gb
