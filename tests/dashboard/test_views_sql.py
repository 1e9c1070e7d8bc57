"""The reader's own SQL: a link that carries the query, answers as tables, errors in words, nothing changed."""

import pytest

from dashboard.say import LANGUAGES, words
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
    said = "\n".join(text.value for text in page.sidebar.markdown)
    assert open_current(demo_home).build_id in said and "the same numbers later" not in said
    assert not any("as_of=2026" in code.value for code in page.sidebar.code if "coverage=" in code.value)


def _run(page):
    """Press the button."""
    return next(button for button in page.button if button.label == "Run").click().run()


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
    assert page.text_area[0].value == examples()["licences_of_a_task"]
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
    assert page.text_area[0].value == query


def test_a_query_in_a_link_is_cut_before_it_can_be_any_length():
    page = run("sql", lang="en", q="select 1 -- " + "x" * 10_000)
    assert len(page.text_area[0].value) == 4_000
    assert not page.exception


def test_an_example_of_ours_is_answered_at_once():
    page = run("sql", lang="en", q=examples()["undeclared"])
    assert not page.exception
    assert not page.info
    assert any("rows in" in caption.value for caption in page.caption)


def test_writing_is_refused_by_the_warehouse_itself(demo_home):
    with pytest.raises(QueryError):
        open_current(demo_home).run_sql("delete from population")
