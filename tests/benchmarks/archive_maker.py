"""An archive as large as the real one, in the columns of hub-stats, made by DuckDB from numbers alone.

The real file of 2026-09-30 takes 1.57 GB for 3.03 million models. How that is spread over its columns is not known; here three
fifths are columns that hubscope reads, and lists of files and configurations the rest.
"""

from pathlib import Path

import duckdb

# Shares as counted on the real Hub (October 2025: 38 % state a task, 56 % a library, 36 % a licence, 28 % a base, 23 % parameters).
MODELS = """
create or replace temp macro drawn(n, lot, below) as cast(hash(n, lot) % below as bigint);
create or replace temp macro word(n, lot) as format('{:x}', hash(n, lot));
copy (
    with draws as (
        select
            n,
            drawn(n, 1, 1000) as lot,
            [
                'apache-2.0', 'mit', 'other', 'openrail', 'creativeml-openrail-m', 'cc-by-nc-4.0', 'llama3', 'gemma'
            ][1 + drawn(n, 2, 8)] as licence,
            ['text-generation', 'text-classification', 'text-to-image', 'fill-mask', 'reinforcement-learning'][1 + drawn(n, 3, 5)] as task,
            ['transformers', 'peft', 'diffusers', 'gguf', 'sentence-transformers'][1 + drawn(n, 4, 5)] as library,
            format('org-{}/base-{}', drawn(n, 5, 900), drawn(n, 5, 5000)) as base,
            format('org-{}/set-{:x}', drawn(n, 17, 500), drawn(n, 17, 300000)) as dataset,
            ['llama', 'qwen', 'bert', 'my-model', 'sft-run', 'checkpoint', 'policy', 'classifier', 'style', 'test'][1 + n % 10] as name,
            ['finetune', 'adapter', 'quantized', 'merge'][1 + drawn(n, 6, 4)] as relation,
            timestamp '2026-11-01' - to_seconds(n * 40) as created,
            -- A few lead by far and most have nothing, as there.
            if(drawn(n, 7, 100) < 60, (2e9 / (1 + drawn(n, 8, 1000000)))::bigint, 0) as ever
        from range($records) numbers(n)
    )
    select
        format('{:08x}{}', epoch(created)::bigint, left(md5(n::varchar), 16)) as _id,
        format('author-{}/{}-{}-{:x}', drawn(n, 9, 400000), name, 1 + n % 70, n) as id,
        split_part(id, '/', 1) as author,
        created as "createdAt",
        created + to_hours((drawn(n, 10, 400))::integer) as "lastModified",
        if(drawn(n, 11, 100) < 60, ever // 25, 0) as downloads,
        ever as "downloadsAllTime",
        (drawn(n, 12, 4) // 3 * (drawn(n, 13, 40)))::bigint as likes,
        if(drawn(n, 14, 200) = 0, 0.5, 0)::double as "trendingScore",
        list_filter(
            [
                if(lot < 560, library, null), 'safetensors', if(lot < 380, task, null), 'region:us', 'endpoints_compatible',
                format('arxiv:2{:03}.{:05}', drawn(n, 15, 1000), drawn(n, 16, 100000)), if(lot % 7 = 0, 'en', null),
                if(lot < 360, 'license:' || licence, null), 'dataset:' || dataset,
                if(lot % 25 < 7, 'base_model:' || base, null), if(lot % 25 < 7, 'base_model:' || relation || ':' || base, null)
            ],
            lambda tag: tag is not null
        ) as tags,
        if(lot < 380, task, null) as pipeline_tag,
        if(lot < 560, library, null) as library_name,
        if(
            lot < 670,
            to_json({
                'license': if(lot < 360, licence, null), 'language': if(lot % 7 = 0, ['en'], null),
                'tags': ['generated_from_trainer', library, task], 'datasets': [dataset],
                'base_model': if(lot % 25 < 7, base, null),
                'widget': list_transform(
                    range(5),
                    lambda place: {'text': format('Say something about {}, then of {}.', word(n, 50 + place), word(n, 60 + place))}
                ),
                'model-index': [{
                    'name': id,
                    'results': [{
                        'task': {'name': 'Text Classification', 'type': 'text-classification'},
                        'dataset': {'name': word(n, 33), 'type': 'set', 'config': 'default', 'split': 'validation', 'args': 'default'},
                        'metrics': [
                            {'name': 'Accuracy', 'type': 'accuracy', 'value': drawn(n, 18, 1000000000000) / 1000000000000},
                            {'name': 'F1', 'type': 'f1', 'value': drawn(n, 34, 1000000000000) / 1000000000000},
                            {'name': 'Loss', 'type': 'loss', 'value': drawn(n, 35, 1000000000000) / 1000000000000}
                        ]
                    }]
                }]
            })::varchar,
            null
        ) as "cardData",
        to_json({
            'architectures': ['LlamaForCausalLM'], 'model_type': name, 'tokenizer_config': {
                'bos_token': '<s>', 'eos_token': '</s>', 'pad_token': word(n, 36), 'unk_token': '<unk>',
                'chat_template': word(n, 37) || word(n, 41) || word(n, 42)
            }
        })::varchar as config,
        list_transform(
            range(4 + drawn(n, 38, 18)),
            lambda place: {'rfilename': format('checkpoint-{}/model-{}.safetensors', drawn(n, 39 + place, 90000), place)}
        ) as siblings,
        if(lot % 100 < 23, {'parameters': {'BF16': drawn(n, 19, 70000000000)}, 'total': drawn(n, 19, 70000000000)}, null)
            as safetensors,
        if(lot % 100 = 99, {'total': drawn(n, 20, 70000000000), 'architecture': 'llama'}, null) as gguf,
        if(lot % 25 < 7, {'relation': relation, 'models': [{'_id': left(md5(base), 24), 'id': base}]}, null) as "baseModels"
    from draws
) to '{path}' (format parquet)
"""


# As on the real Hub: about a tenth of the used models' counters move in a day, few are edited, fewer vanish.
NEXT_DAY = """
copy (
    select * exclude (is_used) replace (
        if(is_used and hash(id, 1) % 10 = 0, downloads + cast(hash(id, 2) % 100 as bigint), downloads) as downloads,
        if(is_used and hash(id, 1) % 10 = 0, "downloadsAllTime" + cast(hash(id, 3) % 50 as bigint) + 1, "downloadsAllTime")
            as "downloadsAllTime",
        if(hash(id, 4) % 200 = 0, likes + 1, likes) as likes,
        if(hash(id, 5) % 1000 = 0, timestamp '2026-11-02 03:04:05', "lastModified") as "lastModified",
        if(hash(id, 6) % 1500 = 0, 'mlx', library_name) as library_name
    )
    from (select *, "downloadsAllTime" > 0 as is_used from read_parquet('{before}'))
    where hash(id, 7) % 30000 != 0
) to '{path}' (format parquet)
"""


def make_archive(path: Path, records: int) -> None:
    """Write `records` models to `path`."""
    _write(path, MODELS.replace("$records", str(records)))


def make_next_day(before: Path, path: Path) -> None:
    """Write the models of `before` as they may be a day later to `path`."""
    _write(path, NEXT_DAY.replace("{before}", before.as_posix()))


def _write(path: Path, sql: str) -> None:
    with duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(path.parent / "spill")}) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(sql.replace("{path}", path.as_posix()))
