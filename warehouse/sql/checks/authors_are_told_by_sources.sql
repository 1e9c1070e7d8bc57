-- Each source says one thing of an author, of a region and a kind that are known, and is named with its date.
select author, source, region, author_kind, 'told twice' as fault
from author_sources
group by all
having count(*) > count(distinct coalesce(organisation, '') || coalesce(country_id, ''))
union all by name
select author_sources.author, author_sources.source, author_sources.region, author_sources.author_kind, 'unknown or unsourced' as fault
from author_sources
left join countries using (country_id)
where
    source is null or source_url is null or source_date is null or precedence is null
    or (author_sources.region is null and author_kind is null)
    or coalesce(author_sources.region, 'us') not in ('us', 'china', 'europe', 'other', 'international')
    or coalesce(author_kind, 'company')
    not in ('company', 'university', 'research_institute', 'non_profit', 'government', 'community', 'individual')
    or (country_id is not null and countries.region is distinct from author_sources.region)
