"""Chapters as HTML that needs no server and no network: one file, or the pages of a site.

What a template shows is prepared here as plain values; templates only lay it out, and escape every word.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard import theme
from dashboard.export.chapters import Chapter
from dashboard.export.exhibit import Exhibit, Missing
from dashboard.export.markdown import marked
from dashboard.figures.facts import Table
from dashboard.printable import printable
from dashboard.published import EmbedLines
from dashboard.say import Say

TEMPLATES = Path(__file__).parent / "templates"
SHOWN_ROWS = 200
"""Of a table; the CSV has all."""


@dataclass(frozen=True)
class HtmlPart:
    """A figure or table as a template shows it."""

    name: str
    title: str
    spec: dict[str, Any] | None
    see: str | None
    question: Markup | None
    """Asked before the picture is shown."""
    provenance: str
    caveats: list[Markup]
    legend: list[str]
    headings: list[str]
    rows: list[list[str]]
    row_count: int
    sql: str
    csv: str
    """Where the rows are: an address, in one file the rows themselves."""
    missing: Markup | None = None
    embed: EmbedLines | None = None
    """What shows it in another page; None where no site holds it alone."""


def html(chapters: Iterable[Chapter], say: Say, *, mode: str, title: str) -> str:
    """One file that opens anywhere. Its own policy forbids every request, so nothing in it can reach for a network.

    mode: dark is dark at first, light follows the reader's system; the reader can switch.
    """
    return (
        environment()
        .get_template("document.html")
        .render(
            say=say,
            title=printable(title),
            chapters=[
                (chapter, [lay(chapter, part, say, _inline_csv(part)) for part in chapter.parts])
                for chapter in chapters
            ],
            looks=looks(say),
            mode=mode,
            css=Markup(stylesheet()),
            scripts=[Markup(vega()), Markup(script())],
        )
    )


def lay(chapter: Chapter, part: Exhibit | Missing, say: Say, csv: str) -> HtmlPart:
    """What is shown of a part of a chapter."""
    name = part.shown.key.replace(".", "-").replace("_", "-")
    if isinstance(part, Missing):
        why = marked(part.why(say))
        title = say(f"{part.shown.key}.title") if isinstance(part.shown, Table) else chapter.title(say)
        return HtmlPart(name, title, None, None, None, "", [], [], [], [], 0, "", "", missing=why)
    rows = part.rows(say)
    question = chapter.question(part, say)
    return HtmlPart(
        name=name,
        title=part.title(say),
        spec=_bare(part.spec(say, mode="light")),
        see=chapter.see(part, say),
        question=marked(question) if question else None,
        provenance=part.provenance(say),
        caveats=[marked(caveat) for caveat in part.caveats(say)],
        legend=part.legend(say),
        headings=[str(heading) for heading in rows.columns],
        rows=rows.head(SHOWN_ROWS).to_numpy().tolist(),
        row_count=len(rows),
        sql=printable(part.facts.sql),
        csv=csv,
    )


def _bare(spec: dict[str, Any] | None) -> dict[str, Any] | None:
    """The picture without its looks, which the page has once for all pictures, in light and dark."""
    return spec and {name: value for name, value in spec.items() if name not in ("config", "background", "usermeta")}


def looks(say: Say) -> dict[str, Any]:
    """How pictures look in light and dark, the same for all of a language, and the words of their menu."""
    configs = {mode: theme.config(mode, say.vega_locale(), say.axis_times()) for mode in theme.MODES}
    words = {
        "SVG_ACTION": say("export.save_svg"),
        "PNG_ACTION": say("export.save_png"),
        "CLICK_TO_VIEW_ACTIONS": say("export.menu"),
    }
    return {"looks": configs, "words": words}


def _inline_csv(part: Exhibit | Missing) -> str:
    if isinstance(part, Missing):
        return ""
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(part.csv).decode()}"


@cache
def environment() -> Environment:
    """Templates: every value is escaped, and a name that nobody gave is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["marked"] = marked
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "allow_nan": False}
    made.globals["shown_rows"] = SHOWN_ROWS
    return made


@cache
def vega() -> str:
    """Vega, Vega-Lite and Vega-Embed in one script."""
    return vl_convert.javascript_bundle()  # type: ignore[call-arg]  # the stub forgets that it is optional


@cache
def stylesheet() -> str:
    """The style of every HTML export, in the colours and the font of the dashboard."""
    return environment().get_template("style.css").render(ink=theme.INK, font=theme.FONT, accent=theme.BLUE)


@cache
def script() -> str:
    """What draws the charts in a browser without a network."""
    return (TEMPLATES / "charts.js").read_text(encoding="utf-8")
