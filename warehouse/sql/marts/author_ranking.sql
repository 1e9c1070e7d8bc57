-- The authors that lead a snapshot: the first 200 by repositories, by 30-day downloads and by likes.
-- grain: kind, coverage, snapshot_at, author
-- per: snapshot
-- order: repository_count desc
with bars as (
    select
        kind,
        coverage,
        snapshot_at,
        list_min(max(repository_count, 200)) as repository_bar,
        list_min(max(downloads_30d, 200)) as downloads_bar,
        list_min(max(likes, 200)) as likes_bar,
    from author_totals
    group by all
),

ranked as (
    select
        author_totals.*,
        row_number() over (partition by kind, coverage, snapshot_at order by repository_count desc, author) as repository_rank,
        row_number() over (partition by kind, coverage, snapshot_at order by downloads_30d desc nulls last, author) as downloads_rank,
        row_number() over (partition by kind, coverage, snapshot_at order by likes desc nulls last, author) as likes_rank,
    from author_totals
    inner join bars using (kind, coverage, snapshot_at)
    where repository_count >= repository_bar or downloads_30d >= downloads_bar or likes >= likes_bar
)

select
    kind,
    coverage,
    snapshot_at,
    author,
    repository_count,
    downloads_30d,
    downloads_all_time,
    likes,
from ranked
where repository_rank <= 200 or downloads_rank <= 200 or likes_rank <= 200
