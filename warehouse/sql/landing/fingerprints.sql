-- One table function per parser: its rows with `attributes_md5`, which differs when any attribute does, and the counters as one value.
-- Null and the empty text or list stay different: chr(30) stands for null, chr(31) parts the columns. Neither can occur in cleaned text.
-- has_card is left out of the repositories' and marked behind it later: whether it is known depends on the whole listing.

create macro known(words) as coalesce(words, chr(30));

create macro known_list(words) as coalesce('[' || array_to_string(words, chr(29)), chr(30));

create macro card_mark(has_card) as case when has_card then '+' when not has_card then '-' else '?' end;

create macro hub_repositories_fingerprinted(rows_in) as table
    select
        * exclude (downloads, downloads_all_time, likes, trending_score, last_modified_at),
        {
            'downloads': downloads, 'downloads_all_time': downloads_all_time, 'likes': likes, 'trending_score': trending_score,
            'last_modified_at': last_modified_at
        } as metrics,
        md5(concat_ws(
            chr(31), id, known(created_at::varchar), known_list(licences), known(licence_name), known_list(tasks), known(library),
            known_list(languages), known(base_relation), known_list(base_models), known(parameters::varchar), known(size_bytes::varchar),
            known(gated), known(is_disabled::varchar), known(sdk), known_list(linked_models), known_list(linked_datasets), known_list(tags)
        )) as attributes_md5
    from query_table(rows_in);

create macro hub_tasks_fingerprinted(rows_in) as table
    select *, null as metrics, md5(known(label)) as attributes_md5
    from query_table(rows_in);

create macro hub_tags_fingerprinted(rows_in) as table
    select *, null as metrics, md5(concat_ws(chr(31), known(label), known(sub_type))) as attributes_md5
    from query_table(rows_in);

create macro openai_models_fingerprinted(rows_in) as table
    select *, null as metrics, md5(concat_ws(chr(31), known(created_at::varchar), known(owned_by), known(shutdown_date::varchar))) as attributes_md5
    from query_table(rows_in);

create macro catalogue_models_fingerprinted(rows_in) as table
    select
        *,
        null as metrics,
        md5(concat_ws(
            chr(31), known(provider_name), known(name), known(family), known(release_date::varchar), known(release_precision), known(knowledge),
            known(is_open_weights::varchar), known(weights_id), known_list(input_modalities), known_list(output_modalities),
            known(context_tokens::varchar), known(output_tokens::varchar), known(input_usd_per_mtok::varchar),
            known(output_usd_per_mtok::varchar), known(cache_read_usd_per_mtok::varchar), known(status), known(benchmarks)
        )) as attributes_md5
    from query_table(rows_in);
