"""The published site as others link to it: under which address it stands, and which file of it holds which view."""

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from dashboard.choices import KINDS, WEIGHTS, Choices, Extra, write_pin
from dashboard.figures.facts import Figure, Table
from dashboard.lessons import LESSONS
from dashboard.sheets import EXPORTED, SHEETS, Sheet
from warehouse.errors import ExportError

VARIABLE = "HUBSCOPE_SITE_URL"


def site_address() -> str:
    """Where readers find the site, with a slash at its end; empty where nobody said. ExportError when that is no address."""
    stated = os.environ.get(VARIABLE, "").strip()
    if not stated:
        return ""
    parts = urlsplit(stated)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ExportError(
            f"{VARIABLE} is {stated!r}, which is no address of a site. Nothing was done; give one such as "
            "https://example.org/hubscope, or unset it."
        )
    return stated.rstrip("/") + "/"


def page_file(key: str, kind: str = KINDS[0], weight: str = WEIGHTS[0]) -> str:
    """The page of a choice; defaults are left out, as in an address."""
    stem = "index" if key == SHEETS[0].key else key
    chosen = [value for value, default in ((kind, KINDS[0]), (weight, WEIGHTS[0])) if value != default]
    return "-".join([stem, *chosen]).replace("_", "-") + ".html"


def variants(sheet: Sheet) -> list[tuple[str, str]]:
    """Kind and weight of each page of a sheet. Nobody counts downloads of Spaces, so they are not weighed by them."""
    weights = WEIGHTS if sheet.is_weighed else WEIGHTS[:1]
    return [(kind, weight) for kind in sheet.kinds for weight in (weights if kind != "space" else WEIGHTS[:1])]


EMBED = "embed"
"""The folder of the figures that stand in other people's pages, in that of each language."""


class EmbedLines(NamedTuple):
    """What somebody puts into a page of their own to show a figure there."""

    frame: str
    """HTML: the figure alone, in the theme of its reader."""
    picture: str
    """Markdown: for where no frame may stand."""


def embed_stem(key: str, choices: Choices) -> str:
    """The name of a figure's files in the folder, but for their endings; defaults are left out."""
    return page_file(key.replace(".", "-"), choices.kind, choices.weight).removesuffix(".html")


def view_address(shown: Figure | Table, choices: Choices, moment: datetime | None, language: str) -> str:
    """Where the site shows this very view of a figure; empty where it does not, or nobody said where the site is.

    moment: of the snapshot that the figure is of. A reader who chose an earlier one sees what the site does not hold.
    """
    site = site_address()
    chosen = dict(choices.extras)
    declared = [sheet.extras for sheet in EXPORTED if shown in sheet.figures]
    declared += [lesson.extras for lesson in LESSONS if shown is lesson.figure]
    extras = [extra for some in declared for extra in some if extra.name in chosen]
    stem = held_stem(shown, choices, extras, datetime.max) if site else None
    return pinned(f"{site}{language}/{EMBED}/{stem}.html", moment) if stem else ""


def pinned(place: str, moment: datetime | None) -> str:
    """An address on the site that says of which snapshot it was made, which the page compares with its own."""
    return f"{place}?as_of={write_pin(moment)}" if moment else place


def held_stem(shown: Figure | Table, choices: Choices, extras: Iterable[Extra], newest_at: datetime) -> str | None:
    """That name where the site holds this very view of a figure; None where it does not, which nobody should be offered.

    extras: the choices of the page that change this figure; the site draws each at its default, of the newest snapshots.
    """
    if not isinstance(shown, Figure):
        return None
    if not shown.is_weighed:
        choices = replace(choices, weight=WEIGHTS[0], with_undeclared=True)
    held = {variant for sheet in EXPORTED if shown in sheet.figures for variant in variants(sheet)}
    if any(shown in (lesson.figure, *lesson.more) for lesson in LESSONS):
        held.add((KINDS[0], WEIGHTS[0]))
    is_default = (
        choices.coverage is None
        and choices.with_undeclared
        and (choices.as_of is None or choices.as_of >= newest_at)
        and all(choices.extra(extra.name) == extra.default for extra in extras)
    )
    return embed_stem(shown.key, choices) if is_default and (choices.kind, choices.weight) in held else None
