"""Notebooks of lessons: valid, without an answer, and they run beside their tables with nothing of hubscope and no network."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from dashboard.choices import Choices
from dashboard.export import notebook
from dashboard.export.chapters import LessonChapter, lesson
from dashboard.lessons import LESSONS
from dashboard.practice.keys import Key
from dashboard.say import LANGUAGES, Say
from warehouse.read import Warehouse, open_current

NOW = datetime(2026, 11, 29)
OFFLINE = "import socket\n\n\ndef _refuse(*_):\n    raise OSError('no network')\n\n\nsocket.getaddrinfo = _refuse"


@pytest.fixture(scope="module")
def warehouse(demo_home) -> Iterator[Warehouse]:
    with open_current(demo_home).holding() as held:
        yield held


@pytest.fixture(scope="module")
def advantages(warehouse) -> LessonChapter:
    return lesson(warehouse, LESSONS[9], Choices())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notebook_runs_beside_its_tables_without_a_network(advantages, language, tmp_path):
    say = Say(language)
    with zipfile.ZipFile(io.BytesIO(notebook.pack([advantages], say, stem="advantages", now=NOW))) as archive:
        archive.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    (path,) = folder.glob("*.ipynb")
    made = nbformat.read(path, as_version=4)
    nbformat.validate(made)
    source = "".join(cell.source for cell in made.cells if cell.cell_type == "code")
    assert "hubscope" not in re.sub(r'f"hubscope-\{name\}"', "", source)
    made.cells.insert(0, nbformat.v4.new_code_cell(OFFLINE))
    made.cells.append(nbformat.v4.new_code_cell("print({name: len(table) for name, table in tables.items()})"))
    NotebookClient(made, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    outputs = [output for cell in made.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output for output in outputs if "image/svg+xml" in output.get("data", {})]
    assert (
        str({"figure": len(advantages.parts[0].facts.frame), "table": len(advantages.parts[1].facts.frame)})[:-1]
        in outputs[-1]["text"]
    )
    text = "".join(cell.source for cell in made.cells)
    assert all(said in text for said in (say("ui.simulated"), advantages.build_id, say("practice.title")))


def test_no_notebook_holds_an_answer_and_each_exercise_has_an_empty_cell(warehouse, advantages):
    for chapter in (advantages, lesson(warehouse, LESSONS[6], Choices())):
        for language in LANGUAGES:
            say = Say(language)
            cells = notebook.notebook(chapter, say)["cells"]
            asked = [key for key in chapter.practice if isinstance(key, Key)]
            assert sum(cell["cell_type"] == "code" and cell["source"] == "" for cell in cells) == len(asked)
            start = next(n for n, cell in enumerate(cells) if say("practice.title") in cell["source"])
            text = json.dumps(cells[start:], ensure_ascii=False)
            assert say("practice.answers") not in text
            told = [key.answer(say) for key in asked if key.exercise.is_checked]
            assert [answer for answer in told if len(answer) > 2 and answer in text] == []


def test_a_citation_pack_unpacked_beside_the_notebook_serves_instead_of_the_tables(advantages, tmp_path, monkeypatch):
    from dashboard.export import citation

    (figure, *_) = advantages.exhibits
    with zipfile.ZipFile(io.BytesIO(citation.pack(figure, Say("en"), mode="light", now=NOW))) as archive:
        archive.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    scope: dict[str, object] = {}
    exec(notebook.LOAD, scope)  # the cell as it stands
    pd.testing.assert_frame_equal(
        scope["load"](figure.name), pd.read_parquet(f"hubscope-{figure.name}/{figure.name}.parquet")
    )
