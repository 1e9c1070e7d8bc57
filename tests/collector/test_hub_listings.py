"""The Hub's listings: paging, pace, faults, keys; a real server, the real client."""

import json
import time
from datetime import timedelta

import pytest

from collector.sources.hub import EXPAND
from collector.sources.pypi_downloads import PACKAGES
from tests.collector.conftest import NOON, state
from tests.collector.hub_server import Answer, record, serving
from warehouse.errors import SourceError

MODELS = "/api/models"


def asked_for(hub, path=MODELS):
    return [asked for asked in hub.asked if asked.path == path]


def test_a_full_listing_is_read_in_creation_order_to_its_last_page(hub, landings):
    hub.page_size = 2
    hub.listings[MODELS] = [record(n) for n in range(5)]
    assert landings.land() == [row["id"] for row in hub.listings[MODELS]]
    first = asked_for(hub)[0].query
    assert first["sort"] == ["createdAt"] and first["limit"] == ["1000"]
    assert first["expand"] == EXPAND["models"].split()
    assert len(asked_for(hub)) == 3


@pytest.mark.parametrize(("kind", "sort"), [("models", "downloads"), ("datasets", "downloads"), ("spaces", "likes")])
def test_the_top_is_by_downloads_and_of_spaces_by_likes(hub, landings, kind, sort):
    landings.land(kind, "top", 10_000)
    assert asked_for(hub, f"/api/{kind}")[0].query["sort"] == [sort]


def test_quick_costs_fifty_eight_requests_when_pages_are_full(hub, snapshots):
    hub.listings = {path: [record(n) for n in range(11_000)] for path in hub.listings}
    manifest = snapshots.take("quick", openai_key="sk-test")
    for kind in ("models", "datasets", "spaces"):
        assert state(manifest, f"hub_{kind}", "top").row_count == 10_000
        assert state(manifest, f"hub_{kind}", "newest").row_count == 5_000
    assert len([asked for asked in hub.asked if not asked.path.endswith("-json")]) == 58  # the pages' are counted apart


def test_short_pages_do_not_end_a_listing_but_its_requests_are_limited(hub, landings):
    """One more than full pages for the top of models and datasets: with the side listings 60 requests at most."""
    hub.page_size = 700
    hub.listings[MODELS] = [record(n) for n in range(12_000)]
    assert len(landings.land("models", "top", 10_000)) == 11 * 700
    assert len(landings.land("models", "newest", 5_000)) == 5 * 700
    assert len(hub.asked) == 11 + 5


def test_a_page_that_exceeds_the_top_is_cut_there(hub, landings):
    hub.page_size = 950
    hub.listings[MODELS] = [record(n) for n in range(12_000)]
    assert landings.land("models", "top", 10_000) == [row["id"] for row in hub.listings[MODELS][:10_000]]


def test_an_empty_page_in_the_middle_is_not_the_end(hub, landings):
    more = {"Link": f'<{{host}}{MODELS}?cursor=0&limit=1000>; rel="next"'}
    hub.answers[MODELS] = [Answer(body=b"[]", headers=more)]
    assert len(landings.land()) == 3


def test_the_pace_follows_the_rate_limit_so_that_nothing_is_refused(hub, landings, heard):
    hub.page_size, hub.quota, hub.window = 1, 4, 1.0
    hub.listings[MODELS] = [record(n) for n in range(5)]
    assert len(landings.land()) == 5
    assert hub.refused == 0
    assert len(heard.waits) == 1 and heard.waits[0] <= 2


def test_a_429_is_waited_out(hub, landings):
    hub.answers[MODELS] = [Answer(status=429, headers={"RateLimit": '"api";r=0;t=0'})]
    began = time.monotonic()
    assert len(landings.land()) == 3
    assert time.monotonic() - began >= 1


@pytest.mark.parametrize(
    "fault",
    [
        Answer(status=503),
        Answer(body=json.dumps([record(1)]).encode(), cut=True),
        Answer(body=b"<html>We are back soon</html>"),
        Answer(body=b'[{"_id":"1","id":'),
        Answer(body=b""),
    ],
    ids=["503", "cut", "HTML with status 200", "half a page of JSON", "empty"],
)
@pytest.mark.parametrize(("coverage", "limit"), [("full", None), ("top", 10_000)])
def test_a_passing_fault_is_asked_again(hub, landings, fault, coverage, limit):
    hub.answers[MODELS] = [fault]
    assert len(landings.land("models", coverage, limit)) == 3


def test_a_listing_that_fails_midway_ends_the_run_and_goes_on_there_next_time(hub, snapshots):
    hub.page_size = 1
    hub.answers["/api/datasets"] = [None, *[Answer(status=500, body=b"")] * 3]
    with pytest.raises(SourceError, match=r"datasets \(full\): .*HTTP 500.* Pages kept of this listing: 1"):
        snapshots.take("full")
    assert snapshots.home.landing.exists() and not list(snapshots.home.lake.glob("manifests/*"))
    asked_before = len(hub.asked)
    manifest = snapshots.take("full")
    assert [state(manifest, f"hub_{kind}").row_count for kind in ("models", "datasets", "spaces")] == [3, 3, 3]
    again = [asked.path for asked in hub.asked[asked_before:]]
    assert MODELS not in again and again.count("/api/datasets") == 2


def test_an_error_answer_that_is_a_list_is_still_an_error(hub, landings):
    hub.answers[MODELS] = [Answer(status=500, body=b"[]")] * 3
    with pytest.raises(SourceError, match="answered with an error"):
        landings.land()


def test_a_page_that_stays_unreadable_is_named_and_what_came_before_is_kept(hub, landings):
    hub.page_size = 2
    hub.answers[MODELS] = [None, *[Answer(body=b"<html>maintenance</html>")] * 3]
    with pytest.raises(SourceError, match="Pages kept of this listing: 1"):
        landings.land()
    assert len(landings.land()) == 3
    assert len(asked_for(hub)) == 5


def test_a_page_that_is_broken_inside_is_found_when_it_is_read_and_asked_again(hub, snapshots):
    broken = Answer(body=b'[{"_id": "1", "id": "a/b"}, {"_id": "2", "id":: }]')
    hub.answers[MODELS] = [broken]
    assert state(snapshots.take("full"), "hub_models").row_count == 3
    assert len(asked_for(hub)) == 2


def test_a_loop_of_cursors_is_an_error(hub, landings):
    def leads_to(cursor):
        link = {"Link": f'<{{host}}{MODELS}?cursor={cursor}>; rel="next"'}
        return Answer(body=json.dumps([record(cursor)]).encode(), headers=link)

    hub.answers[MODELS] = [leads_to(1), leads_to(2), leads_to(1)]
    with pytest.raises(SourceError, match="leads back to a page it has already given"):
        landings.land()


def test_a_next_link_of_the_hub_itself_is_asked_at_the_mirror_and_nothing_is_sent_elsewhere(hub, landings):
    with serving() as other:
        passed_on = {"Link": f'<{other.url}{MODELS}?cursor=1&limit=1000>; rel="next"'}
        hub.answers[MODELS] = [Answer(body=json.dumps([record(1)]).encode(), headers=passed_on)]
        assert len(landings.land(hub_token="hf_secret")) == 3
        assert other.asked == []


def test_a_mirror_whose_addresses_begin_with_a_folder_is_read_to_the_end(hub, landings):
    hub.folder, hub.page_size = "/mirrors/hf", 1
    assert len(landings.land(hub=f"{hub.url}/mirrors/hf/")) == 3


def test_a_next_link_to_something_else_is_refused_and_nothing_is_sent_there(hub, landings):
    with serving() as other:
        away = {"Link": f'<{other.url}/api/secrets?cursor=2>; rel="next"'}
        hub.answers[MODELS] = [None, Answer(headers=away)]
        hub.page_size = 1
        with pytest.raises(SourceError, match=r"goes on at something else .* Pages kept of this listing: 1"):
            landings.land(hub_token="hf_secret")
        assert other.asked == []


def test_the_token_goes_to_the_configured_host_and_to_no_other(hub, snapshots):
    with serving() as other:
        elsewhere = {"catalogue_url": f"{other.url}/api.json", "pypistats_url": other.url}
        snapshots.take("full", hub_token="hf_secret", openai_key="sk-secret", **elsewhere)
        sent = {asked.headers.get("authorization") for asked in hub.asked if asked.path != "/models-json"}
        assert sent == {"Bearer hf_secret", "Bearer sk-secret"}
        assert other.paths()[0] == "/api.json" and len(other.paths()) == 1 + len(PACKAGES)
        assert all("authorization" not in asked.headers for asked in other.asked)


def test_a_wait_of_hours_on_a_good_page_is_not_waited(hub, landings, heard):
    hub.page_size = 1
    spent = Answer(body=json.dumps([record(1)]).encode(), headers={"RateLimit": f'"api";r=0;t={"9" * 5_000}'})
    spent.headers["Link"] = f'<{{host}}{MODELS}?cursor=1&limit=1000>; rel="next"'
    hub.answers[MODELS] = [spent]
    with pytest.raises(SourceError, match=r"longer than hubscope waits .* Pages kept of this listing: 1"):
        landings.land()
    assert heard.waits == []


def test_a_listing_that_gives_no_more_and_never_ends_is_an_error(hub, landings):
    def nothing(cursor):
        return Answer(headers={"Link": f'<{{host}}{MODELS}?cursor=x{cursor}&limit=1000>; rel="next"'})

    hub.page_size = 1
    hub.answers[MODELS] = [None, *map(nothing, range(10))]
    with pytest.raises(SourceError, match=r"5 empty pages in a row .* Pages kept of this listing: 5"):
        landings.land()
    assert len(asked_for(hub)) == 6


def test_a_listing_far_longer_than_expected_is_an_error_and_its_pages_are_kept(hub, landings, monkeypatch):
    monkeypatch.setattr("collector.sources.page.FEWEST_PAGES", 4)
    hub.page_size = 1
    hub.listings[MODELS] = [record(n) for n in range(50)]
    with pytest.raises(SourceError, match=r"goes on after 4 pages.* Pages kept of this listing: 3"):
        landings.land()


def test_a_clock_that_is_days_off_dates_no_snapshot(hub, landings):
    hub.headers = {"Date": "Sat, 03 Jan 2026 08:00:00 GMT"}
    with pytest.raises(SourceError, match=r"clock says .* says 2026-01-03 08:00"):
        landings.land()
    hub.headers = {"Date": "no date at all"}
    assert len(landings.land()) == 3


ALL_BUT_ONE = "|".join(field for field in EXPAND["models"].split() if field != "baseModels")


@pytest.mark.parametrize(
    "refusal",
    ["baseModels is not allowed in expand", "Invalid option at expand[1]", f"expected one of {ALL_BUT_ONE}"],
    ids=["by name", "by number", "by all that is accepted"],
)
def test_a_refused_field_is_named(hub, landings, refusal):
    hub.answers[MODELS] = [Answer(status=400, body=json.dumps({"error": refusal}).encode())]
    with pytest.raises(SourceError, match='refuses the field "baseModels" of /api/models'):
        landings.land()


def test_a_refused_token_is_said_to_be_one(hub, landings):
    hub.answers[MODELS] = [Answer(status=401, body=b'{"error":"Invalid credentials"}')]
    with pytest.raises(SourceError, match="refuses the token"):
        landings.land(hub_token="hf_secret")


@pytest.mark.parametrize(("coverage", "limit"), [("full", None), ("top", 10_000)])
def test_private_repositories_of_the_token_never_reach_the_disk(hub, landings, heard, coverage, limit):
    hub.listings[MODELS].append(record(9, id="me/secret-project", private=True))
    assert len(landings.land("models", coverage, limit, hub_token="hf_x")) == 3
    assert any("1 private records left out" in line for line in heard.lines)
    assert not [path for path in landings.home.path.rglob("*") if path.is_file() and b"secret" in path.read_bytes()]


def test_no_key_is_ever_written_or_said_not_even_when_a_server_repeats_it(hub, snapshots, heard):
    keys = {"hub_token": "hf_verysecret", "openai_key": "sk-verysecret"}
    echo = b'{"error":"Bearer hf_verysecret sk-verysecret is not welcome"}'
    hub.answers["/v1/models"] = [Answer(status=400, body=b'{"error":{"message":"sk-verysecret hf_verysecret is odd"}}')]
    hub.answers["/api/tasks"] = [Answer(status=404, body=echo)]
    snapshots.take("full", **keys)
    hub.answers[MODELS] = [Answer(status=400, body=echo)]
    with pytest.raises(SourceError) as raised:
        snapshots.take("full", taken_at=NOON + timedelta(days=1), **keys)
    said = " ".join([*heard.lines, str(raised.value), repr(hub.upstream(**keys))])
    written = [path.read_bytes() for path in snapshots.home.path.rglob("*") if path.is_file()]
    assert "verysecret" not in said and "[key]" in said
    assert not any(b"verysecret" in body for body in written)


def test_control_characters_in_a_servers_words_do_not_reach_the_terminal(hub, landings):
    hub.answers[MODELS] = [Answer(status=404, body=b'{"error":"\\u001b[2Jgone\\u202e"}')]
    with pytest.raises(SourceError) as raised:
        landings.land()
    assert "\x1b" not in str(raised.value) and "\u202e" not in str(raised.value) and "gone" in str(raised.value)
