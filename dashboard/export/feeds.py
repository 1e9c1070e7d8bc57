"""What changed, snapshot by snapshot, as feeds that any reader of news follows: Atom (RFC 4287) and JSON Feed 1.1.

Each entry tells what changed since the snapshot before it, so that nothing is told twice. Its page names the snapshot,
and its id follows from what it is about: a site that is made again, or moves, repeats no news.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from markupsafe import Markup

from dashboard.choices import Choices, write_pin
from dashboard.export.chapters import said
from dashboard.export.markdown import marked
from dashboard.figures.changes import newest, since
from dashboard.figures.changes_sentences import of_every_kind
from dashboard.figures.facts import NothingToShow, coverage_of
from dashboard.say import Say
from dashboard.sentences import Sentence
from warehouse.read import Snapshot, Warehouse

MOST_ENTRIES = 30
"""The newest; each costs as much as the page of changes."""
ATOM, JSON_FEED = "feed.xml", "feed.json"
MEDIA_TYPES = {ATOM: "application/atom+xml", JSON_FEED: "application/feed+json"}
_ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """What changed between a snapshot and the one before it."""

    before: Snapshot
    now: Snapshot
    sentences: tuple[Sentence, ...]

    @property
    def file(self) -> str:
        """Its page in the folder of a language."""
        return f"changes-{write_pin(self.now.snapshot_at)}.html"

    def title(self, say: Say) -> str:
        """Which snapshot it tells of, in words."""
        return say(
            "changes.feed.entry",
            before=say.date(self.before.snapshot_at),
            now=say.date(self.now.snapshot_at),
            coverage=say.write(coverage_of(self.now)),
        )

    def points(self, say: Say) -> list[str]:
        """What changed, in words; simulated data are said to be so."""
        simulated = [say("changes.digest.simulated")] if self.now.is_simulated else []
        return [*simulated, *said(self.sentences, say)]

    def identity(self, say: Say) -> str:
        """The same for the same snapshot and language, wherever and however often it is published."""
        about = (self.now.kind, self.now.coverage, self.now.coverage_limit, write_pin(self.now.snapshot_at))
        return uuid5(NAMESPACE_URL, f"hubscope {self.now.is_simulated} {about} {say.language}").urn

    def html(self, say: Say) -> str:
        """Its points as a list; whatever the data hold is text."""
        items = (Markup("<li>{}</li>").format(marked(point)) for point in self.points(say))
        return str(Markup("<ul>{}</ul>").format(Markup().join(items)))


def read_entries(warehouse: Warehouse, as_of: datetime | None) -> list[Entry]:
    """The newest snapshots of the listing that was collected last, newest first, each with what changed by it."""
    choices = newest(warehouse, as_of)
    listed = warehouse.query("snapshot_list")
    is_same = (listed["kind"] == choices.kind) & (listed["coverage"] == choices.coverage)
    dated = listed.loc[is_same].dropna(subset="previous_snapshot_at")
    if as_of is not None:
        dated = dated[dated["snapshot_at"] <= as_of]
    moments = dated[["snapshot_at", "previous_snapshot_at"]].head(MOST_ENTRIES).itertuples(index=False)
    found = [_read(warehouse, choices, at.to_pydatetime(), before.to_pydatetime()) for at, before in moments]
    return [entry for entry in found if entry]


def _read(warehouse: Warehouse, choices: Choices, at: datetime, before_at: datetime) -> Entry | None:
    before, now = (warehouse.snapshot(choices.kind, choices.coverage, moment) for moment in (before_at, at))
    assert before and now, "both are in the list of snapshots"
    try:
        sentences = of_every_kind(warehouse, since(replace(choices, as_of=at), write_pin(before_at)))
    except NothingToShow:  # a longer list than the one before it: no two that can be compared
        return None
    return Entry(before, now, tuple(sentences))


def atom(entries: Sequence[Entry], say: Say, site: str, warehouse: Warehouse) -> bytes:
    """The feed as XML. Without the address of the `site` its links are relative, as RFC 4287 allows."""
    place = f"{site}{say.language}/" if site else ""
    feed = ElementTree.Element("feed", {"xmlns": _ATOM_NAMESPACE, "xml:lang": say("export.formats.tag")})
    _add(feed, "title", say("changes.feed.title"))
    _add(feed, "subtitle", say("changes.feed.about", most=MOST_ENTRIES))
    _add(feed, "id", uuid5(NAMESPACE_URL, f"hubscope {warehouse.is_simulated} {place or say.language}").urn)
    _add(feed, "updated", _moment(entries[0].now.snapshot_at if entries else warehouse.newest_snapshot_at))
    _add(_add(feed, "author"), "name", "hubscope")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{place}changes.html")
    if site:
        _add(feed, "link", rel="self", type=MEDIA_TYPES[ATOM], href=f"{place}{ATOM}")
    for entry in entries:
        one = _add(feed, "entry")
        _add(one, "title", entry.title(say))
        _add(one, "id", entry.identity(say))
        _add(one, "published", _moment(entry.now.snapshot_at))
        _add(one, "updated", _moment(entry.now.snapshot_at))
        _add(one, "link", rel="alternate", type="text/html", href=f"{place}{entry.file}")
        _add(one, "content", entry.html(say), type="html")
    ElementTree.indent(feed)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def json_feed(entries: Sequence[Entry], say: Say, site: str) -> bytes:
    """The feed as JSON. Its format has no relative links: without the address of the `site` there are none."""

    def linked(name: str, file: str) -> dict[str, str]:
        return {name: f"{site}{say.language}/{file}"} if site else {}

    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": say("changes.feed.title"),
        "description": say("changes.feed.about", most=MOST_ENTRIES),
        "language": say("export.formats.tag"),
        **linked("home_page_url", "changes.html"),
        **linked("feed_url", JSON_FEED),
        "authors": [{"name": "hubscope"}],
        "items": [
            {
                "id": entry.identity(say),
                **linked("url", entry.file),
                "title": entry.title(say),
                "content_html": entry.html(say),
                "date_published": _moment(entry.now.snapshot_at),
                "date_modified": _moment(entry.now.snapshot_at),
            }
            for entry in entries
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = text
    return child


def _moment(at: datetime) -> str:
    return at.replace(tzinfo=UTC, microsecond=0).isoformat().replace("+00:00", "Z")
