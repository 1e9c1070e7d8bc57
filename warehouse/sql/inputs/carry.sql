-- Takes up the state that the last build ended with, for the series that go on from there.
insert into carried_attributes by name
select
    rowid as listing_key,
    kind,
    coverage,
    repository_key,
    0 as ordinal,
    attributes_at,
    series_first_seen_at as first_seen_at,
    id,
    author,
    created_at,
    cast(date_trunc('month', created_at) as date) as created_month,
    is_on_or_before,
    licence as licence_id,
    licence_class,
    tasks,
    library,
    languages,
    base_relation,
    base_models,
    family_id,
    parameters,
    size_class,
    gated,
    has_card,
    linked_models,
from last_build.listed_repositories
anti join restarted using (kind, coverage);

insert into carried_metrics by name
select
    rowid as listing_key,
    downloads,
    downloads_all_time,
    likes,
    trending_score,
    last_modified_at,
from last_build.listed_repositories
anti join restarted using (kind, coverage);

insert into carried_absences by name
select * exclude (created_month),
from last_build.absences
anti join restarted using (kind, coverage);
