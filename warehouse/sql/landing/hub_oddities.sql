-- The repositories, with why one cannot be kept (`rejected_because`) or which of its values were changed or dropped (`odd_because`).
with explained as (
    select
        * exclude (given),
        case
            when given.is_private then 'private, never kept'
            when id is null then 'no id'
        end as rejected_because,
        concat_ws(
            '; ',
            case when given.is_marked then 'control characters or direction marks removed' end,
            case when given.is_long then 'text longer than allowed, cut' end,
            case when given.has_many_tags then 'more than 3,000 tags, the rest dropped' end,
            case when created_at is null and given.createdAt is not null then 'createdAt is no plausible date, dropped' end,
            case when last_modified_at is null and given.lastModified is not null then 'lastModified is no plausible date, dropped' end,
            case when downloads is null and given.downloads is not null then 'downloads is no count, dropped' end,
            case when downloads_all_time is null and given.downloadsAllTime is not null then 'downloadsAllTime is no count, dropped' end,
            case when likes is null and given.likes is not null then 'likes is no count, dropped' end,
            case when trending_score is null and given.trendingScore is not null then 'trendingScore is no number, dropped' end,
            case when count_of(given.parameters) is null and given.parameters is not null then 'number of parameters is no count, dropped' end,
            case when size_bytes is null and given.mainSize is not null then 'mainSize or usedStorage is no count, dropped' end,
            case when gated is null and given.gated is not null then 'gated has an unknown value, dropped' end,
            case when given.license is not null and given.license not in ('', '[]') and len(licences) = 0 then 'licence is neither text nor list, dropped' end,
            case when base_relation is null and given.relation is not null then 'relation to the base model is unknown, dropped' end,
            case when given.baseModels not in ('OBJECT', 'ARRAY', 'NULL') then 'baseModels has an unknown shape, dropped' end
        ) as odd_text
    from hub_repositories
)
select
    * exclude (odd_text),
    nullif(odd_text, '') as odd_because,
    case when odd_text <> '' or rejected_because is not null then id end as example
from explained
