select *
from catalogue_releases
order by release_month, provider_id
