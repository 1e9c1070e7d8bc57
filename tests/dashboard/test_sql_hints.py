"""A query that fails gets a hint in the reader's language: real errors of the engine, from queries as students write them."""

import pytest

from dashboard.say import LANGUAGES, Say, words
from dashboard.sql_hints import hint
from warehouse.errors import QueryError
from warehouse.read import open_current
from warehouse.sandbox.child import out_of_memory

WRONG = [
    ("select * from models", "kind", {"name": "models", "table": "repositories", "kind": "model"}),
    ("select * from Datasets", "kind", {"name": "Datasets", "table": "repositories", "kind": "dataset"}),
    ("select * from repositoris", "table", {"name": "repositoris", "near": "repositories"}),
    ("select * from qwertz", "no_table", {"name": "qwertz"}),
    ("select downlods from repositories", "column", {"name": "downlods", "near": "downloads"}),
    ("select qwertz from repositories", "no_column", {"name": "qwertz", "table": "repositories"}),
    ('select * from repositories where task = "text-generation"', "double_quotes", {"text": "text-generation"}),
    ("select ____ from repositories", "gap", {}),
    ("select r.id from repositories", "alias", {"name": "r"}),
    ("select kind, count(*) from repositories", "group_by", {"name": "kind"}),
    ("select max(likes) from repositories where max(likes) > 3", "having", {}),
    ("select id from repositories a, repositories b", "ambiguous", {"name": "id"}),
    ("select average(likes) from repositories", "function", {"name": "average", "near": "avg"}),
    ("select qwertz(likes) from repositories", "no_function", {"name": "qwertz"}),
    ("select sum(id) from repositories", "types", {"name": "sum(VARCHAR)"}),
    ("select * from repositories where likes > 'many'", "number", {"text": "many"}),
    ("select date '2026-13-01'", "date", {}),
    ("select * from repositories where likes = (select likes from repositories)", "subquery", {}),
    ("select 'abc", "unterminated", {}),
    ("select id，likes from repositories where likes = = 1", "full_width", {"sign": "，"}),
    ("selec 1", "start", {"word": "selec", "near": "select"}),
    ("select id, count(* from repositories", "bracket", {}),
    ("select order from repositories", "reserved", {"word": "order"}),
    ("select id from repositories group by id where likes > 3", "order", {}),
    ("select id from repositories where likes 3", "syntax", {"word": "3"}),
    ("select * from read_text('/etc/passwd')", "no_files", {}),
    ("drop table population", "one_query", {}),
    ("select 1; select 2", "one_query", {}),
    ("", "one_query", {}),
]


@pytest.fixture(scope="module")
def warehouse(demo_home):
    return open_current(demo_home)


@pytest.fixture(scope="module")
def columns(warehouse):
    listed = warehouse.query("table_columns")
    return {str(table): list(rows["column_name"]) for table, rows in listed.groupby("table_name")}


@pytest.mark.parametrize(("query", "key", "values"), WRONG, ids=[query or "nothing" for query, *_ in WRONG])
def test_what_students_get_wrong_has_a_hint(warehouse, columns, query, key, values):
    with pytest.raises(QueryError) as failed:
        warehouse.run_sql(query)
    told = hint(str(failed.value), query, columns)
    assert told is not None, failed.value
    assert (told.key, told.values) == (f"sql.hints.{key}", values)


def test_a_query_that_was_stopped_is_told_how_to_ask_for_less(warehouse, columns):
    endless = "select count(*) from range(10000000) a, range(10000000) b where a.range % 7 = b.range"
    with pytest.raises(QueryError) as failed:
        warehouse.run_sql(endless, timeout=0.5)
    assert hint(str(failed.value), endless, columns).key == "sql.hints.slow"


def test_a_query_without_room_is_told_to_ask_for_less(columns):
    told = out_of_memory({"memory_bytes": 2**30})
    assert hint(told, "select 1", columns).key == "sql.hints.memory"


def test_an_error_that_nobody_knows_has_no_hint(columns):
    assert hint("The query failed. Something new", "select 1", columns) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hint_is_met_and_can_be_said(columns, language):
    say = Say(language)
    known = {key for key in words(language, "sql") if key.startswith("hints.")}
    met = {f"hints.{key}" for _, key, _ in WRONG} | {"hints.slow", "hints.memory"}
    assert known == met
    for _, key, values in WRONG:
        assert "{" not in say(f"sql.hints.{key}", **values)
