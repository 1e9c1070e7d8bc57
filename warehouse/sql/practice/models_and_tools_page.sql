-- How many of the most downloaded models are of the library that leads among them.
-- grain: one row
with first_ten as (
    select library
    from downloads_top
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and rank <= 10
)

select (select count(*) from first_ten) as n, 'transformers' as library, count(*) as answer
from first_ten
where library = 'transformers'
having n > 0
