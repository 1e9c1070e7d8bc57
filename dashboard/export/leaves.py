"""The pages of the static site, each read when its turn comes and ready to be said in either language.

Each choice of kind and weight is a page of its own, so every view of the site is a link, as on the dashboard.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from dashboard import headlines
from dashboard.choices import KINDS, SEPARATOR, WEIGHTS, Choices, write_pin
from dashboard.export import chapters, html_document
from dashboard.export.chapters import Chapter
from dashboard.export.exhibit import Exhibit, Missing, read_exhibit
from dashboard.export.feeds import Entry
from dashboard.export.tables import readable
from dashboard.figures import explore
from dashboard.lessons import LESSONS
from dashboard.lessons.sources import sources
from dashboard.published import page_file, variants
from dashboard.say import Say, words
from dashboard.sheets import EXPORTED, SHEET, SHEETS, Sheet
from warehouse.marts.queries import examples
from warehouse.read import Warehouse

EXPLORED = 200
COMPARED = 5


Titled = tuple[Chapter, str]
"""A lesson and its file."""


class Leaf(NamedTuple):
    """One page, to be said in each language."""

    file: str
    here: str
    """The entry of the navigation that it belongs to."""
    template: str
    values: dict[str, Any]
    """What its template shows; a function of a `Say` is called with the language."""
    chapter: Chapter | None = None

    @property
    def embedded(self) -> list[Exhibit]:
        """The figures that can stand alone in other people's pages: those whose choices are all in the page's address."""
        if self.chapter is None or self.template != "page":
            return []
        return [part for part in self.chapter.exhibits if part.is_figure]


def leaves(warehouse: Warehouse, choices: Choices, entries: list[Entry]) -> Iterator[Leaf]:
    """Every page, each read when its turn comes."""
    for sheet in EXPORTED:
        for kind, weight in variants(sheet):
            yield _of_sheet(warehouse, sheet, replace(choices, kind=kind, weight=weight))
    yield from _course(warehouse, choices)
    for kind in KINDS:
        yield _explore(warehouse, replace(choices, kind=kind))
    yield _sql(warehouse)
    for number, entry in enumerate(entries):
        yield _entry(entry, entries[number + 1 : number + 2], entries[max(number - 1, 0) : number])


def leaf_count(entries: list[Entry]) -> int:
    """How many there are."""
    return sum(len(variants(sheet)) for sheet in EXPORTED) + len(LESSONS) + 3 + len(KINDS) + 1 + len(entries)


# --- pages of figures


def _of_sheet(warehouse: Warehouse, sheet: Sheet, choices: Choices) -> Leaf:
    chapter = chapters.page(warehouse, sheet, choices)
    values: dict[str, Any] = {
        "lead": lambda say: say(f"{sheet.key}.lead") if say.knows(f"{sheet.key}.lead") else "",
        "sets": lambda say: _sets(sheet, choices, say),
        "cards": (lambda say: _cards(warehouse, say, choices)) if sheet is SHEETS[0] else [],
        "turns": [],
        "lecture": {},
    }
    return Leaf(page_file(sheet.key, choices.kind, choices.weight), sheet.key, "page", values, chapter)


def _sets(sheet: Sheet, choices: Choices, say: Say) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The choices of a page: the other kinds and weights, each with its address."""
    held = variants(sheet)
    kinds = [
        (
            say(f"ui.kinds_of.{kind}"),
            page_file(sheet.key, kind, choices.weight if (kind, choices.weight) in held else WEIGHTS[0]),
            kind == choices.kind,
        )
        for kind in sheet.kinds
    ]
    weights = [
        (say(f"ui.weight.{weight}"), page_file(sheet.key, choices.kind, weight), weight == choices.weight)
        for kind, weight in held
        if kind == choices.kind
    ]
    named = ((say("ui.kind_label"), kinds), (say("ui.weigh_by"), weights))
    return [(label, links) for label, links in named if len(links) > 1]


def _cards(warehouse: Warehouse, say: Say, choices: Choices) -> list[dict[str, Any]]:
    """The populations, each on its own and never added up."""
    cards = [
        {
            "name": say(f"ui.kinds_of.{now['kind']}"),
            "number": say.short(now["repository_count"]),
            "lines": headlines.lines(say, now),
            "as_of": headlines.as_of(say, now),
        }
        for now in _rows(warehouse, "headlines", choices.as_of)
    ]
    listed = _rows(warehouse, "openai_list_sizes", choices.as_of)
    cards.append(
        {
            "name": say("overview.openai"),
            "number": say.number(listed[-1]["model_count"] if listed else None),
            "lines": [say("overview.openai_apart" if listed else "overview.openai_none")],
            "as_of": say("overview.openai_as_of", date=say.moment(listed[-1]["snapshot_at"])) if listed else "",
        }
    )
    return cards


# --- the course


def _course(warehouse: Warehouse, choices: Choices) -> Iterator[Leaf]:
    lessons = [(chapter, f"{chapter.slug}.html") for chapter in chapters.lessons(warehouse, choices)]
    yield Leaf("course.html", "course", "course", {"lessons": lessons})
    for number, (chapter, file) in enumerate(lessons):
        before = lessons[number - 1] if number else None
        after = lessons[number + 1] if number + 1 < len(lessons) else None
        ways = {way: lesson[1] for way, lesson in (("before", before), ("after", after)) if lesson}
        turns = partial(_turns, before, after)
        given = {"lead": "", "sets": [], "cards": [], "turns": turns, "lecture": ways}
        yield Leaf(file, "course", "page", given, chapter)
    sheet = SHEET["changes"]
    said: dict[str, Any] = {
        "title": _titled("discussion"),
        "lessons": lessons,
        "changed": partial(chapters.said, chapters.sentences_of(warehouse, sheet, choices)),
        "changes": page_file(sheet.key),
    }
    yield Leaf("discussion.html", "course", "discussion", said)
    values: dict[str, Any] = {
        "title": _titled("references"),
        "bibliography": warehouse.query("bibliography").to_dict("records"),
        "sources": lambda say: sources(warehouse, say, choices.as_of),
    }
    yield Leaf("references.html", "course", "references", values)


def _turns(before: Titled | None, after: Titled | None, say: Say) -> list[tuple[str, str]]:
    """From a lesson to the list of them, to the one before and to the one after."""
    turns = [(say("ui.pages.course"), "course.html")]
    if before is not None:
        turns.append((f"← {before[0].title(say)}", before[1]))
    if after is not None:
        turns.append((f"{after[0].title(say)} →", after[1]))
    return turns


def _titled(key: str) -> Any:
    return lambda say: say(f"ui.pages.{key}")


# --- pages that on the dashboard ask the warehouse


def _explore(warehouse: Warehouse, choices: Choices) -> Leaf:
    """The leading repositories of a kind, and a few of them over time."""
    found = warehouse.query(
        "repository_matches",
        kind=choices.kind,
        **dict.fromkeys(("text", "licence_class", "task", "library", "family"), ""),
        least=0,
        limit=EXPLORED,
    )
    first = SEPARATOR.join(found["id"].head(COMPARED))
    compared = read_exhibit(warehouse, explore.HISTORY, replace(choices, extras=(("ids", first),)))
    chapter = Chapter("explore", _titled("explore"), (compared,))
    values: dict[str, Any] = {
        "rows": lambda say: readable(found.drop(columns="match_count"), say),
        "row_count": int(found["match_count"].iloc[0]) if len(found) else 0,
        "sets": lambda say: [
            (
                say("ui.kind_label"),
                [(say(f"ui.kinds_of.{kind}"), page_file("explore", kind), kind == choices.kind) for kind in KINDS],
            )
        ],
        "compared": lambda say: html_document.lay(chapter, compared, say, f"../data/{csv_name(compared)}"),
    }
    return Leaf(page_file("explore", choices.kind), "explore", "explore", values, chapter)


def _sql(warehouse: Warehouse) -> Leaf:
    """The examples with their answers, and what a row of each table is."""
    answered = [
        (name, text, warehouse.run_sql(text, limit=html_document.SHOWN_ROWS)) for name, text in examples().items()
    ]
    known = set(warehouse.query("table_columns")["table_name"])
    values: dict[str, Any] = {
        "examples": lambda say: [
            (say(f"sql.examples.{name}"), text, readable(rows, say)) for name, text, rows in answered
        ],
        "tables": lambda say: _tables(say, known),
    }
    return Leaf("sql.html", "sql", "sql", values)


def _tables(say: Say, known: set[str]) -> pd.DataFrame:
    described = {
        key.partition(".")[2]: text for key, text in words(say.language, "sql").items() if key.startswith("tables.")
    }
    rows = [(table, grain) for table, grain in described.items() if table in known]
    return pd.DataFrame(rows, columns=[say.column("table_name"), say.column("grain")])


# --- what feeds tell


def _entry(entry: Entry, before: list[Entry], after: list[Entry]) -> Leaf:
    """The page of one entry, which stays of its snapshot, with the ways to its neighbours."""
    values: dict[str, Any] = {
        "title": entry.title,
        "points": entry.points,
        "turns": lambda say: [
            (say("ui.pages.changes"), page_file("changes")),
            *((f"← {one.title(say)}", one.file) for one in before),
            *((f"{one.title(say)} →", one.file) for one in after),
        ],
    }
    return Leaf(entry.file, "changes", "entry", values)


def _rows(warehouse: Warehouse, query: str, as_of: datetime | None) -> list[dict[Any, Any]]:
    rows: list[dict[Any, Any]] = warehouse.query(query, as_of=as_of).to_dict("records")
    return rows


def csv_name(part: Exhibit | Missing) -> str:
    """CSV file name of a figure and choice, shared by both languages."""
    if isinstance(part, Missing):
        return ""
    address = replace(part.choices, extras=(), as_of=None).to_address()
    when = [write_pin(part.moment)] if part.moment else []
    return "-".join([part.name, *address.values(), *when]) + ".csv"
