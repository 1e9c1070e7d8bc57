-- The `rows` of hub_tags with `fingerprint`, which differs when any attribute does.
select *, null as metrics, hash(label, sub_type) as fingerprint
from rows
