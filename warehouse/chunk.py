"""Turn a handful of raw pages into one Parquet chunk of cleaned rows, and say what was odd in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.engine import landing_sql, literal
from warehouse.errors import BadPage
from warehouse.listings import Listing
from warehouse.manifest import Finding
from warehouse.pages import Findings, repaired

FULL_DISK = (OSError, duckdb.IOException, duckdb.OutOfMemoryException)
REFUSED = (duckdb.InvalidInputException, duckdb.DataError)


@dataclass(frozen=True)
class Page:
    """A raw answer on disk, and the address it came from."""

    path: Path
    url: str


@dataclass(frozen=True)
class Chunk:
    """What a written chunk holds."""

    record_count: int
    """Records seen, rejected ones included."""
    rejected: tuple[Finding, ...]
    odd_values: tuple[Finding, ...]


class UnreadablePage(BadPage):
    """A page that passed at first sight is not JSON; `position` says which of the pages given."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(reason)
        self.position = position


def write_chunk(
    connection: duckdb.DuckDBPyConnection,
    listing: Listing,
    pages: Sequence[Page],
    target: Path,
    *,
    snapshot_at: datetime,
    first_sequence: int,
) -> Chunk:
    """Write the rows of these pages to `target`, numbered from `first_sequence` in the order they were listed.

    Raises UnreadablePage when one of them is not JSON; nothing is written then.
    """
    rejected, odd = Findings(), Findings()
    if _refuses(connection, listing, pages, snapshot_at):
        readable = [
            _mended(listing, page, position, rejected, odd)
            if _refuses(connection, listing, [page], snapshot_at)
            else page
            for position, page in enumerate(pages)
        ]
        _read(connection, listing, readable, snapshot_at)
    record_count = sum(finding.count for finding in rejected.all()) + _count(connection)
    for kind, reason, count, examples in connection.execute(landing_sql("findings")).fetchall():
        (rejected if kind == "rejected" else odd).extend((Finding(reason, count, tuple(examples)),))
    connection.execute(
        f"""
        copy (
            select
                $first_sequence + row_number() over () as sequence,
                * exclude (rejected_because, odd_because, example)
            from {listing.parser}_fingerprinted('records')
            where rejected_because is null
        ) to {literal(target)} (format parquet, compression lz4_raw)
        """,
        {"first_sequence": first_sequence},
    )
    return Chunk(record_count, rejected.all(), odd.all())


def _refuses(
    connection: duckdb.DuckDBPyConnection, listing: Listing, pages: Sequence[Page], snapshot_at: datetime
) -> bool:
    try:
        _read(connection, listing, pages, snapshot_at)
    except REFUSED:
        return True
    return False


def _read(
    connection: duckdb.DuckDBPyConnection, listing: Listing, pages: Sequence[Page], snapshot_at: datetime
) -> None:
    """Fill the temporary table `records`."""
    sql = landing_sql(listing.parser)
    parameters = {
        "pages": [page.path.as_posix() for page in pages],
        "kind": listing.kind,
        "kinds": ["dataset" if "datasets-tags" in page.url else "model" for page in pages],
        "snapshot_at": snapshot_at,
    }
    asked_for = {name: value for name, value in parameters.items() if re.search(rf"\${name}\b", sql)}
    connection.execute(f"create or replace temp table records as {sql}", asked_for)


def _mended(listing: Listing, page: Page, position: int, rejected: Findings, odd: Findings) -> Page:
    """The page record by record, beside the one that DuckDB refused."""
    try:
        content, not_kept, dropped = repaired(listing, page.path.read_bytes())
    except BadPage as error:
        raise UnreadablePage(position, str(error)) from error
    rejected.extend(not_kept)
    odd.extend(dropped)
    mended = page.path.with_suffix(".mended.json")
    mended.write_bytes(content)
    return Page(mended, page.url)


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute("select count(*) from records").fetchall()[0][0])
