select * exclude (benchmarks)
from catalogue
order by provider_id, release_date desc, model_id
