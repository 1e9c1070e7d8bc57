-- The repositories of a series that the newest snapshot lists otherwise than `listed_repositories` says. Reads the table state, the
-- series as the lake's rows add up to it. Parameters: $kind, $coverage.
-- grain: repository_key
with held as (
    from published.listed_repositories
    where kind = $kind and coverage = $coverage
)

select coalesce(held.repository_key, state.state_key) as repository_key,
from held
full outer join state on held.repository_key = state.state_key
where
    held.repository_key is null
    or state.state_key is null
    or row(held.id, held.created_at, held.licences, held.tasks, held.library, held.languages, held.base_models, held.stated_parameters, held.gated)
        is distinct from
        row(state.id, state.created_at, state.licences, state.tasks, state.library, state.languages, state.base_models, state.parameters,
            state.gated)
    or row(held.downloads, held.downloads_all_time, held.likes, held.trending_score, held.last_modified_at)
        is distinct from
        row(state.downloads, state.downloads_all_time, state.likes, state.trending_score, state.last_modified_at)
order by all
