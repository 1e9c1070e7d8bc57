"""One series in the lake: its snapshots, its rows, and the state that they add up to at any moment."""

import contextlib
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.duck import literal, parquet, pattern, sql_text
from warehouse.files import sync_file
from warehouse.landing.chunk import fingerprint_sql
from warehouse.listings import LISTINGS
from warehouse.manifest import Manifest

DESCRIPTION = "columns(lambda name: name != 'seen_at')"
"""What a row of attributes says: all but the pruned snapshot that it was first seen in."""


@dataclass(frozen=True)
class LakeSnapshot:
    """One published state of a series."""

    run_id: str
    snapshot_at: datetime
    row_count: int
    files: tuple[str, ...]
    """Relative to the lake."""


class LakeSeries:
    """The published snapshots of one series, in the order of their dates."""

    def __init__(self, lake: Path, manifests: Iterable[Manifest], listing: str, coverage: str) -> None:
        self.lake = lake
        self.listing = LISTINGS[listing]
        self.coverage = coverage
        self.snapshots = [
            LakeSnapshot(
                manifest.run_id, manifest.snapshot_at, entry.row_count, tuple(file.path for file in entry.files)
            )
            for manifest in sorted(manifests, key=lambda manifest: manifest.snapshot_at)
            if (entry := manifest.entry(listing, coverage))
        ]

    @property
    def folder(self) -> Path:
        return self.lake / self.listing.name / f"coverage={self.coverage}"

    def newest_before(self, moment: datetime) -> LakeSnapshot | None:
        return next((snapshot for snapshot in reversed(self.snapshots) if snapshot.snapshot_at < moment), None)

    def first_after(self, moment: datetime) -> LakeSnapshot | None:
        return next((snapshot for snapshot in self.snapshots if snapshot.snapshot_at > moment), None)

    def files(self, table: str) -> list[Path]:
        """Every Parquet file of `attributes`, `metrics` or `departures` that a manifest names, oldest run first."""
        return [
            self.lake / file
            for snapshot in self.snapshots
            for file in snapshot.files
            if file.endswith(f"/{table}.parquet")
        ]

    def attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the views `series_attributes`, `series_metrics` and `series_departures`, each with `state_key` added.

        They are what `sql/landing/state_at.sql` reads. The series must have a snapshot.
        """
        key = self.listing.key
        for table, columns in (
            ("attributes", DESCRIPTION),
            ("metrics", f"* exclude ({key})"),
            ("departures", "snapshot_at"),
        ):
            files = self.files(table)
            rows = (
                f"select {key} as state_key, {columns} from {parquet(files, 'union_by_name = true')}"
                if files
                else "select null::varchar as state_key, null::timestamp as snapshot_at where false"
            )
            connection.execute(f"create or replace temp view series_{table} as {rows}")

    def view_before(self, connection: duckdb.DuckDBPyConnection, previous: LakeSnapshot | None) -> None:
        """Make `before_rows`: key, fingerprint and counters of the snapshot before; without one, no rows.

        A temporary view like all here: it would hide one of the same name that is not, and a run's series share a connection.
        """
        columns = "state_key, fingerprint, metrics"
        cache = self._cache(self.snapshots[-1].run_id) if self.snapshots else None
        if previous is None:
            connection.execute(f"create or replace temp view before_rows as select {columns} from listed where false")
        elif (
            cache and previous == self.snapshots[-1] and _is_whole(connection, cache, previous.row_count, self._version)
        ):
            connection.execute(f"create or replace temp view before_rows as from {parquet([cache])}")
        else:
            self._state_at(connection, previous, "before_state")
            connection.execute(
                f"create or replace temp table before_summed as "
                f"select {columns} from {self._fingerprinted('before_state')}"
            )
            connection.execute("create or replace temp view before_rows as from before_summed")

    def correct_later(self, connection: duckdb.DuckDBPyConnection, later: LakeSnapshot) -> None:
        """Make `later_rows`, `later_changes`, `later_departures`: what keeps `later` as it was after a late landing."""
        moment = {"moment": later.snapshot_at}
        self._state_at(connection, later, "later_state")
        connection.execute(
            f"""
            create or replace temp table later_rows as
            select row_number() over () as sequence, * exclude (snapshot_at)
            from {self._fingerprinted("later_state")}
            """
        )
        connection.execute(
            f"create or replace temp table later_changes as {sql_text('landing', 'corrections')}", moment
        )
        connection.execute(
            """
            create or replace temp table later_departures as
            from departures_between('later_rows', 'listed')
            where state_key not in (select state_key from series_departures where snapshot_at = $moment)
            """,
            moment,
        )

    def keep_state(self, connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
        """Write the state that the next snapshot will be compared with, so that it need not be summed up again."""
        cache = self._cache(run_id)
        cache.parent.mkdir(parents=True, exist_ok=True)
        connection.execute(
            f"""
            copy (select state_key, fingerprint, metrics from listed)
            to {literal(cache)} (format parquet, compression lz4_raw, kv_metadata {{fingerprint: '{self._version}'}})
            """
        )
        sync_file(cache)

    def _state_at(self, connection: duckdb.DuckDBPyConnection, snapshot: LakeSnapshot, table: str) -> None:
        self.attach(connection)
        connection.execute(
            f"create or replace temp table {table} as {sql_text('landing', 'state_at')}",
            {"moment": snapshot.snapshot_at},
        )

    def _fingerprinted(self, table: str) -> str:
        """The rows of a table as SQL, in the form in which landed rows are compared."""
        rows = f"with rows as (from {table}) {fingerprint_sql(self.listing)}"
        if not self.listing.kind:
            return f"({rows})"
        return f"(select * replace (with_card(fingerprint, has_card) as fingerprint) from ({rows}))"

    @property
    def _version(self) -> str:
        """Changes with what makes the fingerprints: a state kept by another version is not compared with."""
        made_by = fingerprint_sql(self.listing) + sql_text("landing", "macros") + duckdb.__version__
        return hashlib.md5(made_by.encode(), usedforsecurity=False).hexdigest()

    def _cache(self, run_id: str) -> Path:
        return self.lake / "state" / self.listing.name / self.coverage / f"{run_id}.parquet"


def _is_whole(connection: duckdb.DuckDBPyConnection, cache: Path, row_count: int, version: str) -> bool:
    parameters: Sequence[str] = [pattern(cache)]
    with contextlib.suppress(duckdb.Error):
        rows = connection.execute("select sum(num_rows)::bigint from parquet_file_metadata($1)", parameters).fetchall()
        kept = connection.execute(
            "select decode(value) from parquet_kv_metadata($1) where decode(key) = 'fingerprint'", parameters
        ).fetchall()
        return rows == [(row_count,)] and kept == [(version,)]
    return False
