"""Small archives as they were published in the different eras, made by DuckDB."""

from datetime import datetime
from pathlib import Path

import duckdb

# Columns of the three files as seen in 2026; see the reference of the Hub's API, D1.
MODELS = """
    format('{:024x}', n) as _id,
    format('owner/model-{}', n) as id,
    'owner' as author,
    $newest::timestamp - to_hours(n) as "createdAt",
    $newest::timestamp - to_hours(n) as "lastModified",
    (10 * n)::bigint as downloads,
    (100 * n)::bigint as "downloadsAllTime",
    n::bigint as likes,
    0.5::double as "trendingScore",
    ['transformers', 'license:mit', 'en'] as tags,
    'text-generation' as pipeline_tag,
    'transformers' as library_name,
    '{"license": "mit", "language": ["en", "zh"]}' as "cardData",
    '{"architectures": ["LlamaForCausalLM"]}' as config,
    {'parameters': {'BF16': 7::bigint}, 'total': 7::bigint} as safetensors,
    {'total': 9::bigint, 'architecture': 'llama'} as gguf,
    {'relation': 'finetune', 'models': [{'_id': 'x', 'id': 'base/one'}]} as "baseModels",
    [{'rfilename': 'config.json'}] as siblings
"""
OTHERS = """
    format('d{:023x}', n) as _id,
    format('owner/thing-{}', n) as id,
    $newest::timestamp - to_hours(n) as "createdAt",
    n::bigint as likes,
    ['license:mit', 'language:en'] as tags
"""


def archive(
    folder: Path, newest: datetime, *, rows: int = 5, columns: str = MODELS, change: str = "*", first: int = 1
) -> bytes:
    """The bytes of a file whose newest repository is an hour older than `newest`; `change` is what is selected of its columns."""
    path = folder / "made.parquet"
    duckdb.execute(
        f"copy (select {change} from (select {columns} from range({first}, {first + rows}) numbers(n))) to '{path}' "
        "(format parquet)",
        {"newest": newest},
    )
    return path.read_bytes()


def whole_day(folder: Path, newest: datetime, rows: int = 5) -> dict[str, bytes]:
    """The three files of one day."""
    return {
        "models_parquet": archive(folder, newest, rows=rows),
        "datasets_parquet": archive(folder, newest, rows=rows, columns=OTHERS),
        "spaces_parquet": archive(folder, newest, rows=rows, columns=OTHERS),
    }
