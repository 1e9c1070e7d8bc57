select *
from model_families
order by family_id
