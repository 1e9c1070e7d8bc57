"""What strangers write is text wherever it is shown: pages, pictures, files, terminal."""

import ast
import csv
import io
import json
import math
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dashboard.choices import Choices
from dashboard.export import chapters, pictures
from dashboard.export.exhibit import Exhibit, read_exhibit
from dashboard.export.formats import make
from dashboard.printable import cleaned, printable
from dashboard.say import Say
from dashboard.sheets import CHARTS, SHEETS
from hubscope import main
from tests.dashboard.pages import run
from tests.warehouse.marts import DATASETS, MODELS, SPACES, built, model, space
from tests.warehouse.steps import at
from warehouse.read import open_current
from warehouse.sandbox.spreadsheet import FORMULA, csv_text
from warehouse.settings import Home

PICTURE, FORMULA_CELL = "![b](http://127.0.0.1:9/beacon)", "=cmd|' /C calc'!A0"
HOSTILE = [PICTURE, "[x](javascript:alert(1))", ":red[x]", "$x^2$", "<img src=x onerror=alert(1)>", FORMULA_CELL]
MARKED = "a\u2028b\u2029c\u202ed\u2066e\x1bf\u200eg"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A Hub whose every text was written by a stranger, on two days."""
    home = Home(tmp_path_factory.mktemp("hostile"))
    hub = {
        MODELS: [
            model(
                f"m{number}",
                100 - number,
                author=text,
                tags=[f"license:{text}", text, f"base_model:{text}"],
                pipeline_tag=text,
                library_name=text,
                cardData={"license": text, "language": [text]},
            )
            for number, text in enumerate([*HOSTILE, MARKED] * 2)
        ],
        DATASETS: [model(f"d{number}", number, tags=[text]) for number, text in enumerate(HOSTILE)],
        SPACES: [space(f"s{number}", number) for number in range(3)],
    }
    built(home, hub, hub)
    return home


@pytest.fixture(autouse=True)
def _home(home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))


def _shown(page) -> str:
    """All that Streamlit reads as Markdown."""
    texts = [
        element.value
        for kind in ("markdown", "caption", "title", "subheader", "info", "metric")
        for element in page.get(kind)
        if hasattr(element, "value")
    ]
    for table in page.table:
        texts += [str(cell) for cell in table.value.to_numpy().ravel()]
        texts += [*map(str, table.value.index), *map(str, table.value.columns)]
    texts += [str(button.proto.label) for button in page.get("download_button")]
    return "\n".join(map(str, texts))


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.key != "sql"], ids=lambda sheet: sheet.key)
def test_no_page_takes_a_strangers_text_for_markup(sheet):
    tabs = [tab.name for tab in sheet.tabs] or [""]
    for tab in tabs[:1] if sheet.key == "claims" else tabs:  # what they claim is ours, and each topic is laid out alike
        page = run(sheet.key, lang="en", tab=tab)
        assert not page.exception
        shown = _shown(page)
        for text in HOSTILE[:3]:
            assert text not in shown, (tab, text)


def test_a_table_is_drawn_in_one_place():
    """Where its cells are made text."""
    for path in Path("dashboard").rglob("*.py"):
        calls = {
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        }
        assert "st.table" not in calls or path.name == "footnotes.py", path
        assert "st.dataframe" not in calls or path.name in ("footnotes.py", "sql_answer.py"), path
        assert not any(call.endswith(".to_csv") for call in calls), (
            f"{path}: warehouse/sandbox/spreadsheet.py writes CSV"
        )


MARKDOWN = {"st.markdown", "st.caption", "st.info", "st.warning", "st.error", "st.success", "st.metric", "st.expander"}
OUR_OWN = (
    "row['letter']",
    "row['source_url']",
    "work['source_url']",
    "work['publication_year']",
    "claim['source_url']",
)
"""Of a row, what no stranger writes."""


def _of_rows(node: ast.AST) -> list[str]:
    """The cells that an expression shows without making them text."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
        "plain",
        "say",
        "date",
        "number",
        "share",
    ):
        return []
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        return [ast.unparse(node)]
    return [cell for child in ast.iter_child_nodes(node) for cell in _of_rows(child)]


def test_a_cell_reaches_markdown_as_text_only():
    shown = [
        cell
        for path in Path("dashboard").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in MARKDOWN
        for given in node.args
        for cell in _of_rows(given)
    ]
    assert "row['source_url']" in shown
    assert set(shown) <= set(OUR_OWN)


@pytest.mark.parametrize(
    "chosen", ["'x' as", "no_such_column as", "1 +"], ids=["a heading", "an unknown column", "no query"]
)
def test_a_query_s_own_words_are_no_markup(chosen):
    page = run("sql", lang="en", q=f'select {chosen} "{PICTURE}"')
    next(button for button in page.button if button.label == "Run").click().run()
    assert not page.exception
    assert (
        any(PICTURE in code.value for code in page.code) if page.error else PICTURE in page.dataframe[0].value.columns
    )
    assert PICTURE not in _shown(page) + "".join(error.value for error in page.error)


def test_an_error_on_a_page_does_not_tell_where_the_home_lies(tmp_path, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(tmp_path))
    (tmp_path / "builds").mkdir()
    (tmp_path / "builds" / "CURRENT").write_text("20260302T120000Z-1d24b6b664.duckdb", encoding="utf-8")
    (told,) = run("growth", lang="en").error
    assert "HUBSCOPE" in told.value
    assert tmp_path.name not in told.value.replace("\\", "")


@pytest.fixture(scope="module")
def exhibits(home):
    """Every chart that this Hub has."""
    seen = [read_exhibit(open_current(home), figure, Choices()) for figure in CHARTS]
    return [one for one in seen if isinstance(one, Exhibit)]


def test_every_specification_is_strict_json_of_printable_text(exhibits):
    for exhibit in exhibits:
        spec = exhibit.spec(Say("en"), mode="light")
        text = json.dumps(spec, ensure_ascii=False, allow_nan=False)
        assert text == printable(text), exhibit.key


def test_the_rows_behind_a_picture_run_nothing_in_a_spreadsheet(exhibits):
    """These files are what pages, packs and the site hand out."""
    assert any(FORMULA_CELL in exhibit.csv.decode() for exhibit in exhibits)
    for exhibit in exhibits:
        assert not _formulas(exhibit.csv.decode("utf-8-sig")), exhibit.key


def test_every_kind_of_file_is_made_of_hostile_names(home):
    sheet = next(sheet for sheet in SHEETS if sheet.key == "licences")
    chapter = [chapters.page(open_current(home), sheet, Choices())]
    for form in ("pptx", "html", "svg", "citation"):
        files = make(form, chapter, Say("zh"), mode="dark", now=at(3), stem="hostile")
        assert all(files.values())
        assert all(printable(name) == name for name in files)
        if form == "html":
            (content,) = files.values()
            assert "\u2028" not in content.decode()
            assert "<img src=x" not in content.decode()
        if form == "citation":
            with zipfile.ZipFile(io.BytesIO(next(iter(files.values())))) as pack:
                (about,) = [json.loads(pack.read(name)) for name in pack.namelist() if name.endswith("metadata.json")]
            assert "apostrophe" in about["csv_note"]


def _formulas(text: str) -> list[str]:
    """Cells that are no numbers and that a spreadsheet would run."""

    def is_number(cell: str) -> bool:
        try:
            float(cell)
        except ValueError:
            return False
        return True

    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    return [cell for cell in cells if cell.startswith(FORMULA) and not is_number(cell)]


def test_a_query_is_disarmed_as_csv_and_exact_as_json():
    sql = "select '=1+1' as \"=name\", '+1' as a, '-2+3' as b, '@SUM(1)' as c, chr(9) || 'x' as d, -5 as number, -0.5 as share"
    shown = CliRunner().invoke(main, ["query", "--format", "csv", sql])
    assert not _formulas(shown.output)
    assert "'=1+1,'+1,'-2+3,'@SUM(1),'\tx,-5,-0.5" in shown.output
    exact = json.loads(CliRunner().invoke(main, ["query", "--format", "json", sql]).output)
    assert exact[0]["a"] == "+1"


@given(st.lists(st.text(), min_size=1), st.lists(st.floats(allow_nan=True), min_size=1))
def test_a_csv_holds_no_formula_and_every_number(texts, numbers):
    length = min(len(texts), len(numbers))
    frame = pd.DataFrame({"text": texts[:length], "number": numbers[:length]})
    if any("\r" in text or "\n" in text or "\x00" in text for text in texts):
        return
    rows = list(csv.reader(io.StringIO(csv_text(frame))))
    for (text, number), given_text, given_number in zip(rows[1:], texts, numbers, strict=False):
        assert text == (f"'{given_text}" if given_text.startswith(FORMULA) else given_text)
        assert number == "" if math.isnan(given_number) else float(number) == given_number


@given(
    st.recursive(st.none() | st.text() | st.floats(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_whatever_is_cleaned_is_strict_json(value):
    text = json.dumps(cleaned(value), ensure_ascii=False, allow_nan=False)
    text.encode("utf-8")
    assert "\u2028" not in text
    assert "\u202e" not in text


def test_a_picture_of_nothing_but_unknown_licences_is_drawn(exhibits):
    """Their name is in no reference table: the column is empty."""
    shown = next(one for one in exhibits if one.key == "licences.mix")
    assert pictures.svg(shown.spec(Say("en"), mode="light", width=pictures.WIDTH)).startswith(b"<svg")
