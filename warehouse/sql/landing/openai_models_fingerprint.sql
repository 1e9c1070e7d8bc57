-- The `rows` of openai_models with `fingerprint`, which differs when any attribute does.
select *, null as metrics, hash(created_at, owned_by, shutdown_date) as fingerprint
from rows
