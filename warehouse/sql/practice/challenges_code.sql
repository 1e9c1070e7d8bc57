-- Cards that together hold the weights of the largest model at 4 bits.
-- grain: one row
select
    max(largest) as parameters,
    4 as bits,
    hardware.device,
    hardware.memory_gb as memory,
    ceil(max(largest) * 4 / 8 / 1e9 / hardware.memory_gb) as answer,
from size_by_month
inner join hardware on hardware.stands_for = 'card'
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
group by hardware.device, hardware.memory_gb
