"""hubscope in a notebook: the figures of the pages and a reader's own SQL, with where they are from."""

from datetime import datetime

import nbformat
import pytest
from nbclient import NotebookClient

import hubscope
from dashboard.choices import Choices
from dashboard.export.exhibit import read_exhibit
from dashboard.figures.licences import CLASSES
from warehouse.errors import NothingToExport, NoWarehouse, QueryError
from warehouse.read import open_current
from warehouse.settings import Home

NOTEBOOK = """
import hubscope
observatory = hubscope.open(HOME, "en")
observatory.sql("select count(*) as models from repositories where kind = 'model'")
---
observatory.figure("licences.classes", weight="downloads_30d")
---
observatory.data("licences.classes").attrs["provenance"]
"""


@pytest.fixture(scope="module")
def observatory(demo_home):
    return hubscope.open(demo_home.path, "en")


def test_a_notebook_shows_a_table_a_chart_and_where_they_are_from(demo_home):
    cells = NOTEBOOK.replace("HOME", repr(str(demo_home.path))).split("---")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    table, chart, source = [cell.outputs[-1].data for cell in notebook.cells]
    assert "<td>" in table["text/html"]
    assert any(kind.startswith("application/vnd.vegalite") or kind == "text/html" for kind in chart)
    assert "Snapshot 1 Nov 2026" in source["text/plain"]
    assert "Demo data, simulated" in source["text/plain"]


def test_a_figure_and_its_rows_are_those_of_the_page_for_the_same_choices(observatory, demo_home):
    chosen = Choices(weight="downloads_30d", as_of=datetime(2026, 8, 15))
    page = read_exhibit(open_current(demo_home), CLASSES, chosen)
    given = {"weight": "downloads_30d", "as_of": "2026-08-15"}
    rows = observatory.data("licences.classes", **given)
    assert rows.equals(page.facts.frame)
    assert rows.attrs["sql"] == page.facts.sql
    drawn = observatory.figure("licences.classes", **given).to_dict()
    assert rows.attrs["title"] in drawn["title"]["subtitle"], "below what it shows"
    assert "1 Aug 2026" in str(drawn["title"]["subtitle"])
    assert observatory.figure("licences.classes").to_dict()["title"]["subtitle"] != drawn["title"]["subtitle"]


def test_an_answer_of_sql_says_of_which_build_it_is(observatory):
    answer = observatory.sql("select kind from repositories order by id", limit=3)
    assert len(answer) == 3
    assert answer.attrs["build_id"] == observatory.warehouse.build_id
    assert answer.attrs["is_simulated"] is True
    with pytest.raises(QueryError):
        observatory.sql("drop table repositories")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("lineage.by_month", {"family": "qwen"}),
        ("licences.classes", {"task": "text-generation"}),
        ("licences.by_task", {"task": "fill-mask"}),
        ("open_closed.timeline", {"models": "all"}),
        ("growth.population", {"scale": "log"}),
    ],
)
def test_a_choice_of_a_pages_link_is_taken(observatory, name, given):
    assert observatory.figure(name, **given).to_dict() != observatory.figure(name).to_dict()


def test_a_lessons_own_choice_is_taken(observatory):
    assert "BERT" in str(observatory.figure("lesson_case_study.figure").to_dict())
    with pytest.raises(NothingToExport, match="family"):
        observatory.figure("lesson_case_study.figure", family="no such family")


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("licences.clases", {}, "Near: licences.classes"),
        ("tasks.coverage", {"colour": "red"}, "no choice named colour; it takes as_of, coverage, kind"),
        ("licences.classes", {"weight": "likes"}, "weight is one of repositories, downloads_30d"),
        ("licences.classes", {"as_of": "yesterday"}, "neither a day"),
        ("claims.table", {}, r"data\('claims.table'\)"),
    ],
)
def test_a_mistake_is_told_with_what_there_is_to_choose(observatory, name, given, said):
    with pytest.raises(QueryError, match=said):
        observatory.figure(name, **given)


def test_before_the_first_snapshot_the_message_names_the_command(tmp_path):
    with pytest.raises(NoWarehouse, match="hubscope collect"):
        hubscope.open(Home(tmp_path).path)
