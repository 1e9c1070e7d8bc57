"""What is published, how old it is, and what wants attention."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from warehouse.lake.lake import Lake
from warehouse.read import Warehouse, open_current
from warehouse.settings import Home

Row = dict[str, Any]
FRESH_FOR = timedelta(hours=36)
"""A nightly run that failed once is noticed the next noon."""
CLOCKS_DIFFER = timedelta(hours=1)
"""That a snapshot may lie ahead of a clock that is right."""


def status_of(home: Home, *, now: datetime) -> dict[str, Any]:
    """The keys are documented by `status_text`; moments are naive UTC. NoWarehouse when nothing is published."""
    warehouse = open_current(home)
    snapshots = warehouse.rows("snapshots")
    newest: dict[tuple[str, str], Row] = {}
    for row in snapshots:  # newest first
        newest.setdefault((row["listing"], row["coverage"]), row)
    runs = warehouse.rows("run_log")
    last = [row for row in runs if row["snapshot_at"] == max(row["snapshot_at"] for row in runs)]
    return {
        "home": str(home.path),
        "build_id": warehouse.build_id,
        "is_simulated": warehouse.is_simulated,
        "copied": asdict(warehouse.copied) if warehouse.copied else None,
        "series": [_series(row, snapshots, now) for row in newest.values()],
        "last_run": {
            "run_id": last[0]["run_id"],
            "profile": last[0]["profile"],
            "finished_at": last[0]["finished_at"],
            "requests": sum(row["request_count"] for row in last),
            "listings": _states(last),
        },
        "gaps": [_gap(row) for row in snapshots if row["is_after_gap"]],
        "problems": _problems(home, warehouse, runs, last, now),
    }


def status_text(status: dict[str, Any]) -> str:
    """`status_of` for people."""
    lines = [status["home"] + (" (simulated)" if status["is_simulated"] else ""), f"build {status['build_id']}", ""]
    if status["copied"]:
        lines.insert(1, f"a copy of {status['copied']['source']}, {status['copied']['edition']}")
    for series in status["series"]:
        lines.append(
            f"{series['listing'] + ' (' + series['coverage'] + ')':<28}{series['rows']:>12,} rows  "
            f"{series['newest']:%Y-%m-%d %H:%M} UTC, {series['age_hours']:,.0f} h old, {series['snapshots']:,} snapshots"
        )
    run = status["last_run"]
    lines += ["", f"last run {run['run_id']} ({run['profile']}), {run['requests']:,} requests"]
    lines += [
        f"gap: {gap['listing']} ({gap['coverage']}), collection paused between {gap['since']:%Y-%m-%d} and {gap['until']:%Y-%m-%d}"
        for gap in status["gaps"]
    ]
    lines += [f"! {problem}" for problem in status["problems"]]
    return "\n".join(lines)


def _states(last: list[Row]) -> dict[str, str]:
    """Listing to how it ended, in all its coverages."""
    states: dict[str, set[str]] = {}
    for row in last:
        states.setdefault(row["listing"], set()).add(row["status"])
    return {listing: ", ".join(sorted(found)) for listing, found in sorted(states.items())}


def _series(row: Row, snapshots: list[Row], now: datetime) -> Row:
    return {
        "listing": row["listing"],
        "coverage": row["coverage"],
        "newest": row["snapshot_at"],
        "age_hours": round((now - row["snapshot_at"]).total_seconds() / 3600, 1),
        "rows": row["repository_count"],
        "snapshots": sum((one["listing"], one["coverage"]) == (row["listing"], row["coverage"]) for one in snapshots),
    }


def _gap(row: Row) -> Row:
    return {
        "listing": row["listing"],
        "coverage": row["coverage"],
        "since": row["previous_snapshot_at"],
        "until": row["snapshot_at"],
        "days": row["elapsed_days"],
    }


def _problems(home: Home, warehouse: Warehouse, runs: list[Row], last: list[Row], now: datetime) -> list[str]:
    problems = []
    manifests = Lake(home).manifests()
    age = now - warehouse.newest_snapshot_at
    if age > FRESH_FOR:
        renewing = "hubscope pull" if warehouse.copied else "hubscope collect"
        problems.append(f"The newest snapshot is {age.total_seconds() / 3600:,.0f} hours old. Run `{renewing}`.")
    problems += [
        f"The snapshot of {manifest.snapshot_at:%Y-%m-%d %H:%M} UTC lies in the future: this machine's clock was wrong then, or is "
        f"now. If it was, take it out of the history: move {home.lake / 'manifests' / manifest.run_id}.json away and run "
        "`hubscope build`."
        for manifest in manifests
        if manifest.snapshot_at > now + CLOCKS_DIFFER
    ]
    known = {row["run_id"] for row in runs}
    behind = [manifest.run_id for manifest in manifests if manifest.run_id not in known]
    if behind:
        problems.append(f"{len(behind)} runs of the lake are not in the build. Run `hubscope build`.")
    if home.is_open_to_all:
        problems.append("Every account of this machine may read this home. The next run closes it, if its account may.")
    problems += [
        f"{row['listing']} ({row['coverage']}) failed in the last run: {row['reason']}"
        for row in last
        if row["status"] == "failed"
    ]
    return problems
