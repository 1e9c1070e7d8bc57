-- The `rows` of hub_tasks with `attributes_md5`, which differs when any attribute does.
-- Null and the empty text or list stay apart: chr(30) stands for null, chr(31) parts the columns; cleaned text holds neither.
select *, task_id as state_key, null as metrics, md5(known(label)) as attributes_md5
from rows
