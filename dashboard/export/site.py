"""Dashboard and course as a static site: pages that any file server gives, or a file manager opens.

One folder for each language, one for what both share. Figures are read once and said in both languages; each choice of
kind and weight is a page of its own, so every view of the site is a link, as on the dashboard.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from dashboard import headlines, theme
from dashboard.choices import KINDS, SEPARATOR, WEIGHTS, Choices, write_pin
from dashboard.export import chapters, html_document, pictures
from dashboard.export.chapters import Chapter
from dashboard.export.exhibit import Exhibit, Missing, read_exhibit
from dashboard.export.outputs import whole_folder
from dashboard.export.progress_bar import Progress, silent
from dashboard.export.tables import readable
from dashboard.figures import explore
from dashboard.lessons import LESSONS
from dashboard.lessons.sources import sources
from dashboard.say import LANGUAGES, Say, words
from dashboard.sheets import EXPORTED, SHEET, SHEETS, Sheet
from warehouse.manifest import software_version
from warehouse.marts.queries import examples
from warehouse.read import Warehouse

EXPLORED = 200
COMPARED = 5
ICON = Path(__file__).parent.parent / "icon.svg"
CHINESE = "'Hubscope Sans', sans-serif"


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


def write_site(
    warehouse: Warehouse, target: Path, *, as_of: datetime | None, now: datetime, progress: Progress = silent
) -> int:
    """Write the site in the place of `target`; the number of pages of both languages. ExportError when it cannot."""
    choices = Choices(as_of=as_of)
    about = {"made_by": "hubscope export --site", "build_id": warehouse.build_id, "made_at": now, "as_of": as_of}
    with whole_folder(target, about) as folder, warehouse.holding() as held:
        _assets(folder)
        for language in LANGUAGES:
            (folder / language).mkdir()
        (folder / "data").mkdir()
        leaves = progress(_leaves(held, choices), _leaf_count(), "pages")
        count = 0
        for leaf in leaves:
            for part in leaf.chapter.exhibits if leaf.chapter else ():
                (folder / "data" / _csv_name(part)).write_bytes(part.csv)
            for language in LANGUAGES:
                page = _page(leaf, held, Say(language), now)
                (folder / language / leaf.file).write_text(page, encoding="utf-8")
                count += 1
    return count


def _page(leaf: Leaf, warehouse: Warehouse, say: Say, now: datetime) -> str:
    other = Say(next(language for language in LANGUAGES if language != say.language))
    given = {name: value(say) if callable(value) else value for name, value in leaf.values.items()}
    parts = (
        [html_document.lay(leaf.chapter, part, say, f"../data/{_csv_name(part)}") for part in leaf.chapter.parts]
        if leaf.chapter
        else []
    )
    return (
        html_document.environment()
        .get_template(f"site/{leaf.template}.html")
        .render(
            **{"title": leaf.chapter.title(say) if leaf.chapter else say(f"ui.pages.{leaf.here}"), **given},
            say=say,
            other=other,
            file=leaf.file,
            here=leaf.here,
            navigation=[(key, _file(key)) for key in SHEET],
            is_simulated=warehouse.is_simulated,
            chapter=leaf.chapter,
            parts=parts,
            looks=_looks(say.language),
            has_charts=any(part.spec for part in parts),
            now=now,
            version=software_version(),
            build_id=warehouse.build_id,
        )
    )


def _leaves(warehouse: Warehouse, choices: Choices) -> Iterator[Leaf]:
    """Every page, each read when its turn comes."""
    for sheet in EXPORTED:
        for kind, weight in _variants(sheet):
            yield _of_sheet(warehouse, sheet, replace(choices, kind=kind, weight=weight))
    yield from _course(warehouse, choices)
    for kind in KINDS:
        yield _explore(warehouse, replace(choices, kind=kind))
    yield _sql(warehouse)


def _leaf_count() -> int:
    return sum(len(_variants(sheet)) for sheet in EXPORTED) + len(LESSONS) + 3 + len(KINDS) + 1


# --- pages of figures


def _variants(sheet: Sheet) -> list[tuple[str, str]]:
    """Kind and weight of each page of a sheet. Nobody counts downloads of Spaces, so they are not weighed by them."""
    weights = WEIGHTS if sheet.is_weighed else WEIGHTS[:1]
    return [(kind, weight) for kind in sheet.kinds for weight in (weights if kind != "space" else WEIGHTS[:1])]


def _of_sheet(warehouse: Warehouse, sheet: Sheet, choices: Choices) -> Leaf:
    chapter = chapters.page(warehouse, sheet, choices)
    values: dict[str, Any] = {
        "lead": lambda say: say(f"{sheet.key}.lead") if say.knows(f"{sheet.key}.lead") else "",
        "sets": lambda say: _sets(sheet, choices, say),
        "cards": (lambda say: _cards(warehouse, say, choices)) if sheet is SHEETS[0] else [],
        "turns": [],
    }
    return Leaf(_file(sheet.key, choices.kind, choices.weight), sheet.key, "page", values, chapter)


def _sets(sheet: Sheet, choices: Choices, say: Say) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The choices of a page: the other kinds and weights, each with its address."""
    variants = _variants(sheet)
    kinds = [
        (
            say(f"ui.kinds_of.{kind}"),
            _file(sheet.key, kind, choices.weight if (kind, choices.weight) in variants else WEIGHTS[0]),
            kind == choices.kind,
        )
        for kind in sheet.kinds
    ]
    weights = [
        (say(f"ui.weight.{weight}"), _file(sheet.key, choices.kind, weight), weight == choices.weight)
        for kind, weight in variants
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
    lessons = [(chapter, f"{chapter.slug}.html") for chapter in chapters.course(warehouse, choices)]
    yield Leaf("course.html", "course", "course", {"lessons": lessons})
    for number, (chapter, file) in enumerate(lessons):
        before = lessons[number - 1] if number else None
        after = lessons[number + 1] if number + 1 < len(lessons) else None
        turns = partial(_turns, before, after)
        yield Leaf(file, "course", "page", {"lead": "", "sets": [], "cards": [], "turns": turns}, chapter)
    sheet = SHEET["changes"]
    said: dict[str, Any] = {
        "title": _titled("discussion"),
        "lessons": lessons,
        "changed": partial(chapters.said, chapters.sentences_of(warehouse, sheet, choices)),
        "changes": _file(sheet.key),
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
                [(say(f"ui.kinds_of.{kind}"), _file("explore", kind), kind == choices.kind) for kind in KINDS],
            )
        ],
        "compared": lambda say: html_document.lay(chapter, compared, say, f"../data/{_csv_name(compared)}"),
    }
    return Leaf(_file("explore", choices.kind), "explore", "explore", values, chapter)


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


# --- what pages share


def _assets(folder: Path) -> None:
    assets = folder / "assets"
    assets.mkdir()
    fonts = (html_document.TEMPLATES / "fonts.css").read_text(encoding="utf-8")
    style = html_document.stylesheet().replace("sans-serif", CHINESE)
    (assets / "style.css").write_text(fonts + style, encoding="utf-8")
    (assets / "vega.js").write_text(html_document.vega(), encoding="utf-8")
    (assets / "charts.js").write_text(html_document.script(), encoding="utf-8")
    shutil.copy(html_document.TEMPLATES / "mode.js", assets)
    shutil.copy(ICON, assets)
    for font in (*pictures.FONTS.glob("*.otf"), pictures.FONTS / "OFL.txt"):
        shutil.copy(font, assets)
    start = html_document.environment().get_template("site/start.html")
    readers = [Say(language) for language in LANGUAGES]
    (folder / "index.html").write_text(start.render(languages=list(LANGUAGES), readers=readers), encoding="utf-8")


@cache
def _looks(language: str) -> dict[str, Any]:
    looks = html_document.looks(Say(language))
    for config in looks["looks"].values():
        config["font"] = theme.FONT.replace("sans-serif", CHINESE)
    return looks


def _rows(warehouse: Warehouse, query: str, as_of: datetime | None) -> list[dict[Any, Any]]:
    rows: list[dict[Any, Any]] = warehouse.query(query, as_of=as_of).to_dict("records")
    return rows


def _file(key: str, kind: str = KINDS[0], weight: str = WEIGHTS[0]) -> str:
    """The page of a choice; defaults are left out, as in an address."""
    stem = "index" if key == SHEETS[0].key else key
    chosen = [value for value, default in ((kind, KINDS[0]), (weight, WEIGHTS[0])) if value != default]
    return "-".join([stem, *chosen]).replace("_", "-") + ".html"


def _csv_name(part: Exhibit | Missing) -> str:
    """CSV file name of a figure and choice, shared by both languages."""
    if isinstance(part, Missing):
        return ""
    address = replace(part.choices, extras=(), as_of=None).to_address()
    when = [write_pin(part.moment)] if part.moment else []
    return "-".join([part.name, *address.values(), *when]) + ".csv"
