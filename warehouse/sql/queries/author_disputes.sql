-- Authors of whom sources say different regions, and which rules.
-- grain: author, region, source
select author_origins.author, author_origins.region as ruling_region, author_sources.region, author_sources.source, author_sources.organisation
from author_origins
inner join author_sources using (author)
where author_origins.is_disputed and author_sources.region is not null
order by author_origins.author, author_sources.precedence, author_sources.region
