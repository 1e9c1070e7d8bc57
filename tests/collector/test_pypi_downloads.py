"""PyPI downloads: a window of days that moves on, kept for good."""

from datetime import timedelta

import pytest

from collector.sources.pypi_downloads import PACKAGES, PyPIDownloads
from tests.collector.conftest import NOON, state
from tests.collector.hub_server import Answer, pypi_days
from tests.warehouse.marts import rows
from warehouse.listings import COURSE_PACKAGES
from warehouse.marts.build import build

OVERALL = "/api/packages/{}/overall"


@pytest.fixture
def days(hub, home, snapshots):
    """Takes a snapshot in which pypistats gives openai these days; returns what the build then knows of them."""

    def take(number: int, **downloads: int) -> dict[str, int]:
        hub.documents[OVERALL.format("openai")] = pypi_days("openai", **downloads)
        snapshots.take("full", taken_at=NOON + timedelta(days=number))
        build(home)
        known = rows(
            home,
            """
            select strftime(download_date, 'd%d'), arg_max(download_count, snapshot_at)
            from pypi_downloads where package = 'openai' group by all order by all
            """,
        )
        return dict(known)

    return take


def test_every_package_is_asked_for_once(hub, snapshots):
    manifest = snapshots.take("full")
    asked = [path for path in hub.paths() if path.startswith("/api/packages/")]
    assert asked == [OVERALL.format(package) for package in PACKAGES]
    assert state(manifest, "pypi_downloads").row_count == 2 * len(PACKAGES)


def test_a_quick_run_asks_for_fewer_and_what_a_full_one_learned_stays(hub, home, snapshots):
    snapshots.take("full")
    hub.asked.clear()
    snapshots.take("quick", taken_at=NOON + timedelta(days=1))
    assert [path for path in hub.paths() if path.startswith("/api/packages/")] == [
        OVERALL.format(name) for name in COURSE_PACKAGES
    ]
    build(home)
    assert len(PACKAGES) == 30
    assert rows(home, "select count(distinct package) from pypi_downloads") == [(30,)]


def test_a_day_that_leaves_the_window_is_kept(days):
    days(0, d17=10, d18=20)
    assert days(1, d18=20, d19=30) == {"d17": 10, "d18": 20, "d19": 30}


def test_a_count_that_was_corrected_upstream_is_corrected(days):
    days(0, d17=10, d18=20)
    assert days(1, d17=10, d18=25) == {"d17": 10, "d18": 25}


def test_a_package_that_is_gone_is_named_and_the_others_are_kept(hub, snapshots):
    del hub.documents[OVERALL.format("peft")]
    entry = state(snapshots.take("full"), "pypi_downloads")
    assert entry.row_count == 2 * (len(PACKAGES) - 1)
    assert [(finding.reason, finding.examples) for finding in entry.rejected] == [("no such package", ("peft",))]


def test_what_cannot_be_a_count_or_a_day_is_left_out_and_counted(hub, snapshots):
    answer = pypi_days("openai", d17=10)
    answer["data"] += [
        {"category": "without_mirrors", "date": "0000-01-01", "downloads": 1},
        {"category": "without_mirrors", "date": "9999-01-01", "downloads": 1},
        {"category": "without_mirrors", "date": "2026-11-18", "downloads": -4},
        {"category": "without_mirrors", "date": "2026-11-19", "downloads": "many"},
        {"category": "with_mirrors", "date": "2026-11-17", "downloads": 99},
        "not a record",
    ]
    hub.documents[OVERALL.format("openai")] = answer
    entry = state(snapshots.take("full"), "pypi_downloads")
    assert entry.row_count == 1 + 2 * (len(PACKAGES) - 1)
    assert {finding.reason: finding.count for finding in entry.rejected} == {
        "no plausible date": 2,
        "downloads is no count": 2,
        "not an object": 1,
    }


@pytest.mark.parametrize("body", [b"<html>busy</html>", b"[]", b'{"data": [], "package": "another"}', b'{"data": 3}'])
def test_an_answer_that_is_none_fails_this_source_alone(hub, snapshots, body):
    hub.answers[OVERALL.format("datasets")] = [Answer(body=body)] * 5
    manifest = snapshots.take("full")
    assert state(manifest, "pypi_downloads").status == "failed"
    assert state(manifest, "hub_models").status == "ok"


def test_the_first_request_is_planned(hub):
    assert PyPIDownloads(hub.upstream()).planned_requests(None) == len(PACKAGES)


def test_an_answer_without_any_plausible_day_fails_this_source_alone(hub, snapshots):
    for package in PACKAGES:
        hub.documents[OVERALL.format(package)] = {
            "package": package,
            "data": [{"category": "without_mirrors", "date": "2099-01-01", "downloads": 1}],
        }
    manifest = snapshots.take("full")
    assert state(manifest, "pypi_downloads").status == "failed"
    assert state(manifest, "hub_models").status == "ok"
