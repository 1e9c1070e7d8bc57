"""`hubscope demo` collects its history with the real collector, adds to it on another day, and mixes no two worlds."""

from datetime import date, datetime

import pytest

from collector.demo.history import collect_history
from warehouse.errors import LakeError
from warehouse.lake.lake import Lake
from warehouse.read import open_current


def collect(home, until, *, models=1_000):
    said = []
    collect_history(home, until=until, months=1, models=models, report=said.append)
    return said


def test_a_history_is_collected_built_added_to_and_never_mixed(home):
    said = collect(home, date(2026, 3, 10))
    manifests = Lake(home).manifests()
    assert [manifest.snapshot_at for manifest in manifests] == [
        datetime(2026, month, day) for month, day in ((3, 1), (3, 10))
    ]
    assert {entry.status for manifest in manifests for entry in manifest.listings} == {"ok"}
    assert {entry.listing for entry in manifests[-1].listings} >= {
        "hub_models",
        "hub_spaces",
        "openai_models",
        "catalogue_models",
    }
    assert not any(entry.rejected or entry.odd_values for manifest in manifests for entry in manifest.listings)
    assert all(manifest.is_simulated for manifest in manifests)
    assert all("simulated" in line for line in said[:2])
    assert open_current(home).is_simulated

    collect(home, date(2026, 3, 11))
    assert [manifest.snapshot_at.day for manifest in Lake(home).manifests()] == [1, 10, 11]

    with pytest.raises(LakeError, match="another history"):
        collect(home, date(2026, 3, 12), models=2_000)
    assert len(Lake(home).manifests()) == 3
