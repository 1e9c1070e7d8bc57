"""What is published, how old it is, and what wants attention."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from warehouse.lake.lake import Lake
from warehouse.read import Warehouse, open_current
from warehouse.settings import Home

FRESH_FOR = timedelta(hours=36)
"""A nightly run that failed once is noticed the next noon."""


def status_of(home: Home, *, now: datetime) -> dict[str, Any]:
    """The keys are documented by `status_text`; moments are naive UTC. NoWarehouse when nothing is published."""
    warehouse = open_current(home)
    snapshots = warehouse.query("series_list")
    newest = snapshots.groupby(["listing", "coverage"], sort=False).head(1)
    runs = warehouse.query("run_log")
    last = runs[runs["snapshot_at"] == runs["snapshot_at"].max()]
    return {
        "home": str(home.path),
        "build_id": warehouse.build_id,
        "is_simulated": warehouse.is_simulated,
        "series": [_series(row, snapshots, now) for row in newest.to_dict("records")],
        "last_run": {
            "run_id": last["run_id"].iloc[0],
            "profile": last["profile"].iloc[0],
            "finished_at": last["finished_at"].iloc[0],
            "requests": int(last["request_count"].sum()),
            "listings": last.set_index("listing")["status"]
            .groupby(level=0)
            .agg(lambda found: ", ".join(sorted(set(found))))
            .to_dict(),
        },
        "gaps": [_gap(row) for row in snapshots[snapshots["is_after_gap"]].to_dict("records")],
        "problems": _problems(home, warehouse, last, now),
    }


def status_text(status: dict[str, Any]) -> str:
    """`status_of` for people."""
    lines = [status["home"] + (" (simulated)" if status["is_simulated"] else ""), f"build {status['build_id']}", ""]
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


def _series(row: dict[str, Any], snapshots: pd.DataFrame, now: datetime) -> dict[str, Any]:
    same = (snapshots["listing"] == row["listing"]) & (snapshots["coverage"] == row["coverage"])
    return {
        "listing": row["listing"],
        "coverage": row["coverage"],
        "newest": row["snapshot_at"],
        "age_hours": round((now - row["snapshot_at"]).total_seconds() / 3600, 1),
        "rows": int(row["repository_count"]),
        "snapshots": int(same.sum()),
    }


def _gap(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "listing": row["listing"],
        "coverage": row["coverage"],
        "since": row["previous_snapshot_at"],
        "until": row["snapshot_at"],
        "days": row["elapsed_days"],
    }


def _problems(home: Home, warehouse: Warehouse, last: pd.DataFrame, now: datetime) -> list[str]:
    problems = []
    age = now - warehouse.newest_snapshot_at
    if age > FRESH_FOR:
        problems.append(f"The newest snapshot is {age.total_seconds() / 3600:,.0f} hours old. Run `hubscope collect`.")
    known = set(warehouse.query("run_log")["run_id"])
    behind = [manifest.run_id for manifest in Lake(home).manifests() if manifest.run_id not in known]
    if behind:
        problems.append(f"{len(behind)} runs of the lake are not in the build. Run `hubscope build`.")
    if home.is_open_to_all:
        problems.append("Every account of this machine may read this home. The next run closes it, if its account may.")
    for row in last[last["status"] == "failed"].to_dict("records"):
        problems.append(f"{row['listing']} ({row['coverage']}) failed in the last run: {row['reason']}")
    return problems
