"""Are the published marts what the lake's rows say? Counted again by other SQL than the build's."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from warehouse.builds import current_build
from warehouse.duck import landing_connection, literal, sql_text, why
from warehouse.errors import NoWarehouse
from warehouse.lake.lake import Lake
from warehouse.lake.series import LakeSeries
from warehouse.listings import LISTINGS
from warehouse.settings import Home
from warehouse.upkeep.rewrite import MEMORY_LIMIT, Say, view_rows


def lost_runs(home: Home) -> list[str]:
    """One line for each run that the current build was made with and no manifest tells of any more."""
    try:
        with duckdb.connect(current_build(home), read_only=True) as connection:
            built = {run_id for (run_id,) in connection.execute("select distinct run_id from run_log").fetchall()}
    except (NoWarehouse, duckdb.Error):  # `verify_marts` says what is wrong with it
        return []
    lost = built - {manifest.run_id for manifest in Lake(home).manifests()}
    return [f"manifests/{run_id}.json: missing, the current build was made with it" for run_id in sorted(lost)]


def verify_marts(home: Home, say: Say) -> list[str]:
    """One line for each difference; snapshots that only one side has are passed over, for `hubscope build` to settle.

    Call it under the home's lock, when the files of the lake are known to be whole.
    """
    try:
        build = current_build(home)
    except NoWarehouse:
        say("nothing is published yet; run `hubscope build`")
        return []
    is_ours = os.access(home.path, os.W_OK)  # else the home can only be read, and is looked through all the same
    spill = home.landing / "verify" if is_ours else Path(tempfile.mkdtemp(prefix="hubscope-"))
    try:
        with landing_connection(spill, MEMORY_LIMIT) as connection:
            connection.execute(f"attach {literal(build)} as published (read_only)")
            return list(_differences(connection, Lake(home), say))
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        return [f"builds/{build.name}: made by an older hubscope ({why(error)}); run `hubscope build`"]
    except duckdb.IOException as error:
        return [f"builds/{build.name}: cannot be read ({why(error)}); run `hubscope build`"]
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def _differences(connection: duckdb.DuckDBPyConnection, lake: Lake, say: Say) -> Iterator[str]:
    manifests = lake.manifests()
    built = {run_id for (run_id,) in connection.execute("select distinct run_id from published.run_log").fetchall()}
    behind = len({manifest.run_id for manifest in manifests} - built)
    if behind:
        say(f"{behind} runs are not in the current build yet; run `hubscope build`")
    kept = {(entry.listing, entry.coverage) for manifest in manifests for entry in manifest.listings}
    for listing, coverage in sorted(kept):
        series = LakeSeries(lake.path, manifests, listing, coverage)
        if not series.snapshots:
            continue
        say(f"{listing} ({coverage}): {len(series.snapshots):,} snapshots against the marts")
        if LISTINGS[listing].kind:
            yield from _of_repositories(connection, series)
        elif (mart := LISTINGS[listing].mart) and not behind:
            yield from _of_side_listing(connection, series, mart)


def _of_repositories(connection: duckdb.DuckDBPyConnection, series: LakeSeries) -> Iterator[str]:
    name = f"{series.listing.name} ({series.coverage})"
    key = {"kind": series.listing.kind, "coverage": series.coverage}
    view_rows(connection, series.lake, [file for snapshot in series.snapshots for file in snapshot.files])
    connection.execute(f"create or replace temp table recounted as {sql_text('verify', 'recounted')}")
    connection.execute("create or replace temp table snapshots_in_both (snapshot_at timestamp)")
    connection.executemany(
        "insert into snapshots_in_both values (?)", [(snapshot.snapshot_at,) for snapshot in series.snapshots]
    )
    found = connection.execute(sql_text("verify", "population_differences"), key)
    columns = [column[0] for column in found.description or ()]
    for row in found.fetchall():
        said = dict(zip(columns, row, strict=True))
        what = [
            f"{column} {said[column]} in the marts, {said[f'recounted_{column}']} in the lake"
            for column in columns
            if f"recounted_{column}" in said and (said[column] or 0) != said[f"recounted_{column}"]
        ]
        yield f"{name} {said['snapshot_at']}: {'; '.join(what)}"
    newest = series.snapshots[-1].snapshot_at
    held = connection.execute(
        "select max(snapshot_at) from published.snapshots where kind = $kind and coverage = $coverage", key
    )
    if held.fetchall() == [(newest,)]:
        series.attach(connection)
        connection.execute(
            f"create or replace temp table state as {sql_text('landing', 'state_at')}", {"moment": newest}
        )
        different = connection.execute(sql_text("verify", "repository_differences"), key).fetchall()
        if different:
            yield f"{name} {newest}: {len(different):,} repositories differ from the lake, as {different[0][0]}"


def _of_side_listing(connection: duckdb.DuckDBPyConnection, series: LakeSeries, mart: str) -> Iterator[str]:
    """The mart holds every row of the lake, departures only where they count."""
    view_rows(connection, series.lake, [file for snapshot in series.snapshots for file in snapshot.files])
    parts = ("attributes", "departures") if series.listing.departures_count else ("attributes",)
    rows = sum(_count(connection, part) for part in parts)
    held = _count(connection, f"published.{mart}")
    if rows != held:
        yield f"{series.listing.name}: {held:,} rows in the marts, {rows:,} in the lake"


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])
