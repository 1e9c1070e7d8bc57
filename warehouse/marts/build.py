"""From the lake to a finished build: run the SQL on what is new, check it, publish it in one step.

A build takes over what the last one holds and adds the snapshots it lacks, so it costs what they cost. The same SQL
makes everything from nothing when the SQL or the reference tables changed, or the lake lost a run.
"""

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.builds import clear_unfinished, current_build, make_current, opened_for_writing, unfinished_file
from warehouse.duck import SQL, UNWRITTEN, fill, literal, why
from warehouse.errors import BuildError, NoWarehouse
from warehouse.lake.lake import Lake
from warehouse.manifest import Manifest
from warehouse.marts import reference
from warehouse.marts.checks import check
from warehouse.marts.inputs import (
    create_family_macros,
    create_full_descriptions,
    create_lake_views,
    create_manifests,
    create_reference_tables,
    create_side_shapes,
    create_side_views,
    run_script,
)
from warehouse.marts.plan import Plan, PlannedSnapshot, plan_build
from warehouse.relations import Relation, read_relations
from warehouse.settings import Home

MEMORY_LIMIT = "3GB"
"""What is larger spills into a folder beside the build."""
STATES = ("attributes", "metrics", "absences")
"""What a step hands on to the next: `next_*` becomes `carried_*`. After the last step `next_*` itself is read, of a few columns."""


@dataclass(frozen=True)
class Build:
    """A published build."""

    build_id: str
    path: Path
    snapshots_added: int
    """Snapshots of Hub listings whose marts were made; 0 when there was nothing new."""
    seconds: float


@dataclass(frozen=True)
class Held:
    """What the last build holds, when this one can go on from it."""

    path: Path
    run_ids: frozenset[str]
    snapshots: tuple[tuple[str, str, datetime, datetime | None], ...]
    """Kind, coverage, moment, and the moment of the snapshot that it is compared with."""


class Engine:
    """What runs a build's SQL: DuckDB, on this machine, going on from the last build. `warehouse.spark` has another."""

    def lake(self, home: Home) -> Lake:
        """Where the history is read from."""
        return Lake(home)

    def writer(
        self, connection: duckdb.DuckDBPyConnection, lake: Path, manifests: Sequence[Manifest], held: Held | None
    ) -> "Writer":
        """What fills the new file."""
        plan = plan_build(manifests, held.snapshots if held else ())
        return Writer(connection, lake, manifests, plan, held)


def build(home: Home, engine: Engine | None = None) -> Build:
    """Publish the lake's marts. Call it under the home's lock.

    Raises BuildError when a check fails or the disk is full, NoWarehouse when the lake is empty. The last build stays then.
    """
    began = time.perf_counter()
    engine = engine or Engine()
    lake = engine.lake(home)
    lake.finish_switch()
    manifests = lake.manifests()
    if not manifests:
        raise NoWarehouse(
            f"The lake of {home.path} is empty. Run `hubscope collect`, or `hubscope demo` for simulated data."
        )
    build_id = _build_id(manifests)
    held = _held(home, manifests)
    if held and held.path.stem == build_id:
        return Build(build_id, held.path, 0, time.perf_counter() - began)
    written = unfinished_file(home)
    try:
        with _open(written) as connection:
            writer = engine.writer(connection, lake.path, manifests, held)
            writer.write(build_id)
        path = make_current(home, written, build_id)
    except UNWRITTEN as error:
        raise BuildError(
            f"The new build could not be made ({why(error)}). The last one stays. If the disk is full, make room and run "
            "`hubscope build`; if not, `hubscope verify` says what is wrong with the lake."
        ) from error
    finally:
        clear_unfinished(home)
    lake.clear_leftovers()
    return Build(build_id, path, len(writer.plan.wanted), time.perf_counter() - began)


class Writer:
    """Fills one new file. The order of its methods is the order of the work."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        lake: Path,
        manifests: Sequence[Manifest],
        plan: Plan,
        held: Held | None,
    ) -> None:
        self.connection = connection
        self.lake = lake
        self.manifests = manifests
        self.plan = plan
        self.held = held
        self.relations = read_relations()
        self.new = [manifest for manifest in manifests if not held or manifest.run_id not in held.run_ids]

    def write(self, build_id: str) -> None:
        """Everything, checked. Raises BuildError."""
        self._prepare()
        for number, step in enumerate(self.plan.steps or ((),)):
            if number:
                self._carry()
            self._work_through(step)
        self._write_history()
        self._sign(build_id)
        check(self.connection, self.relations)
        self.connection.execute("checkpoint")

    def _prepare(self) -> None:
        """Inputs, and what the last build hands over."""
        create_reference_tables(self.connection)
        create_family_macros(self.connection)
        if any(run.is_simulated for run in self.manifests):
            run_script(self.connection, "simulated_authors")
        run_script(self.connection, "author_origins")
        run_script(self.connection, "tables")
        create_side_shapes(self.connection)
        create_manifests(self.connection, self.lake, self.manifests)
        fill(self.connection, "wanted", [(*found.series, found.snapshot_at) for found in self.plan.wanted])
        fill(self.connection, "kept", sorted(self.plan.kept))
        fill(self.connection, "restarted", sorted(self.plan.restarted))
        if self.held:
            self.connection.execute(f"attach {literal(self.held.path)} as last_build (read_only)")
            run_script(self.connection, "carry")
            for mart in self.relations:
                if mart.is_mart and mart.is_per_snapshot:
                    self.connection.execute(
                        f"create table {mart.name} as from last_build.{mart.name} "
                        "semi join kept using (kind, coverage, snapshot_at) "
                        "anti join wanted using (kind, coverage, snapshot_at)"
                    )
        self._view_side_listings(self.new)

    def _work_through(self, step: Sequence[PlannedSnapshot]) -> None:
        """The marts of a few snapshots."""
        self.connection.execute("delete from steps")
        fill(
            self.connection,
            "steps",
            [
                (
                    number,
                    *found.series,
                    found.snapshot_at,
                    found.ordinal,
                    found.previous_snapshot_at,
                    found.elapsed_days,
                    found.is_wanted,
                )
                for number, found in enumerate(step)
            ],
        )
        until = max((found.snapshot_at for found in step), default=datetime.min)
        runs = self.manifests if self.plan.restarted else self.new
        self._view_lake([run for run in runs if run.snapshot_at <= until])
        for relation in self.relations:
            if relation.is_per_snapshot:
                self._add(relation)

    def _carry(self) -> None:
        """All states are made before the first is replaced: they read each other."""
        for state in STATES:
            self.connection.execute(f"create temp table handed_{state} as from next_{state}")
        for state in STATES:
            self.connection.execute(f"drop table carried_{state}")
            self.connection.execute(f"alter table handed_{state} rename to carried_{state}")

    def _add(self, relation: Relation) -> None:
        """Staging is made anew for each step; to a mart, rows are added."""
        rows = self._rows(relation)
        if not relation.is_mart:
            what = "table" if relation.is_stored else "view"
            self.connection.execute(f"create or replace temp {what} {relation.name} as {rows}")
        elif self.connection.execute(
            "from duckdb_tables() where table_name = $1 and not temporary", [relation.name]
        ).fetchone():
            self.connection.execute(f"insert into {relation.name} by name {rows}")
        else:
            self.connection.execute(f"create table {relation.name} as {rows}")

    def _write_history(self) -> None:
        """Relations of the whole history: small, and made anew each time."""
        carries = self.held is not None and not self.plan.restarted
        self._view_lake(self.new if carries else self.manifests)
        create_full_descriptions(self.connection, carries=carries)
        for relation in self.relations:
            if not relation.is_per_snapshot:
                what = "table" if relation.is_stored else "view"
                self.connection.execute(
                    f"create {'' if relation.is_mart else 'temp '}{what} {relation.name} as {self._rows(relation)}"
                )

    def _sign(self, build_id: str) -> None:
        newest = self.manifests[-1]
        self.connection.execute(
            "create table build_meta as select $1 as build_id, $2::timestamp as built_at, $3 as version, $4 as sql_fingerprint, "
            "$5::boolean as is_simulated, $6::timestamp as newest_snapshot_at",
            [
                build_id,
                datetime.now(UTC).replace(tzinfo=None),
                newest.version,
                _fingerprint(),
                newest.is_simulated,
                newest.snapshot_at,
            ],
        )

    # What another engine does otherwise: look into the lake, make a relation's rows.

    def _view_lake(self, runs: Sequence[Manifest]) -> None:
        create_lake_views(self.connection, self.lake, runs)

    def _view_side_listings(self, runs: Sequence[Manifest]) -> None:
        create_side_views(self.connection, self.lake, runs, carries=self.held is not None)

    def _rows(self, relation: Relation) -> str:
        """The query that gives them."""
        return relation.text


@contextmanager
def _open(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "preserve_insertion_order": False,
    }
    with opened_for_writing(path) as place, duckdb.connect(place, config=config) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("set enable_progress_bar = false")
        yield connection


def _held(home: Home, manifests: Sequence[Manifest]) -> Held | None:
    """The last build, if this one can go on from it: same SQL and reference tables, and the lake still holds its runs."""
    try:
        path = current_build(home)
        with duckdb.connect(path, read_only=True) as connection:
            fingerprints = connection.execute("select sql_fingerprint from build_meta").fetchall()
            run_ids = {run_id for (run_id,) in connection.execute("select distinct run_id from run_log").fetchall()}
            snapshots = connection.execute(
                "select kind, coverage, snapshot_at, previous_snapshot_at from snapshots where kind is not null"
            ).fetchall()
    except (NoWarehouse, duckdb.Error):
        return None
    if fingerprints != [(_fingerprint(),)] or not run_ids <= {manifest.run_id for manifest in manifests}:
        return None
    return Held(path, frozenset(run_ids), tuple(snapshots))


def _fingerprint() -> str:
    """Of all that decides what a build makes of a lake: the SQL and the reference tables."""
    digest = hashlib.sha256()
    for path in sorted(
        [*SQL.glob("inputs/*.sql"), *SQL.glob("staging/*.sql"), *SQL.glob("marts/*.sql"), *reference.TABLES.values()]
    ):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _build_id(manifests: Sequence[Manifest]) -> str:
    """The newest run, and a digest of all runs and of the SQL: the same lake and SQL make the same build."""
    digest = hashlib.sha256(_fingerprint().encode())
    for manifest in manifests:
        digest.update(manifest.to_json().encode())
    return f"{manifests[-1].run_id}-{digest.hexdigest()[:10]}"
