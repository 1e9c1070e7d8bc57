"""Read a Parquet file that others publish of the whole Hub, as if its rows had come page by page from the API.

Columns are found by name: one that is missing is unknown, one of another type is read if it can be, a new one is passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from warehouse.duck import ARCHIVE_MEMORY_LIMIT, landing_connection, literal, parquet, pattern
from warehouse.errors import BadPage
from warehouse.listings import LISTINGS, Listing
from warehouse.manifest import Finding

_TEXTS = (
    "_id id modelId private createdAt lastModified downloads downloadsAllTime likes trendingScore gated disabled"
    " pipeline_tag library_name sdk mainSize usedStorage"
)
_LISTS = "tags models datasets"
_MOMENTS = ("createdAt", "lastModified")
_DOCUMENTS = {
    "cardData": ("archived_card", 'struct(license varchar, license_name varchar, "language" varchar)'),
    "baseModels": ("archived_json", "json"),
    "safetensors": ("archived_total", "struct(total varchar)"),
    "gguf": ("archived_total", "struct(total varchar)"),
}
EXPECTED = {
    "model": "createdAt lastModified downloads downloadsAllTime likes trendingScore tags gated disabled cardData pipeline_tag"
    " library_name safetensors gguf baseModels",
    "dataset": "createdAt lastModified downloads downloadsAllTime likes trendingScore tags gated disabled cardData mainSize",
    "space": "createdAt lastModified likes trendingScore tags disabled cardData sdk models datasets",
}
"""What the lake keeps of a kind besides its id, by the names that the API gives."""
USUAL_SILENCE = 100
"""A file whose newest repository is older than this many usual gaps between two new ones was not made on that day."""


@dataclass(frozen=True)
class Content:
    """What a file holds, by its own account."""

    row_count: int
    newest_at: datetime | None
    """When its newest repository was created; None where it does not say."""
    silence: timedelta
    """The longest time without a new repository that is plausible at its own rate, three days at least."""


def inspect(path: Path, kind: str) -> Content:
    """Look into a downloaded file; BadPage when it is no whole Parquet file of repositories."""
    with landing_connection(path.parent / "spill", ARCHIVE_MEMORY_LIMIT) as connection:
        created = records_sql(connection, path, _listing_of(kind)) + " where createdAt is not null"
        rows = _read(
            connection,
            path,
            f"""
            with created as (
                select moment_of(createdAt) as created_at from ({created})
            ),
            newest as (select max(created_at) as newest_at from created)
            select
                (select sum(num_rows)::bigint from parquet_file_metadata({literal(pattern(path))})),
                any_value(newest_at),
                count(*) filter (where created_at > newest_at - interval 30 day)
            from created
            cross join newest
            """,
        )
    row_count, newest_at, recent_count = rows[0]
    usual_gap = timedelta(days=30) / max(1, recent_count)
    return Content(row_count or 0, newest_at, max(timedelta(days=3), USUAL_SILENCE * usual_gap))


def records_sql(connection: duckdb.DuckDBPyConnection, path: Path, listing: Listing) -> str:
    """The file's rows as SQL, with the columns of `hub_records.sql`. BadPage when it has no id to go by."""
    types = _types(connection, path)
    if not {"id", "modelId"} & types.keys():
        raise BadPage(f"no list of repositories: it has no column id, only {', '.join(list(types)[:12])}")
    columns = [f'{_text(name, types)} as "{name}"' for name in _TEXTS.split()]
    columns += [f'{_list(name, types)} as "{name}"' for name in _LISTS.split()]
    columns += [f'{_document(name, types)} as "{name}"' for name in _DOCUMENTS]
    return f"select {', '.join(columns)} from {_parquet(path)}"


def unknown_columns(connection: duckdb.DuckDBPyConnection, path: Path, listing: Listing) -> list[Finding]:
    """What the file does not say of its rows, for the manifest."""
    types = _types(connection, path)
    rows = _read(connection, path, f"select sum(num_rows)::bigint from parquet_file_metadata({literal(pattern(path))})")
    expected = ["_id", *EXPECTED[listing.kind or ""].split()]
    missing = [name for name in expected if name not in types]
    unread = [f"{name} is {types[name]}" for name in expected if name in types and not _is_readable(name, types[name])]
    reasons = [
        *([f"no column in the archive, unknown: {', '.join(missing)}"] if missing else []),
        *(f"column of a type that cannot be read, unknown: {found}" for found in unread),
    ]
    return [Finding(reason, rows[0][0] or 0) for reason in reasons]


def _listing_of(kind: str) -> Listing:
    return next(listing for listing in LISTINGS.values() if listing.kind == kind)


def _types(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """Column → type, as DuckDB reads the file."""
    described = _read(connection, path, f"select column_name, column_type from (describe from {_parquet(path)})")
    return dict(described)


def _read(connection: duckdb.DuckDBPyConnection, path: Path, sql: str) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(sql).fetchall()
    except (duckdb.InvalidInputException, duckdb.DataError) as error:
        raise unreadable(error) from error


def unreadable(error: duckdb.Error) -> BadPage:
    """DuckDB's refusal of a file, without its path on this machine."""
    reason = str(error).split("\n", 1)[0].split(" '", 1)[0].removeprefix("Invalid Input Error: ")
    return BadPage(f"no whole Parquet file ({reason})")


def _text(name: str, types: Mapping[str, str]) -> str:
    kind = types.get(name)
    if kind is None or not _is_readable(name, kind):
        return "null::varchar"
    if kind == "VARCHAR":
        return f'"{name}"'
    is_number = not kind.startswith(("TIMESTAMP", "DATE", "BOOL"))
    return f'archived_epoch("{name}")' if name in _MOMENTS and is_number else f'archived_text("{name}")'


def _list(name: str, types: Mapping[str, str]) -> str:
    kind = types.get(name)
    if kind is None or not _is_readable(name, kind):
        return "null::varchar[]"
    return f'archived_words("{name}")' if kind.endswith("[]") else f'archived_words_in_json("{name}")'


def _document(name: str, types: Mapping[str, str]) -> str:
    macro, type_of_null = _DOCUMENTS[name]
    kind = types.get(name)
    if kind is None or not _is_readable(name, kind):
        return f"null::{type_of_null}"
    document = f'"{name}"::varchar' if kind in ("VARCHAR", "JSON") else f'to_json("{name}")::varchar'
    return f"{macro}({document})"


def _is_readable(name: str, kind: str) -> bool:
    is_text, is_list = kind in ("VARCHAR", "JSON"), kind.endswith("]")
    is_nested = is_list or kind.startswith(("STRUCT", "MAP"))
    if name in _LISTS.split():
        return is_text or (is_list and not kind.startswith(("STRUCT", "MAP")))
    if name in _DOCUMENTS:
        return is_text or is_nested
    return not is_nested


def _parquet(path: Path) -> str:
    # Some writers leave out the mark that says a column of bytes is text.
    return parquet([path], "binary_as_string = true")
