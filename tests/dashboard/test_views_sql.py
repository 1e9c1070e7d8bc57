"""The reader's own SQL: a link that carries the query, answers as tables, errors in words, nothing changed."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.say import LANGUAGES, Say, words
from tests.dashboard.pages import address, run
from warehouse.errors import QueryError
from warehouse.marts.queries import examples
from warehouse.read import open_current


@pytest.fixture(autouse=True)
def _home(demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))


@pytest.mark.parametrize("name", examples())
def test_every_example_answers(demo_home, name):
    open_current(demo_home).run_sql(examples()[name])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_and_every_table_is_described(demo_home, language):
    described = words(language, "sql")
    assert {f"examples.{name}" for name in examples()} == {key for key in described if key.startswith("examples.")}
    tables = set(open_current(demo_home).query("table_columns")["table_name"])
    assert {key.removeprefix("tables.") for key in described if key.startswith("tables.")} <= tables


def test_the_link_promises_no_numbers_that_a_later_build_would_change(demo_home):
    page = run("sql", lang="en", as_of="20260701T000000Z")
    said = "\n".join(text.value for text in page.markdown)
    assert open_current(demo_home).build_id in said and "the same numbers later" not in said
    assert not any("as_of=2026" in code.value for code in page.code if "coverage=" in code.value)


def _run(page):
    """Press the button."""
    return next(button for button in page.button if button.label == "Run").click().run()


def editor(page):
    """What the browser is told to draw the editor with."""
    return json.loads(page.get("bidi_component")[0].proto.json)


def written(page):
    return editor(page)["query"]


def test_a_link_carries_the_query_and_is_answered_when_its_reader_says_so():
    page = run("sql", lang="en", q="select 6 * 7 as answer")
    assert not page.exception
    assert [info.value for info in page.info] == ["Not run yet. Read the query, then press Run."]
    assert all("answer" not in frame.value for frame in page.dataframe)
    page = _run(page)
    assert not page.info
    assert page.dataframe[0].value["answer"].tolist() == [42]
    assert address(page)["q"] == "select 6 * 7 as answer"


def test_choosing_an_example_puts_it_into_the_editor():
    page = run("sql", lang="en", q="select 1")
    page.selectbox(key="sql.example").set_value("licences_of_a_task").run()
    assert written(page) == examples()["licences_of_a_task"]
    assert not page.exception


@pytest.mark.parametrize(
    "query",
    [
        "select * from nowhere",
        "selec 1",
        "drop table population",
        "select * from read_text('/etc/passwd')",
        "copy population to 'stolen.csv'",
        "select 1; select 2",
    ],
)
def test_what_is_refused_or_fails_is_said_in_words_beside_the_reader_s_own_query(query):
    page = _run(run("sql", lang="en", q=query))
    assert not page.exception
    assert page.error[0].value == "The query did not run."
    assert page.code[-1].value
    assert written(page) == query


def test_a_query_in_a_link_is_cut_before_it_can_be_any_length():
    page = run("sql", lang="en", q="select 1 -- " + "x" * 10_000)
    assert len(written(page)) == 4_000
    assert not page.exception


def test_an_example_of_ours_is_answered_at_once():
    page = run("sql", lang="en", q=examples()["undeclared"])
    assert not page.exception
    assert not page.info
    assert any("rows in" in caption.value for caption in page.caption)


def test_writing_is_refused_by_the_warehouse_itself(demo_home):
    with pytest.raises(QueryError):
        open_current(demo_home).run_sql("delete from population")


def test_an_error_is_explained_in_the_reader_s_language_above_the_engine_s_own_words():
    page = run("sql", lang="zh", q="select * from models")
    page = next(button for button in page.button if button.label == "运行").click().run()
    assert not page.exception
    assert any("repositories where kind" in plain_words(text.value) for text in page.markdown)
    assert "Table with name models does not exist" in page.code[-1].value


def plain_words(markdown: str) -> str:
    return markdown.replace("\\", "")


def test_the_editor_knows_the_tables_and_columns_of_this_build_and_nothing_else(demo_home):
    typed = open_current(demo_home).query("table_columns")
    names = editor(run("sql", lang="en"))["names"]
    assert names == {table: list(rows["column_name"]) for table, rows in typed.groupby("table_name")}


def test_an_exercise_of_a_lesson_brings_its_question_and_its_frame():
    page = run("sql", lang="en", q="select 1")
    page.selectbox(key="sql.example").set_value("lesson.origins").run()
    assert not page.exception
    assert "____" in written(page)
    assert any("?" in text.value or "How many" in text.value for text in page.markdown)


KINDS_QUERY = "select kind, count(*) as n from repositories group by all order by kind"


def test_a_result_becomes_a_chart_and_the_link_holds_query_build_and_choices(demo_home):
    page = _run(run("sql", lang="en", q=KINDS_QUERY))
    assert not page.exception
    build = open_current(demo_home).build_id
    assert {name: address(page)[name] for name in ("x", "y", "mark", "build")} == {
        "x": "kind",
        "y": "n",
        "mark": "bar",
        "build": build,
    }
    spec = json.loads(page.get("vega_lite_chart")[0].proto.spec)
    assert spec["title"]["text"] == "n by kind"
    assert spec["title"]["subtitle"] == ["A reader's own query", Say("en")("ui.picture.simulated")]
    assert any("hash" in caption.value and build in plain_words(caption.value) for caption in page.caption)
    page.selectbox(key="choose.mark").set_value("dot").run()
    assert address(page)["mark"] == "dot"
    assert json.loads(page.get("vega_lite_chart")[0].proto.spec)["mark"]["type"] == "point"


def test_a_link_whose_build_has_gone_says_that_the_result_may_be_another():
    page = run("sql", lang="en", q=KINDS_QUERY, build="20200101T000000Z-gone")
    assert "may be another" in page.warning[0].value and "gone" in page.warning[0].value
    page = _run(page)
    assert not page.warning, "it was run on this one"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("select range as a, range as b from range(6000)", "5,000"),
        ("select range::text as a, range as b from range(30)", "colours"),
        ("select 'a' as a", "A chart needs"),
        ("select 1 as a, 2 as b where false", "A chart needs"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_its_rows_are_shown_all_the_same(query, told):
    view = {"colour": "a"} if "colours" in told else {}
    page = _run(run("sql", lang="en", q=query, **view))
    assert not page.exception
    assert any(told in one.value for one in (*page.warning, *page.caption))
    assert page.dataframe and not page.get("vega_lite_chart")


def test_the_sql_of_a_figure_opens_on_this_page_and_answers():
    figure = run("licences", lang="en")
    places = [link.proto.url for link in figure.get("link_button") if link.proto.url.startswith("sql?")]
    assert places
    view = dict(parse_qsl(urlsplit(places[0]).query))
    page = _run(run("sql", **view))
    assert not page.exception
    assert page.dataframe[0].value.shape[0] > 1


def test_a_query_that_no_link_holds_is_offered_as_a_file():
    def page():
        from dashboard.footnotes import _open_sql
        from dashboard.say import Say

        _open_sql(Say("en"), "select 1 -- " + "x" * 4_000, "name")

    shown = AppTest.from_function(page).run()
    assert not shown.exception and not shown.get("link_button")
    assert "longer than the 4,000 signs" in shown.caption[0].value and shown.get("download_button")
