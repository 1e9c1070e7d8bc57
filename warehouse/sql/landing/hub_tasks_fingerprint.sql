-- The `rows` of hub_tasks with `fingerprint`, which differs when any attribute does.
select *, null as metrics, hash(label) as fingerprint
from rows
