"""Lessons as Jupyter notebooks with their tables beside them: they run without hubscope, a network or a key.

A notebook is JSON (nbformat 4.5), so none of Jupyter is needed to write one.
"""

import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from dashboard.export.chapters import LessonChapter
from dashboard.export.citation import zipped
from dashboard.export.exhibit import Exhibit
from dashboard.export.markdown import unread
from dashboard.export.question_bank import made_of
from dashboard.practice.keys import Key
from dashboard.practice.notes import answer_line, exercise_line
from dashboard.printable import printable
from dashboard.say import Say
from warehouse.sandbox.spreadsheet import NOTE

LOAD = """\
import json
from pathlib import Path

import pandas as pd
import vl_convert
from IPython.display import SVG


def load(name):
    packed, cited = Path("tables", f"{name}.parquet"), Path(f"hubscope-{name}", f"{name}.parquet")
    return pd.read_parquet(packed if packed.exists() else cited)


"""
DRAW = """\
spec = json.loads(Path("figures", "{name}.json").read_text(encoding="utf-8"))
SVG(vl_convert.vegalite_to_svg(spec))"""
"""Altair's usual way of showing a chart asks a server for its scripts; vl-convert has them."""
WIDTH = 720
"""Points of a figure: what a notebook's column holds."""


def pack(chapters: Iterable[LessonChapter], say: Say, *, stem: str, now: datetime) -> bytes:
    """A zip file of one folder: a notebook for each lesson, `tables/`, `figures/` and a README. now: naive UTC."""
    files: dict[str, bytes] = {}
    made = []
    for chapter in chapters:
        name = f"{chapter.lesson.number:02}-{chapter.slug.removeprefix('lesson-')}.ipynb"
        files[name] = _json(notebook(chapter, say))
        files |= dict(_beside(chapter, say))
        made += [f"- `{name}`: {chapter.title(say)}", *(f"  - {part.provenance(say)}" for part in chapter.exhibits)]
        build = chapter.build_id
    readme = [
        f"# {say('course.title')}",
        say("practice.notebook.readme"),
        "\n".join(unread(line) for line in made),
        say("practice.files.build", build=build),
        NOTE,
    ]
    files["README.md"] = ("\n\n".join(readme) + "\n").encode()
    return zipped(files, f"hubscope-{stem}-{say.language}", now)


def notebook(chapter: LessonChapter, say: Say) -> dict[str, Any]:
    """The notebook of a lesson: what to see, its tables and figures, and a cell to work in for each exercise."""
    cells = list(_cells(chapter, say))
    return {
        "cells": [{"id": f"cell-{n}", "metadata": {}, **cell} for n, cell in enumerate(cells)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cells(chapter: LessonChapter, say: Say) -> Iterator[dict[str, Any]]:
    points = "\n".join(f"- {point}" for point in chapter.points(say))
    yield _words(f"# {chapter.title(say)}", points, say("practice.notebook.lead"))
    names = {_role(chapter, part): part.name for part in chapter.exhibits}
    listed = "".join(f'    "{role}": load("{name}"),\n' for role, name in names.items())
    yield _code(f"{LOAD}tables = {{\n{listed}}}")
    for part in chapter.exhibits:
        told = [f"## {unread(part.title(say))}", unread(chapter.see(part, say) or ""), *map(unread, part.caveats(say))]
        yield _words(*told, f"*{unread(part.provenance(say))}*")
        yield _code(DRAW.format(name=part.name) if part.is_figure else f'tables["{_role(chapter, part)}"]')
    yield _words(f"## {say('practice.title')}", say("practice.notebook.exercises"))
    for asked in chapter.practice:
        if not isinstance(asked, Key):
            yield _words(unread(answer_line(asked, say)))
            continue
        kind, told = asked.exercise.part, [f"**{unread(exercise_line(asked, say))}**"]
        if kind == "page":
            told.append(f"`{asked.address}`")
        else:
            told.append(_listing(*(("sql", asked.frame) if kind == "sql" else ("python", asked.code))))
        told.append(f"*{say('practice.hint')}* · {unread(say(f'{asked.exercise.key}.hint'))}")
        yield _words(*told, unread(made_of(chapter, asked, say)))
        yield _code("")
    yield _words(f"## {say('course.questions')}", "\n".join(f"1. {one}" for one in chapter.questions(say)))


def _listing(language: str, text: str) -> str:
    return f"```{language}\n{printable(text)}\n```"


def _role(chapter: LessonChapter, part: Exhibit) -> str:
    """What the notebook calls a table: `figure`, `table`, `more_1` …"""
    place = next(n for n, one in enumerate(chapter.parts) if one is part)
    return ("figure", "table")[place] if place < 2 else f"more_{place - 1}"


def _beside(chapter: LessonChapter, say: Say) -> Iterator[tuple[str, bytes]]:
    """The files that a notebook reads, and the same tables for spreadsheets."""
    for part in chapter.exhibits:
        parquet = io.BytesIO()
        part.facts.frame.to_parquet(parquet, index=False)
        yield f"tables/{part.name}.parquet", parquet.getvalue()
        yield f"tables/{part.name}.csv", part.csv
        if (spec := part.spec(say, mode="light", width=WIDTH)) is not None:
            yield f"figures/{part.name}.json", _json(spec)


def _words(*paragraphs: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": "\n\n".join(filter(None, paragraphs))}


def _code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "execution_count": None, "outputs": []}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode()
