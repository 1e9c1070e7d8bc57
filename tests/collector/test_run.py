"""One run as a whole: the plan, the lock, resuming, what is simulated, what is offline."""

import subprocess
import sys
from datetime import timedelta, timezone

import pytest

from collector.run import run, take_snapshot
from collector.upstream import Upstream
from tests.collector.conftest import NOON, state
from tests.collector.hub_server import Answer, record
from warehouse.errors import BusyError, CoverageError, SourceError
from warehouse.settings import locked


def test_the_plan_says_the_requests_of_every_source_before_the_first_one(hub, snapshots, heard):
    hub.answers["/api/models"] = [Answer(status=404)]
    with pytest.raises(SourceError):
        snapshots.take("quick", openai_key="sk-x")
    assert heard.lines[0] == "quick: about 156 requests"
    assert "  models (top 10,000): 10" in heard.lines and "  OpenAI models: 1" in heard.lines
    assert "  the Hub's own counts: 98" in heard.lines


def test_the_second_full_run_plans_with_the_size_of_the_first(hub, snapshots, heard):
    snapshots.take("full")
    heard.lines.clear()
    snapshots.take("full", taken_at=NOON + timedelta(days=1))
    assert heard.lines[0] == "full: about 135 requests"


def test_a_run_gives_all_its_series_the_moment_it_began(snapshots):
    manifest = snapshots.take("full", taken_at=NOON.replace(microsecond=250_000))
    assert (manifest.snapshot_at, manifest.run_id) == (NOON, "20261124T120000Z")
    assert manifest.finished_at >= NOON


def test_a_resumed_run_keeps_the_moment_it_first_began(hub, snapshots, heard):
    hub.answers["/api/spaces"] = [Answer(status=404)]
    with pytest.raises(SourceError):
        snapshots.take("full")
    assert snapshots.take("full", taken_at=NOON + timedelta(hours=3)).snapshot_at == NOON
    assert "resuming the run of 2026-11-24 12:00:00 UTC" in heard.lines


def test_an_empty_listing_is_a_fault_upstream_and_publishes_nothing(hub, snapshots):
    hub.listings["/api/models"] = []
    with pytest.raises(CoverageError):
        snapshots.take("full")
    assert not list(snapshots.home.lake.glob("manifests/*.json"))


def test_after_an_implausible_listing_the_next_run_asks_anew(hub, snapshots):
    hub.listings["/api/models"] = []
    with pytest.raises(CoverageError):
        snapshots.take("full")
    hub.listings["/api/models"] = [record(1)]
    assert state(snapshots.take("full", taken_at=NOON + timedelta(minutes=5)), "hub_models").row_count == 1


def test_a_listing_that_shrank_is_published_only_when_accepted_and_without_asking_again(hub, snapshots):
    hub.counts = {"all": 100}
    hub.listings["/api/models"] = [record(n) for n in range(100)]
    snapshots.take("full")
    hub.listings["/api/models"] = [record(n) for n in range(50)]
    with pytest.raises(CoverageError):
        snapshots.take("full", taken_at=NOON + timedelta(days=1))
    asked = len(hub.asked)
    manifest = snapshots.take("full", taken_at=NOON + timedelta(days=1, minutes=5), accept_drop=True)
    assert state(manifest, "hub_models").left_count == 50
    assert len(hub.asked) == asked


def test_pages_that_were_refused_before_and_are_again_are_asked_for_anew(hub, snapshots):
    hub.listings["/api/models"] = [record(n) for n in range(100)]
    snapshots.take("full")
    hub.listings["/api/models"] = [record(n) for n in range(50)]
    for minutes in (0, 5):
        asked = len(hub.asked)
        with pytest.raises(CoverageError):
            snapshots.take("full", taken_at=NOON + timedelta(days=1, minutes=minutes))
    assert len(hub.asked) > asked
    hub.listings["/api/models"] = [record(n) for n in range(100)]
    manifest = snapshots.take("full", taken_at=NOON + timedelta(days=1, minutes=10))
    assert state(manifest, "hub_models").row_count == 100


def test_a_first_refusal_is_not_asked_for_again_in_the_same_run(hub, snapshots):
    hub.listings["/api/models"] = [record(n) for n in range(100)]
    snapshots.take("full")
    hub.listings["/api/models"] = [record(n) for n in range(50)]
    asked = hub.paths().count("/api/models")
    with pytest.raises(CoverageError):
        snapshots.take("full", taken_at=NOON + timedelta(days=1))
    assert hub.paths().count("/api/models") == asked + 1


def test_a_cursor_that_the_hub_no_longer_takes_starts_the_listing_anew(hub, snapshots):
    hub.page_size = 2
    hub.answers["/api/models"] = [None, Answer(status=404)]
    with pytest.raises(SourceError):
        snapshots.take("full")
    hub.answers["/api/models"] = [Answer(status=400, body=b'{"error":"Invalid cursor"}')]
    assert state(snapshots.take("full"), "hub_models").row_count == 3


def test_what_a_simulated_server_gives_is_marked_as_simulated(hub, snapshots):
    hub.headers = {"X-Hubscope-Simulated": "1"}
    assert snapshots.take("full").is_simulated


def test_a_second_run_at_the_same_time_is_refused_and_names_the_first(home, hub):
    with locked(home, NOON), pytest.raises(BusyError, match=r"process \d+ on \S+, since 2026-11-24 12:00:00 UTC"):
        run(home, "full", taken_at=NOON, upstream=hub.upstream())
    assert hub.asked == []


def test_a_run_frees_the_lock_when_it_fails(home, hub):
    hub.answers["/api/models"] = [Answer(status=404)]
    with pytest.raises(SourceError):
        run(home, "full", taken_at=NOON, upstream=hub.upstream())
    run(home, "full", taken_at=NOON, upstream=hub.upstream())


def test_an_address_with_a_password_is_refused_because_it_would_be_written_down():
    with pytest.raises(SourceError, match="holds a user name"):
        Upstream(hub="https://me:secret@mirror.example")


def test_offline_mode_is_honoured_in_words(home, hub):
    """HF_HUB_OFFLINE is read when huggingface_hub is first imported: a process of its own."""
    program = f"""
from datetime import datetime
from pathlib import Path
from collector.progress import Report
from collector.run import take_snapshot
from collector.upstream import Upstream
from warehouse.errors import SourceError
from warehouse.settings import Home
try:
    home, moment = Home(Path({str(home.path)!r})), datetime(2026, 11, 24)
    take_snapshot(home, "quick", taken_at=moment, upstream=Upstream.from_env(), report=Report())
except SourceError as error:
    print(error)
"""
    environment = {"HF_HUB_OFFLINE": "1", "HF_ENDPOINT": hub.url, "PATH": "", "HOME": str(home.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert "HF_HUB_OFFLINE is set" in done.stdout
    assert hub.asked == []


def test_the_client_of_the_hub_asks_nothing_beside_the_listings(hub, snapshots):
    """huggingface_hub 2.4 fetches a list of agent names for its user agent, unless told not to."""
    snapshots.take("full")
    assert set(hub.paths()) == {*hub.listings, *hub.documents, "/models-json"} - {"/v1/models"}
    assert all(asked.headers["user-agent"].startswith("hubscope") for asked in hub.asked)


def test_take_snapshot_accepts_a_moment_with_a_zone(home, hub, heard):
    moment = NOON.replace(tzinfo=timezone(timedelta(hours=8)))
    manifest = take_snapshot(home, "full", taken_at=moment, upstream=hub.upstream(), report=heard)
    assert manifest.snapshot_at == NOON - timedelta(hours=8)
