"""Two years of history from the simulated servers, in a process of their own, through the real collector."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from collector.demo.world.ecosystem import DEFAULT_SEED, world_name
from collector.progress import Report
from collector.run import take_snapshot
from collector.upstream import Upstream
from warehouse.errors import LakeError, SourceError
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.settings import Home, locked

ROOT = Path(__file__).parent.parent.parent
STOPS_WITHIN = 5.0  # seconds


@contextmanager
def serve_apart(*, models: int, until: date, seed: int = DEFAULT_SEED) -> Iterator[str]:
    """Gives the address of `python -m collector.demo`, which ends with this block or with this process."""
    command = [sys.executable, "-m", "collector.demo", "--with-parent"]
    command += ["--models", str(models), "--until", until.isoformat(), "--seed", str(seed)]
    # The child must find the same packages, wherever it is started from.
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    ) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise SourceError(
                    "The simulated Hub did not start; its own message stands above. Nothing was collected."
                )
            yield address
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()


def collect_history(
    home: Home,
    *,
    until: date,
    models: int = 32_500,
    months: int = 24,
    report: Callable[[str], None],
) -> None:
    """A full snapshot of the first of each month and of `until`, then one build; what is there already is kept.

    models: size of the world, see `Ecosystem`. Nothing leaves this machine and no key is read. Raises LakeError when
    the home holds another world, and what `collector.run.run` raises.
    """
    days = [*_month_starts(until, months), until]
    with locked(home, datetime.now(UTC)):
        collected = _collected(home, models)
        missing = [day for day in dict.fromkeys(days) if day not in collected]
        if missing:
            with serve_apart(models=models, until=until) as address:
                for day in missing:
                    _snapshot(
                        home, f"{address}/world/{world_name(models, DEFAULT_SEED)}/at/{day}T00:00:00", day, report
                    )
        report("building")
        build(home)


def simulated_upstream(address: str) -> Upstream:
    """All that is collected from the servers at an address that `serve_apart` gives, with or without a world and a moment."""
    return Upstream.at(address, openai_key="simulated", is_own=True)


def _snapshot(home: Home, address: str, day: date, report: Callable[[str], None]) -> None:
    upstream = simulated_upstream(address)
    # At midnight, so that a snapshot of today is never one of the future.
    taken_at = datetime(day.year, day.month, day.day)
    manifest = take_snapshot(home, "full", taken_at=taken_at, upstream=upstream, report=Report())
    counts = {entry.listing: entry.row_count for entry in manifest.listings}
    report(
        f"{day}: {counts['hub_models']:,} models, {counts['hub_datasets']:,} datasets, {counts['hub_spaces']:,} Spaces "
        "(simulated)"
    )


def _collected(home: Home, models: int) -> set[date]:
    """Days that the home holds already; LakeError when they are of another world."""
    manifests = Lake(home).manifests()
    if any(f"/world/{world_name(models, DEFAULT_SEED)}/" not in manifest.endpoint for manifest in manifests):
        raise LakeError(
            f"{home.path} holds another history, and two worlds are never mixed. Nothing was collected; remove that "
            "folder, or ask for the size it was made with."
        )
    return {manifest.snapshot_at.date() for manifest in manifests}


def _month_starts(until: date, months: int) -> list[date]:
    """First days of the last `months` months up to `until`, oldest first."""
    last = until.year * 12 + until.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - months + 1, last + 1)]
