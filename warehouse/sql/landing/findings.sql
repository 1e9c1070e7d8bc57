-- What was odd in the records of one chunk: one row for each kind of oddity, with how often and up to three examples.
-- grain: finding, reason
with oddities as (
    select 'rejected' as finding, rejected_because as reason, example
    from chunk
    where rejected_because is not null

    union all

    select 'odd value', unnest(string_split(odd_because, '; ')), example
    from chunk
    where odd_because is not null and rejected_because is null
)
select
    finding,
    reason,
    count(*) as record_count,
    coalesce((list(left(example, 60)) filter (where example is not null and not starts_with(reason, 'private')))[:3], []) as examples
from oddities
group by all
order by record_count desc, reason
