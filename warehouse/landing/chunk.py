"""Turn a handful of raw pages, or an archive, into one Parquet chunk of cleaned rows, and say what was odd in them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.duck import literal, parquet, pattern, sql_text
from warehouse.errors import BadPage
from warehouse.landing.archive import records_sql, unknown_columns, unreadable
from warehouse.landing.pages import LARGEST_AT_NEED, LARGEST_RECORD, Findings, repaired
from warehouse.listings import Listing
from warehouse.manifest import Finding
from warehouse.relations import read_header

ROWS_IN_A_GROUP = 20_480
"""Groups are what DuckDB writes and reads side by side; a chunk of pages would be a single one, and keep one thread busy."""


@dataclass(frozen=True)
class RawPage:
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
    pages: Sequence[RawPage],
    target: Path,
    *,
    snapshot_at: datetime,
    first_sequence: int,
) -> Chunk:
    """Write the rows of these pages to `target`, numbered from `first_sequence` in the order they were listed.

    Raises UnreadablePage when one of them is not JSON; nothing is written then.
    """

    def read(pages: Sequence[RawPage]) -> None:
        _write_rows(connection, listing, pages, target, snapshot_at, first_sequence)

    rejected, odd = Findings(), Findings()
    try:
        if _refused(read, pages):
            whole = [
                _mended(listing, page, position, rejected, odd) if _refused(read, [page]) else page
                for position, page in enumerate(pages)
            ]
            read(whole)
    except duckdb.OutOfMemoryException as error:
        rejected, odd = _read_without_giants(read, listing, pages, error)
    not_read = sum(finding.count for finding in rejected.all())
    record_count = not_read + _add_findings(connection, target, rejected, odd)
    return Chunk(record_count, rejected.all(), odd.all())


def write_archive(
    connection: duckdb.DuckDBPyConnection, listing: Listing, archive: Path, target: Path, *, snapshot_at: datetime
) -> Chunk:
    """Write the rows of a whole published Parquet file to `target`; raises BadPage when it cannot be read."""
    rejected, odd = Findings(), Findings()
    try:
        variables = {"kind": listing.kind, "snapshot_at": snapshot_at, "first_sequence": 0}
        first_step = records_sql(connection, archive, listing)
        _copy_rows(connection, listing, target, variables, first_step=first_step)
        odd.extend(tuple(unknown_columns(connection, archive, listing)))
    except (duckdb.InvalidInputException, duckdb.DataError) as error:
        raise unreadable(error) from error
    return Chunk(_add_findings(connection, target, rejected, odd), rejected.all(), odd.all())


def _read_without_giants(
    read: Callable[[Sequence[RawPage]], None],
    listing: Listing,
    pages: Sequence[RawPage],
    error: duckdb.OutOfMemoryException,
) -> tuple[Findings, Findings]:
    """Set aside the records that take the memory of all others, and keep the rest of their pages; says what was odd.

    Raises `error` where there are none: then it is the disk that has no room.
    """
    for largest in LARGEST_AT_NEED:
        rejected, odd = Findings(), Findings()
        lean = [_mended(listing, page, position, rejected, odd, largest=largest) for position, page in enumerate(pages)]
        if any("larger than" in finding.reason for finding in rejected.all()):
            with suppress(duckdb.OutOfMemoryException):
                read(lean)
                return rejected, odd
    raise error


def _add_findings(connection: duckdb.DuckDBPyConnection, target: Path, rejected: Findings, odd: Findings) -> int:
    """Count what the written chunk says was odd; gives the number of its records."""
    connection.execute(f"create or replace temp view chunk as from {parquet([target])}")
    for kind, reason, count, examples in connection.execute(sql_text("landing", "findings")).fetchall():
        (rejected if kind == "rejected" else odd).extend((Finding(reason, count, tuple(examples)),))
    return int(connection.execute("select count(*) from chunk").fetchall()[0][0])


def _refused(read: Callable[[Sequence[RawPage]], None], pages: Sequence[RawPage]) -> bool:
    try:
        read(pages)
    except (duckdb.InvalidInputException, duckdb.DataError):
        return True
    return False


def _write_rows(
    connection: duckdb.DuckDBPyConnection,
    listing: Listing,
    pages: Sequence[RawPage],
    target: Path,
    snapshot_at: datetime,
    first_sequence: int,
) -> None:
    variables = {
        "pages": [pattern(page.path) for page in pages],
        "page_names": [page.path.name for page in pages],
        "kind": listing.kind,
        "kinds": ["dataset" if "datasets-tags" in page.url else "model" for page in pages],
        "snapshot_at": snapshot_at,
        "first_sequence": first_sequence,
    }
    first_step = sql_text("landing", listing.steps[0])
    _copy_rows(
        connection, listing, target, variables, first_step=first_step, options=f", row_group_size {ROWS_IN_A_GROUP}"
    )


def _copy_rows(
    connection: duckdb.DuckDBPyConnection,
    listing: Listing,
    target: Path,
    variables: Mapping[str, object],
    *,
    first_step: str,
    options: str = "",
) -> None:
    for name, value in variables.items():
        connection.execute(f"set variable {name} = $value", {"value": value})
    texts = {listing.steps[0]: first_step, **{step: sql_text("landing", step) for step in listing.steps[1:]}}
    steps = ", ".join(f"{step} as ({text})" for step, text in texts.items())
    connection.execute(
        f"""
        copy (
            with {steps},
            rows as (from {listing.steps[-1]}),
            fingerprinted as ({fingerprint_sql(listing)})
            select *, getvariable('first_sequence') as first_sequence
            from fingerprinted
        ) to {literal(target)} (format parquet, compression lz4_raw{options})
        """
    )


def fingerprint_sql(listing: Listing) -> str:
    """The query that gives `rows` of a listing the number by which a change of their attributes shows."""
    if listing.kind:
        return sql_text("landing", "hub_fingerprint")
    _, stated = read_header(sql_text("landing", listing.steps[0]))
    return f"select *, null as metrics, hash({stated['fingerprint']}) as fingerprint from rows"


def _mended(
    listing: Listing, page: RawPage, position: int, rejected: Findings, odd: Findings, *, largest: int = LARGEST_RECORD
) -> RawPage:
    """The page record by record, beside the one that DuckDB refused."""
    try:
        content, not_kept, dropped = repaired(listing, page.path.read_bytes(), largest=largest)
    except BadPage as error:
        raise UnreadablePage(position, str(error)) from error
    rejected.extend(not_kept)
    odd.extend(dropped)
    mended = page.path.with_suffix(".mended.json")
    mended.write_bytes(content)
    return RawPage(mended, page.url)
