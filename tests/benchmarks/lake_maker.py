"""A lake of any size written directly: for benchmarks of what comes after collecting."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from warehouse.manifest import Entry, LandedFile, Manifest, run_id_of
from warehouse.settings import Home

COVERAGE = "full"
GROWING = "(n % $snapshots) // 2"
"""Snapshot in which repository n appears: the listing grows from little during the first half of them."""
STANDING = """
greatest(0, n - ($repositories - $repositories // 1000 * ($snapshots - 1)) + $repositories // 1000) // greatest(1, $repositories // 1000)
"""
"""The listing is there from the beginning, and a thousandth of it is new each time, as on the real Hub."""

ATTRIBUTES = """
copy (
    select
        $at::timestamp as snapshot_at,
        format('{:024x}', n) as repository_key,
        format('author-{}/{}-{}', n % 4000, ['llama', 'qwen', 'bert', 'thing'][1 + n % 4], n) as id,
        format('author-{}', n % 4000) as author,
        timestamp '2022-03-03' + interval (n % 1600) day as created_at,
        if(n % 3 = 0, [['apache-2.0', 'mit', 'llama3', 'other'][1 + n % 4]], []) as licences,
        null::varchar as licence_name,
        if(n % 5 < 2, [['text-generation', 'fill-mask', 'text-to-image'][1 + n % 3]], []) as tasks,
        if(n % 2 = 0, 'transformers', null) as library,
        if(n % 7 = 0, ['en'], []) as languages,
        if(n % 4 = 1, ['finetune', 'adapter', 'quantized', 'merge'][1 + n % 4], null) as base_relation,
        if(n % 4 = 1, [format('author-{}/llama-{}', n % 40, n % 400)], []) as base_models,
        if(n % 4 = 0, 7000000000 + n, null)::bigint as parameters,
        null::bigint as size_bytes, 'false' as gated, false as is_disabled, true as has_card, null::varchar as sdk,
        null::varchar[] as linked_models, null::varchar[] as linked_datasets, ['transformers', 'region:us'] as tags
    from range($repositories) numbers(n)
    where {born} = $number
    order by repository_key
) to '{path}' (format parquet, compression zstd)
"""
METRICS = """
copy (
    select
        $at::timestamp as snapshot_at,
        format('{:024x}', n) as repository_key,
        (hash(n, $number) % 1000 * (1 + 100000 // (1 + n)))::bigint as downloads,
        (10000 * $number + hash(n) % 100000)::bigint as downloads_all_time,
        (hash(n) % 50 + $number)::bigint as likes,
        0::double as trending_score,
        $at::timestamp as last_modified_at
    from range($repositories) numbers(n)
    where {born} <= $number and ({born} = $number or hash(n, $number) % 10 < $tenths)
    order by repository_key
) to '{path}' (format parquet, compression zstd)
"""


def make_lake(
    home: Home,
    *,
    repositories: Mapping[str, int],
    snapshots: int,
    every: timedelta,
    tenths: int = 10,
    born: str = GROWING,
) -> Iterator[int]:
    """Write `snapshots` whole snapshots of these listings (name → repositories), and say the number of each, from 1, when it is there.

    `tenths` tenths of the counters differ from one to the next.
    """
    previous, listed = None, dict.fromkeys(repositories, 0)
    for number in range(snapshots):
        at = datetime(2024, 11, 1, 12) + number * every
        entries = []
        for listing, count in repositories.items():
            values = {"repositories": count, "snapshots": snapshots, "number": number, "tenths": tenths, "at": at}
            files = [
                _write(home.lake, listing, table, query.replace("{born}", born), values)
                for table, query in (("attributes", ATTRIBUTES), ("metrics", METRICS))
            ]
            listed[listing] += files[0].rows
            entries.append(
                Entry(
                    listing,
                    COVERAGE,
                    None,
                    "ok",
                    record_count=listed[listing],
                    row_count=listed[listing],
                    previous_snapshot_at=previous,
                    files=tuple(file for file in files if file.rows),
                )
            )
        run_id = run_id_of(at)
        manifest = Manifest(run_id, at, "full", at, at, "benchmark", "http://127.0.0.1", True, tuple(entries))
        path = home.lake / "manifests" / f"{run_id}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(manifest.to_json(), encoding="utf-8")
        previous = at
        yield number + 1


def _write(lake: Path, listing: str, table: str, query: str, values: dict[str, object]) -> LandedFile:
    path = lake / listing / f"coverage={COVERAGE}" / f"run={run_id_of(values['at'])}" / f"{table}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = query.replace("{path}", str(path))
    used = {name: value for name, value in values.items() if f"${name}" in text}
    rows = duckdb.execute(text, used).fetchall()[0][0]
    if not rows:
        path.unlink()
        return LandedFile(path.relative_to(lake).as_posix(), 0, 0, "")
    content = path.read_bytes()
    return LandedFile(path.relative_to(lake).as_posix(), rows, len(content), hashlib.sha256(content).hexdigest())
