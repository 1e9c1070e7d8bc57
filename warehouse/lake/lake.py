"""The history on disk: append-only Parquet, visible through the manifests that name it."""

import dataclasses
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import duckdb

from warehouse.builds import files_in_use
from warehouse.duck import ARCHIVE_MEMORY_LIMIT, MEMORY_LIMIT, UNWRITTEN, landing_connection, pattern, sql_text, why
from warehouse.errors import CoverageError, LakeError
from warehouse.files import below, write_atomically
from warehouse.lake.leftovers import clear_leftovers
from warehouse.lake.series import LakeSeries
from warehouse.lake.snapshot import write_snapshot
from warehouse.lake.switch import finish_switch, pending_switch
from warehouse.landing.run import FinishedRun
from warehouse.landing.series import FinishedSeries
from warehouse.manifest import Entry, LandedFile, Manifest, naive_utc, software_version
from warehouse.settings import Home


class Lake:
    """The lake of one home. One writer at a time (the run's lock sees to that); readers need no lock."""

    def __init__(self, home: Home) -> None:
        self.path = home.lake
        self._home = home

    def manifests(self) -> list[Manifest]:
        """Every published run, oldest snapshot first; raises LakeError when one cannot be read."""
        found = []
        for name, text in self._manifest_texts():
            try:
                found.append(_manifest(name, text))
            except (ValueError, KeyError, TypeError) as error:
                raise LakeError(
                    f"{self.path / name} is damaged ({error}). Nothing was changed; restore it from a copy."
                ) from error
        return sorted(found, key=lambda manifest: manifest.snapshot_at)

    def finish_switch(self) -> None:
        """Finish what an interrupted `compact` or `prune` had already switched. Call it under the lock, before writing."""
        try:
            finish_switch(self.path)
        except OSError as error:
            raise LakeError(
                f"The lake could not be written ({why(error)}). It says what it said before; make room and run again."
            ) from error

    def commit(self, run: FinishedRun, *, finished_at: datetime, accept_drop: bool = False) -> Manifest:
        """Publish a finished run in one step; its landing then goes.

        Raises CoverageError when nothing landed or a listing has shrunk, LakeError when the disk is full or the history is of
        the other kind: nothing is added then.
        """
        kept = "It is as it was before, and the landed pages are kept; make room and run again to publish them."
        with self.writing(is_simulated=run.is_simulated, kept=kept) as manifests:
            memory_limit = ARCHIVE_MEMORY_LIMIT if run.is_archive else MEMORY_LIMIT
            with landing_connection(run.folder / "spill", memory_limit) as connection:
                connection.execute(sql_text("landing", "delta"))
                entries = tuple(
                    self._write(connection, landed, run, manifests, accept_drop=accept_drop) for landed in run.listings
                )
            if not any(entry.status == "ok" for entry in entries):
                raise CoverageError("The run landed no listing at all; nothing was added. Run again later.")
            manifest = Manifest(
                run.run_id,
                run.snapshot_at,
                run.profile,
                run.started_at,
                naive_utc(finished_at),
                software_version(),
                run.endpoint,
                run.is_simulated,
                entries,
            )
            self.write_manifest(manifest)
        shutil.rmtree(run.folder, ignore_errors=True)
        return manifest

    @contextmanager
    def writing(self, *, is_simulated: bool, kept: str) -> Iterator[list[Manifest]]:
        """The manifests so far, while files are written; whatever no manifest names in the end is removed.

        Raises LakeError, which says what was `kept`, when the disk is full, or when the history is of the other kind.
        """
        self.finish_switch()
        manifests = self.manifests()
        _refuse_mixing(manifests, is_simulated)
        self.clear_leftovers()
        try:
            yield manifests
        except UNWRITTEN as error:
            raise LakeError(f"The lake could not be written ({why(error)}). {kept}") from error
        finally:
            self.clear_leftovers()

    def write_manifest(self, manifest: Manifest) -> None:
        """Make the files of a run visible, in one step. Call it while `writing`."""
        path = below(self.path, "manifests", f"{manifest.run_id}.json")
        write_atomically(path, manifest.to_json().encode(), durable=True)

    def verify(self) -> list[str]:
        """Compare every published file with what its manifest says; one line for each difference."""
        problems = []
        for name, text in self._manifest_texts():
            try:
                manifest = _manifest(name, text)
            except (ValueError, KeyError, TypeError) as error:
                problems.append(f"{name}: damaged ({error})")
                continue
            for entry in manifest.listings:
                problems += [problem for file in entry.files if (problem := self._problem(file))]
        return problems

    def clear_leftovers(self) -> None:
        """Remove what killed runs left, and files that neither a manifest names any more nor a build that may still be read."""
        clear_leftovers(self.path, self.manifests(), files_in_use(self._home))

    def _write(
        self,
        connection: duckdb.DuckDBPyConnection,
        landed: FinishedSeries,
        run: FinishedRun,
        manifests: list[Manifest],
        *,
        accept_drop: bool,
    ) -> Entry:
        if landed.entry.status != "ok":
            return landed.entry
        series = LakeSeries(self.path, manifests, landed.series.listing, landed.series.coverage)
        try:
            if series.listing.differs_by_server and not run.is_simulated:
                _refuse_other_server(landed, manifests)
            return write_snapshot(
                connection,
                landed,
                series,
                run_id=run.run_id,
                snapshot_at=run.snapshot_at,
                accept_drop=accept_drop,
            )
        except CoverageError as error:
            if series.listing.kind:
                raise
            # A listing beside the Hub's that is not plausible is a failed answer; it ends no run.
            return dataclasses.replace(landed.entry, status="failed", reason=str(error))

    def _manifest_texts(self) -> Iterator[tuple[str, str]]:
        """Each manifest as it counts, which an unfinished switch may say anew, with its name in the lake."""
        switched = pending_switch(self.path)
        for path in sorted(self.path.glob("manifests/*.json")):
            yield f"manifests/{path.name}", switched.get(path.stem) or path.read_text(encoding="utf-8")

    def _problem(self, file: LandedFile) -> str | None:
        path = self.path / file.path
        if not path.exists():
            return f"{file.path}: missing"
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        if digest != file.sha256:
            return f"{file.path}: not the bytes that were published ({path.stat().st_size:,} of {file.bytes:,})"
        rows = duckdb.execute("select sum(num_rows)::bigint from parquet_file_metadata($1)", [pattern(path)]).fetchall()
        return None if rows == [(file.rows,)] else f"{file.path}: holds {rows[0][0]} rows, not {file.rows}"


def _manifest(name: str, text: str) -> Manifest:
    manifest = Manifest.from_json(text)
    if f"manifests/{manifest.run_id}.json" != name:
        raise ValueError(f"it speaks of the run {manifest.run_id}")
    return manifest


def _refuse_other_server(landed: FinishedSeries, manifests: list[Manifest]) -> None:
    """CoverageError when the series so far is another server's: all of it would count as removed, all else as added."""
    series = landed.series
    held = [entry.server for manifest in manifests if (entry := manifest.entry(series.listing, series.coverage))]
    known = next((server for server in reversed(held) if server), None)
    if known and known != landed.entry.server:
        raise CoverageError(
            f"{series} is {known}'s in this history, and {landed.entry.server} answered: two servers' lists are never mixed. "
            "This one was not kept; set OPENAI_BASE_URL as before, or collect into another HUBSCOPE_HOME."
        )


def _refuse_mixing(manifests: list[Manifest], is_simulated: bool) -> None:
    if manifests and manifests[-1].is_simulated != is_simulated:
        kinds = {True: "simulated", False: "real"}
        raise LakeError(
            f"This home holds {kinds[manifests[-1].is_simulated]} history and the run is "
            f"{kinds[is_simulated]}: they are never mixed. Nothing was added; use another HUBSCOPE_HOME."
        )
