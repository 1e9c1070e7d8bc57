"""An unfinished run on disk: what it keeps, and where it goes on after being stopped at any moment."""

import json
import random
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone

import pytest

from tests.warehouse.steps import HUB, MODELS, at, body, land_pages, open_landing, rows
from warehouse.duck import landing_connection
from warehouse.errors import BadPage, SourceError
from warehouse.lake.lake import Lake
from warehouse.landing.run import Landing, Series
from warehouse.landing.series import PAGES_IN_A_CHUNK


def page(number: int) -> bytes:
    return body([{"_id": f"{number}-{place}", "id": f"a/{number}-{place}", "downloads": number} for place in range(3)])


def test_a_run_is_called_after_the_second_it_began_in_utc(home):
    began = datetime(2026, 3, 1, 9, 30, 15, 999, tzinfo=timezone(timedelta(hours=-5)))
    landing = Landing.open(home, profile="quick", endpoint=HUB, now=began)
    assert (landing.run_id, landing.snapshot_at) == ("20260301T143015Z", datetime(2026, 3, 1, 14, 30, 15))
    assert not landing.is_resumed


def test_an_unfinished_run_of_the_same_profile_and_endpoint_goes_on_within_a_day(home):
    first = open_landing(home)
    first.is_simulated = True
    again = open_landing(home, now=at(2, 11))
    assert (again.run_id, again.is_resumed, again.is_simulated) == (first.run_id, True, True)


def test_another_profile_or_endpoint_begins_a_run_of_its_own_and_leaves_the_first_alone(home):
    first = open_landing(home)
    quick = open_landing(home, profile="quick", now=at(1, 13))
    elsewhere = open_landing(home, endpoint="http://mirror", now=at(1, 14))
    assert not quick.is_resumed
    assert not elsewhere.is_resumed
    assert open_landing(home, now=at(1, 15)).run_id == first.run_id


def test_leftovers_older_than_a_day_or_broken_are_cleared(home):
    old = open_landing(home)
    (home.landing / "20260302T000000Z").mkdir()
    new = open_landing(home, day=3)
    assert (new.is_resumed, [folder.name for folder in home.landing.iterdir()]) == (False, [new.run_id])
    assert new.run_id != old.run_id


def test_a_run_that_was_published_but_not_yet_cleared_is_not_taken_up_again(home):
    landing = open_landing(home)
    land_pages(landing, [page(1)])
    kept = {path: path.read_bytes() for path in landing.folder.rglob("*") if path.is_file()}
    Lake(home).commit(landing.finish(), finished_at=at(1, 13))
    for path, content in kept.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    again = open_landing(home)
    assert (again.is_resumed, again.snapshot_at) == (False, at(1) + timedelta(seconds=1))


def test_a_series_knows_where_to_go_on_and_when_it_is_done(home):
    landed = open_landing(home).series(MODELS)
    assert (landed.next_url, landed.pages, landed.requests, landed.is_done) == (None, 0, 0, False)
    landed.add_page(page(1), url="u1", next_url="u2")
    found = open_landing(home).series(MODELS)
    assert (found.next_url, found.pages, found.requests, found.is_done) == ("u2", 1, 1, False)
    found.add_page(page(2), url="u2", next_url=None)
    done = open_landing(home).series(MODELS)
    assert (done.next_url, done.pages, done.requests, done.is_done) == (None, 2, 2, True)


@pytest.mark.parametrize(
    ("listing", "answer"),
    [
        ("hub_models", b"<html><body>Service unavailable</body></html>"),
        ("hub_models", b""),
        ("hub_models", b'{"error": "too many requests"}'),
        ("hub_models", b'[{"_id": "1", "id": "a"}, {"_id": "2"'),
        ("hub_models", b'[{"_id": "1", "id": "a"},'),
        ("openai_models", b'{"error": {"message": "no key"}}'),
        ("openai_models", b'{"object": "list", "data": null}'),
        ("openai_models", b'{"object": "list", "data": [{"id": "x"]}'),
        ("catalogue_models", b'{"error": "over quota"}'),
        ("hub_tasks", b"[]"),
    ],
)
def test_an_answer_that_is_visibly_no_page_is_refused_and_nothing_of_it_kept(home, listing, answer):
    landed = open_landing(home).series(Series(listing))
    with pytest.raises(BadPage):
        landed.add_page(answer, url="u1", next_url="u2")
    assert (landed.next_url, landed.pages, landed.requests) == (None, 0, 1)
    assert not list(landed.folder.glob("page-*"))


def test_a_page_with_a_byte_order_mark_and_space_around_is_a_page(home):
    landing = open_landing(home)
    land_pages(landing, [b"\xef\xbb\xbf \n" + page(1) + b"\n"])
    assert Lake(home).commit(landing.finish(), finished_at=at(1)).listings[0].row_count == 3


def test_pages_become_chunks_as_they_come_so_that_the_disk_does_not_fill(home):
    landing = open_landing(home)
    landed = landing.series(MODELS)
    for number in range(PAGES_IN_A_CHUNK + 2):
        landed.add_page(page(number), url=f"u{number}", next_url=f"u{number + 1}")
    assert len(landed.chunks) == 1
    assert len(list(landed.folder.glob("page-*"))) == 2
    landed.add_page(page(999), url="last", next_url=None)
    entry = Lake(home).commit(landing.finish(), finished_at=at(1, 13)).listings[0]
    assert (entry.pages, entry.row_count) == (PAGES_IN_A_CHUNK + 3, 3 * (PAGES_IN_A_CHUNK + 3))


def test_a_repeat_in_a_later_chunk_counts_and_the_one_before_it_does_not(home):
    landing = open_landing(home)
    first = [body([{"_id": "same", "id": "a/same", "downloads": number}]) for number in range(PAGES_IN_A_CHUNK + 1)]
    land_pages(landing, first)
    entry = Lake(home).commit(landing.finish(), finished_at=at(1, 13)).listings[0]
    assert (entry.record_count, entry.row_count, entry.duplicate_count) == (len(first), 1, len(first) - 1)
    assert rows(home, "metrics")[0]["downloads"] == PAGES_IN_A_CHUNK


def test_a_page_that_turns_out_not_to_be_json_is_asked_for_again_and_all_before_it_is_kept(home):
    landing = open_landing(home)
    land_pages(
        landing,
        [page(1), b'[{"id": "b", "tags": ["cut off"]', page(3)],
    )
    with pytest.raises(SourceError, match=r"page=1 is not JSON.*1 pages before it are kept; run again"):
        Lake(home).commit(landing.finish(), finished_at=at(1, 13))
    again = open_landing(home)
    landed = again.series(MODELS)
    assert (landed.next_url, landed.pages, landed.is_done) == (f"{HUB}?page=1", 1, False)
    landed.add_page(page(2), url=f"{HUB}?page=1", next_url=None)
    assert Lake(home).commit(again.finish(), finished_at=at(1, 14)).listings[0].row_count == 6


def test_the_same_in_the_middle_of_a_crawl_stops_it_there(home):
    landed = open_landing(home).series(MODELS)
    with pytest.raises(SourceError, match="u7 is not JSON"):
        for number in range(PAGES_IN_A_CHUNK):
            answer = b'[{"id": "a" "b"}]' if number == 7 else page(number)
            landed.add_page(answer, url=f"u{number}", next_url=f"u{number + 1}")
    assert (landed.next_url, landed.pages, landed.is_done) == ("u7", 7, False)


def test_a_page_that_a_power_cut_left_empty_is_asked_for_again(home):
    landing = open_landing(home)
    land_pages(landing, [page(1), page(2)])
    (landing.folder / "hub_models.full" / "page-000001.json").write_bytes(b"")
    with pytest.raises(SourceError, match="cut short on this disk"):
        Lake(home).commit(landing.finish(), finished_at=at(1, 13))
    assert open_landing(home).series(MODELS).next_url == f"{HUB}?page=1"


def test_a_cursor_that_a_power_cut_left_empty_means_to_begin_that_listing_anew(home):
    landing = open_landing(home)
    land_pages(landing, [page(1)])
    (landing.folder / "hub_models.full" / "cursor.json").write_bytes(b"")
    landed = open_landing(home).series(MODELS)
    assert (landed.next_url, landed.pages, landed.is_done) == (None, 0, False)


def test_a_failed_series_is_named_with_its_reason_and_a_later_page_makes_it_good_again(home):
    landing = open_landing(home)
    land_pages(landing, [page(1)])
    landing.mark(Series("openai_models"), status="skipped", reason="no key")
    landing.mark(Series("catalogue_models"), status="failed", reason="HTTP 500")
    landing.series(Series("catalogue_models")).add_page(b'{"a": {"models": {"m": {}}}}', url="u", next_url=None)
    entries = {entry.listing: entry for entry in Lake(home).commit(landing.finish(), finished_at=at(1, 13)).listings}
    assert {name: (entry.status, entry.reason) for name, entry in entries.items()} == {
        "catalogue_models": ("ok", None),
        "hub_models": ("ok", None),
        "openai_models": ("skipped", "no key"),
    }


CRAWL = """
import json, sys
from datetime import datetime
from pathlib import Path
from warehouse.landing.run import Landing, Series
from warehouse.settings import Home
landing = Landing.open(Home(Path(sys.argv[1])), profile="full", endpoint="e", now=datetime(2026, 3, 1, 12))
landed = landing.series(Series("hub_models"))
while not landed.is_done:
    number = landed.pages
    records = [{"_id": f"{number}-{place}", "id": f"a/{number}-{place}"} for place in range(20)]
    landed.add_page(json.dumps(records).encode(), url=f"u{number}", next_url=f"u{number + 1}" if number < 119 else None)
    print(number, flush=True)
"""


def test_a_crawl_killed_again_and_again_ends_with_every_record_once(home):
    patience = random.Random(7)
    for attempt in range(30):
        crawl = subprocess.Popen([sys.executable, "-c", CRAWL, home.path], stdout=subprocess.PIPE, text=True)
        if attempt < 5:
            crawl.stdout.readline()
            time.sleep(patience.uniform(0, 0.05))
            crawl.send_signal(signal.SIGKILL)
        if crawl.wait() == 0:
            break
        crawl.stdout.close()
    crawl.stdout.close()
    landing = open_landing(home, endpoint="e")
    entry = Lake(home).commit(landing.finish(), finished_at=at(1, 13)).listings[0]
    assert (entry.row_count, entry.duplicate_count, entry.pages) == (2400, 0, 120)


def test_a_full_disk_stops_the_crawl_with_what_was_kept(home):
    """The operating system's limit on the size of a file stands in for a full disk."""
    crawl = CRAWL.replace(
        "landed = ", "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\nlanded = ", 1
    )
    ended = subprocess.run([sys.executable, "-c", crawl, home.path], capture_output=True, text=True)
    assert "warehouse.errors.LakeError: hub_models (full): the landed pages could not be written" in ended.stderr
    assert "File too large)." in ended.stderr
    assert "pages are kept; make room and run again" in ended.stderr
    assert open_landing(home, endpoint="e").series(MODELS).pages == PAGES_IN_A_CHUNK


def test_the_cursor_is_plain_json_that_a_person_can_read(home):
    landing = open_landing(home)
    land_pages(landing, [page(1)])
    cursor = json.loads((landing.folder / "hub_models.full" / "cursor.json").read_text())
    assert (cursor["pages"], cursor["is_done"]) == (1, True)


def test_what_does_not_fit_the_memory_spills_into_a_folder_that_is_not_there_yet(tmp_path):
    with landing_connection(tmp_path / "not" / "there" / "spill", "60MB") as connection:
        counted = connection.execute(
            "select count(*) from (select distinct hash(n), n::varchar from range(3000000) t(n))"
        )
        assert counted.fetchall() == [(3_000_000,)]
        assert (tmp_path / "not" / "there" / "spill").is_dir()
