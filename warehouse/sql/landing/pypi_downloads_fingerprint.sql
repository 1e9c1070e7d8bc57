-- The `rows` of pypi_downloads with `fingerprint`, which differs when the count was corrected.
select *, null as metrics, hash(download_count) as fingerprint
from rows
