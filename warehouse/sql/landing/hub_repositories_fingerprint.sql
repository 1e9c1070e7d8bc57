-- The `rows` of a listing of repositories with `attributes_md5`, which differs when any attribute does, and their counters as one value `metrics`.
-- Null and the empty text or list stay apart: chr(30) stands for null, chr(31) parts the columns; cleaned text holds neither.
-- has_card is left out here and marked behind it later: whether it is known depends on the whole listing.
select
    * exclude (downloads, downloads_all_time, likes, trending_score, last_modified_at),
    repository_key as state_key,
    {
        'downloads': downloads, 'downloads_all_time': downloads_all_time, 'likes': likes, 'trending_score': trending_score,
        'last_modified_at': last_modified_at
    } as metrics,
    md5(concat_ws(
        chr(31), id, known(created_at), known_list(licences), known(licence_name), known_list(tasks), known(library),
        known_list(languages), known(base_relation), known_list(base_models), known(parameters), known(size_bytes),
        known(gated), known(is_disabled), known(sdk), known_list(linked_models), known_list(linked_datasets), known_list(tags)
    )) as attributes_md5
from rows
