-- The `rows` of openai_models with `attributes_md5`, which differs when any attribute does.
-- Null and the empty text or list stay apart: chr(30) stands for null, chr(31) parts the columns; cleaned text holds neither.
select *, model_id as state_key, null as metrics, md5(concat_ws(chr(31), known(created_at), known(owned_by), known(shutdown_date))) as attributes_md5
from rows
