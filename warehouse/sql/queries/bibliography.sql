-- What the course refers to: one row a work.
-- grain: reference_id
select *
from bibliography
order by authors, publication_year, title
