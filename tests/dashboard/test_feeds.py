"""The feeds of what changed, as programs read them that know nothing of hubscope."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import fastfeedparser
import feedparser
import pytest
from lxml import etree

from dashboard.export.feeds import Entry, atom, json_feed, read_entries
from dashboard.published import site_address
from dashboard.say import LANGUAGES, Say
from dashboard.sentences import Sentence
from tests.dashboard.exporting import SNAPSHOT
from warehouse.errors import ExportError
from warehouse.read import Warehouse, open_current

SITE = "https://example.org/course/"
HOSTILE = "<script>alert(1)</script> & ]]> \x00 \u202e <img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def warehouse(demo_home) -> Warehouse:
    return open_current(demo_home)


@pytest.fixture(scope="module")
def entries(warehouse) -> list[Entry]:
    return read_entries(warehouse, None)


def _both(entries: list[Entry], say: Say, warehouse: Warehouse, site: str = SITE) -> list[tuple[str, str, str]]:
    """Id, title and link of each entry, as two parsers read the two formats; they must say the same."""
    read = feedparser.parse(atom(entries, say, site, warehouse))
    assert not read.bozo, read.bozo_exception
    of_atom = [(one.id, one.title, one.link) for one in read.entries]
    other = fastfeedparser.parse(json_feed(entries, say, site).decode())
    assert [(one.id, one.title, one.get("link", "")) for one in other.entries] == of_atom
    return of_atom


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_snapshot_is_an_entry_that_links_to_a_page_of_its_own(warehouse, entries, language):
    read = _both(entries, Say(language), warehouse)
    assert [link for _, _, link in read] == [
        f"{SITE}{language}/changes-2026{month:02}01T000000Z.html" for month in (11, 10, 9, 8, 7)
    ]
    assert len({identity for identity, _, _ in read}) == len({title for _, title, _ in read}) == len(entries)


def test_an_entry_tells_what_moved_arrived_and_left_and_that_the_data_are_simulated(warehouse, entries):
    said = feedparser.parse(atom(entries, Say("en"), SITE, warehouse)).entries[0].content[0].value
    for words in ("simulated", "are new", "vanished", "gained most", "OpenAI lists", "Price changes at OpenAI"):
        assert words in said


def test_an_entry_is_compared_with_the_snapshot_before_it_so_that_nothing_is_told_twice(entries):
    assert [entry.before.snapshot_at for entry in entries[:-1]] == [entry.now.snapshot_at for entry in entries[1:]]


def test_ids_and_dates_of_entries_outlive_another_export_another_address_and_later_snapshots(warehouse, entries):
    earlier = read_entries(warehouse, datetime(2026, 10, 15))
    for language in LANGUAGES:
        then = feedparser.parse(atom(earlier, Say(language), "", warehouse)).entries
        now = feedparser.parse(atom(entries, Say(language), SITE, warehouse)).entries
        assert [(one.id, one.updated) for one in then] == [(one.id, one.updated) for one in now[1:]]
    ids = {entry.identity(Say(language)) for entry in entries for language in LANGUAGES}
    assert len(ids) == 2 * len(entries)


def test_a_feed_is_as_new_as_its_newest_snapshot_and_an_empty_one_is_valid(warehouse, entries):
    newest = feedparser.parse(atom(entries, Say("en"), SITE, warehouse)).feed.updated
    assert newest == "2026-11-01T00:00:00Z" == _both_dates(entries)
    assert _both([], Say("zh"), warehouse) == []


def _both_dates(entries: list[Entry]) -> str:
    items = json.loads(json_feed(entries, Say("en"), SITE))["items"]
    assert all(item["date_published"] == item["date_modified"] for item in items)
    return max(item["date_modified"] for item in items)


def test_the_atom_feed_holds_what_its_standard_demands(warehouse, entries):
    """RFC 4287, 4.1.1 and 4.1.2: once each, and an author for every entry."""
    tree = etree.fromstring(atom(entries, Say("zh"), SITE, warehouse))
    name = "{http://www.w3.org/2005/Atom}"
    assert tree.tag == f"{name}feed"
    for element in (tree, *tree.findall(f"{name}entry")):
        assert [len(element.findall(name + once)) for once in ("id", "title", "updated")] == [1, 1, 1]
    assert tree.findtext(f"{name}author/{name}name") == "hubscope"
    assert tree.find(f"{name}link[@rel='self']").get("href") == f"{SITE}zh/feed.xml"


def test_without_an_address_atom_links_beside_itself_and_json_not_at_all(warehouse, entries):
    read = feedparser.parse(atom(entries, Say("en"), "", warehouse))
    assert not read.bozo
    assert read.entries[0].link == entries[0].file
    feed = json.loads(json_feed(entries, Say("en"), ""))
    assert not {"feed_url", "home_page_url"} & feed.keys()
    assert all("url" not in item for item in feed["items"])


def test_what_strangers_wrote_is_text_in_both_feeds(warehouse):
    moved = {"measure": HOSTILE, "up": HOSTILE, "up_change": "+1", "down": HOSTILE, "down_change": -1}
    now = replace(SNAPSHOT, previous_snapshot_at=SNAPSHOT.snapshot_at - timedelta(days=1))
    entry = Entry(SNAPSHOT, now, (Sentence("changes.said.movers", moved),))
    for language in LANGUAGES:
        feeds = (atom([entry], Say(language), SITE, warehouse), json_feed([entry], Say(language), SITE))
        unread = etree.fromstring(feeds[0]).findtext(".//{*}content")
        for html in (unread, json.loads(feeds[1])["items"][0]["content_html"]):
            assert {one.tag for one in etree.HTML(html).iter()} <= {"html", "body", "ul", "li"}
            assert html.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp; ]]&gt; \ufffd \ufffd") == 3
        assert len(_both([entry], Say(language), warehouse)) == 1


@pytest.mark.parametrize(
    "stated", ["example.org", "ftp://example.org", "https://", "https://example.org/?a=1", "/site"]
)
def test_what_is_no_address_of_a_site_is_refused_in_words(monkeypatch, stated):
    monkeypatch.setenv("HUBSCOPE_SITE_URL", stated)
    with pytest.raises(ExportError, match="no address of a site"):
        site_address()


def test_the_address_of_a_site_ends_with_one_slash_however_it_was_typed(monkeypatch):
    for stated in (SITE, SITE[:-1], f" {SITE}"):
        monkeypatch.setenv("HUBSCOPE_SITE_URL", stated)
        assert site_address() == SITE
