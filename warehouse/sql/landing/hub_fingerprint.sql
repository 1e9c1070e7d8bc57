-- The `rows` of a listing of repositories with `fingerprint`, which differs when any attribute does, and the counters as one value.
-- hash() takes null for an empty list, and lists beside each other for one: the lengths tell them apart.
-- has_card is left out and worked in later: whether it is known depends on the whole listing.
select
    * exclude (downloads, downloads_all_time, likes, trending_score, last_modified_at),
    {
        'downloads': downloads, 'downloads_all_time': downloads_all_time, 'likes': likes, 'trending_score': trending_score,
        'last_modified_at': last_modified_at
    } as metrics,
    hash(
        id, created_at, licences, len(licences), licence_name, tasks, len(tasks), library, languages, len(languages),
        base_relation, base_models, len(base_models), parameters, size_bytes, gated, is_disabled, sdk,
        linked_models, len(linked_models), linked_datasets, len(linked_datasets), tags, len(tags)
    ) as fingerprint
from rows
