-- What the build's SQL reads besides other SQL: the snapshots of this step, the state carried from the step before, and the columns
-- that the Hub's listings have in the lake (`no_*` hold no rows: they give the types, and stand in for columns that an old run lacks).
-- `seen_at` is the pruned snapshot that first showed what the row says, where that was before its own snapshot.
create temp table steps (
    step_id integer,
    kind varchar,
    coverage varchar,
    snapshot_at timestamp,
    ordinal bigint,
    previous_snapshot_at timestamp,
    elapsed_days double,
    is_wanted boolean,
);

-- Snapshots whose marts are made now, all that the lake holds, and series whose state is summed up from the beginning of the lake again.
create temp table wanted (kind varchar, coverage varchar, snapshot_at timestamp);
create temp table kept (kind varchar, coverage varchar, snapshot_at timestamp);
create temp table restarted (kind varchar, coverage varchar);

create temp view series_steps as
select kind, coverage, min(ordinal) as first_ordinal, max(ordinal) + 1 as end_ordinal,
from steps
group by all;

create temp table carried_attributes (
    listing_key bigint,
    kind varchar,
    coverage varchar,
    repository_key varchar,
    ordinal bigint,
    attributes_at timestamp,
    first_seen_at timestamp,
    id varchar,
    author varchar,
    created_at timestamp,
    created_month date,
    is_on_or_before boolean,
    licence_id varchar,
    licence_class varchar,
    tasks varchar[],
    library varchar,
    languages varchar[],
    base_relation varchar,
    base_models varchar[],
    family_id varchar,
    parameters bigint,
    size_class varchar,
    gated varchar,
    has_card boolean,
    linked_models varchar[],
);

create temp table carried_metrics (
    listing_key bigint,
    downloads bigint,
    downloads_all_time bigint,
    likes bigint,
    trending_score double,
    last_modified_at timestamp,
);

create temp table carried_absences (
    kind varchar,
    coverage varchar,
    repository_key varchar,
    id varchar,
    created_at timestamp,
    is_on_or_before boolean,
    first_seen_at timestamp,
    absent_from timestamp,
    absent_to timestamp,
);

create temp table no_attributes (
    kind varchar,
    coverage varchar,
    snapshot_at timestamp,
    repository_key varchar,
    id varchar,
    author varchar,
    created_at timestamp,
    licences varchar[],
    licence_name varchar,
    tasks varchar[],
    library varchar,
    languages varchar[],
    base_relation varchar,
    base_models varchar[],
    parameters bigint,
    size_bytes bigint,
    gated varchar,
    is_disabled boolean,
    has_card boolean,
    sdk varchar,
    linked_models varchar[],
    linked_datasets varchar[],
    tags varchar[],
    seen_at timestamp,
);

create temp table no_metrics (
    kind varchar,
    coverage varchar,
    snapshot_at timestamp,
    repository_key varchar,
    downloads bigint,
    downloads_all_time bigint,
    likes bigint,
    trending_score double,
    last_modified_at timestamp,
);

create temp table no_departures (
    kind varchar,
    coverage varchar,
    snapshot_at timestamp,
    repository_key varchar,
    seen_at timestamp,
);

-- A snapshot that landed late may lie after the moment that a pruned one was said to show it: then that is not believed.
create temp macro first_shown(seen_at, snapshot_at, previous_snapshot_at) as
    if(seen_at > previous_snapshot_at or (previous_snapshot_at is null and seen_at is not null), seen_at, snapshot_at);
