-- How much memory typical graphics processors have: of a laptop, of a card, of a server.
-- grain: memory_gb
select cast(memory_gb as integer) as memory_gb, device, released_date, stands_for, source, source_url
from hardware
where stands_for is not null
order by memory_gb
