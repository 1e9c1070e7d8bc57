-- Where an author of the Hub is from and what it is, as reference/hub/author_sources.csv gives it source by source. The source of the
-- lowest precedence that states a region rules it, the same for the kind; a country counts only if it lies in the region that
-- rules. Sources that disagree are not averaged: `stated_regions` holds what all of them say.
-- A row is one author.
create table author_origins as
with ruled_regions as (
    select author, region
    from author_sources
    where region is not null
    qualify row_number() over (partition by author order by precedence, source, organisation) = 1
),

ruled_kinds as (
    select author, author_kind
    from author_sources
    where author_kind is not null
    qualify row_number() over (partition by author order by precedence, source, organisation) = 1
),

ruled_countries as (
    select author_sources.author, author_sources.country_id, author_sources.organisation
    from author_sources
    inner join ruled_regions using (author, region)
    where country_id is not null
    qualify row_number() over (partition by author order by precedence, source, organisation) = 1
),

stated as (
    select
        author,
        count(distinct source) as source_count,
        count(distinct region) as region_count,
        string_agg(distinct region, ', ' order by region) as stated_regions,
    from author_sources
    group by all
)

select
    stated.author,
    ruled_regions.region,
    ruled_countries.country_id,
    ruled_kinds.author_kind,
    ruled_countries.organisation,
    stated.source_count,
    stated.stated_regions,
    stated.region_count > 1 as is_disputed,
from stated
left join ruled_regions using (author)
left join ruled_countries using (author)
left join ruled_kinds using (author)
