"""The Hub's own counts: asked at its own pace beside the listings, and never more believed than they deserve."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from collector.fetch import Fetcher
from collector.progress import Report
from collector.sources.hub import Hub
from collector.sources.hub_counts import QUESTIONS, HubCounts, Question
from tests.collector.conftest import NOON, snapshot_of, state
from tests.collector.hub_server import Answer
from tests.warehouse.marts import rows
from warehouse.landing.run import Landing
from warehouse.marts.build import build

FEW = (
    *QUESTIONS[:2],
    Question("model", "licence", "mit"),
    Question("model", "licence", "apache-2.0"),
    Question("model", "library", "gguf"),
    Question("model", "language", "zh"),
    Question("model", "task", "text-generation"),
    Question("dataset", "licence", "mit"),
)
HUB = {"all": 2_249_312, "apache-2.0": 412_000, "text-generation": 310_000, "datasets/all": 900_000}


@pytest.fixture
def census(home, hub, heard):
    """Takes one census of the server and returns what the manifest says of it."""

    def take(questions=FEW):
        source = HubCounts(Hub(hub.upstream(), heard.waiting), NOON, questions)
        return state(snapshot_of(home, [source], taken_at=NOON, report=heard), "hub_counts")

    hub.counts = dict(HUB)
    return take


def asked_of_pages(hub):
    return [asked for asked in hub.asked if asked.path.endswith("-json")]


def test_filters_are_those_of_the_sites_own_addresses_and_the_order_a_cheap_one(hub, census):
    census()
    asked = [urlencode(request.query, doseq=True) for request in hub.asked]
    assert set(asked) == {
        "sort=created&withCount=true",
        "sort=created&withCount=true&license=license%3Amit",
        "sort=created&withCount=true&license=license%3Aapache-2.0",
        "sort=created&withCount=true&library=gguf",
        "sort=created&withCount=true&language=zh",
        "sort=created&withCount=true&pipeline_tag=text-generation",
    }
    assert [request.path for request in hub.asked[:2]] == ["/models-json", "/datasets-json"]


def test_quick_asks_sixty_requests_of_the_api_and_a_hundred_of_the_pages_in_one_window_of_a_reader_without_a_token(
    hub, snapshots, heard
):
    """With a token too, so that nobody's private repositories are counted."""
    hub.counts, hub.pages_quota, hub.window = dict(HUB), 100, 300
    entry = state(snapshots.take("quick", hub_token="hf_secret"), "hub_counts")
    assert (entry.status, entry.row_count) == ("ok", len(QUESTIONS))
    assert len(asked_of_pages(hub)) == len(QUESTIONS) == len(set(QUESTIONS)) <= 98
    assert heard.waits == []
    assert {"authorization" in asked.headers for asked in asked_of_pages(hub)} == {False}
    assert any("authorization" in asked.headers for asked in hub.asked)


def test_a_server_without_the_address_is_told_of_once_and_nothing_has_failed(hub, snapshots, heard):
    manifest = snapshots.take("full")
    entry = state(manifest, "hub_counts")
    assert (entry.status, len(asked_of_pages(hub))) == ("skipped", 1)
    assert "does not count its listings" in entry.reason
    assert sum("does not count" in line for line in heard.lines) == 1
    assert state(manifest, "hub_models").status == "ok"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"<html>busy</html>"),
        Answer(body=b"[]"),
        Answer(body=b'{"models": [], "numItemsPerPage": 30}'),
        Answer(body=b'{"models": [], "numTotalItems": null}'),
        Answer(body=b'{"models": [], "numTotalItems": {"approximately": 3}}'),
        Answer(status=500),
    ],
    ids=["HTML", "a list", "no total", "null", "another shape", "500"],
)
def test_an_answer_of_another_shape_loses_the_census_and_nothing_else(hub, snapshots, answer):
    hub.counts = dict(HUB)
    hub.answers["/models-json"] = [answer] * 3
    manifest = snapshots.take("full")
    assert state(manifest, "hub_counts").status == "failed"
    assert state(manifest, "hub_models").status == "ok"
    assert len(asked_of_pages(hub)) <= 3


def test_a_single_count_that_is_none_is_told_and_the_others_are_kept(hub, census):
    hub.counts |= {
        "models/mit": "1,2 million",
        "gguf": "31000",
        "zh": -4,
        "text-generation": True,
        "datasets/mit": float("inf"),
    }
    entry = census()
    assert entry.row_count == len(FEW) - 4
    odd = {finding.reason: (finding.count, finding.examples[0]) for finding in (*entry.rejected, *entry.odd_values)}
    assert odd == {
        "the count is no number": (4, "model/licence/mit: 1,2 million"),
        "the count came as text": (1, "model/library/gguf: 31000"),
    }


def test_a_count_that_the_server_refuses_is_not_had_and_nothing_else_is_lost(hub, census):
    hub.answers["/datasets-json"] = [None, Answer(status=400, body=b'{"error":"Invalid license"}')]
    entry = census()
    assert entry.row_count == len(FEW) - 1
    (refused,) = entry.rejected
    assert refused.reason.startswith("not counted: The Hub refuses") and "Invalid license" in refused.reason


def test_a_hub_of_nothing_is_unknown_and_not_zero(hub, census):
    hub.counts = {"all": 0}
    entry = census()
    assert [(found.reason, found.count) for found in entry.rejected] == [("the whole Hub was counted as nothing", 2)]


def test_every_count_has_its_moment_by_the_runs_own_clock(hub, census, home):
    census()
    build(home)
    moments = [moment for (moment,) in rows(home, "select asked_at from census order by asked_at")]
    assert NOON <= moments[0] < moments[-1] < NOON + timedelta(minutes=5)


def test_the_pace_is_the_pages_own_and_a_refusal_is_waited_for(hub, census, heard):
    used_up = Answer(body=b'{"numTotalItems": 9}', headers={"RateLimit": '"pages";r=1;t=0'})
    refused = Answer(status=429, headers={"RateLimit": '"pages";r=0;t=0'})
    hub.quota, hub.answers["/models-json"] = 1, [used_up, refused]
    assert census().row_count == len(FEW)
    assert len(heard.waits) == 1 and len(hub.asked) == len(FEW) + 1


@pytest.fixture
def go_on(hub, home, heard):
    """Begins a census, or goes on with it; returns what has landed."""

    def go_on(questions, *, report=None):
        landing = Landing.open(home, profile="full", endpoint=hub.url, now=NOON)
        source = HubCounts(Hub(hub.upstream(), heard.waiting), NOON, questions)
        Fetcher(landing, report or heard, first_wait=0.01).fetch(source, planned=len(questions))
        return landing.series(source.series)

    hub.counts = dict(HUB)
    return go_on


class Killed(Report):
    """Of a run that ends with its fourth page."""

    def begin(self, series, *, planned, landed):
        self.pages = landed

    def page(self, record_count, budget):
        self.pages += 1
        if self.pages == 4:
            raise KeyboardInterrupt


def test_a_census_that_was_stopped_goes_on_where_it_was(hub, go_on):
    with pytest.raises(KeyboardInterrupt):
        go_on(FEW, report=Killed())
    landed = go_on(FEW)
    assert landed.is_done and landed.pages == len(FEW) == len(hub.asked)


def test_a_census_that_went_on_to_ask_for_other_counts_begins_anew(hub, go_on):
    with pytest.raises(KeyboardInterrupt):
        go_on(FEW, report=Killed())
    assert go_on(FEW[:4]).pages == 4
    assert len(hub.asked) == 4 + 4
