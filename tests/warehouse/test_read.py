"""The read side: pins, named queries, and the reader's own SQL, kept to reading."""

import contextlib
import threading
from dataclasses import asdict
from datetime import datetime, timedelta

import pytest

from tests.warehouse.marts import DATASETS, MODELS, SPACES, TOP, built, model, space, take_run
from tests.warehouse.steps import at
from warehouse.duck import SQL, sql_text
from warehouse.errors import NoWarehouse, QueryError
from warehouse.marts.build import build
from warehouse.marts.queries import FOLDERS, PARAMETER
from warehouse.marts.reference import TABLES
from warehouse.read import open_current
from warehouse.relations import read_header
from warehouse.sandbox.child import opened, rows_of
from warehouse.settings import Home


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Three days: models whole, and from the second day their top; datasets and Spaces on the first day only."""
    home = Home(tmp_path_factory.mktemp("home"))
    built(
        home,
        {MODELS: [model("a", 1), model("b'; drop", 2)], DATASETS: [model("d", 4)], SPACES: [space("s", 2)]},
        {MODELS: [model("a", 5), model("b'; drop", 2)], TOP: [model("a", 5)]},
        {MODELS: [model("a", 5)], TOP: [model("a", 5), model("100%_sure", 1)]},
    )
    return home


@pytest.fixture(scope="module")
def warehouse(home):
    return open_current(home)


def test_before_anything_is_published_the_message_says_what_to_do(tmp_path):
    with pytest.raises(NoWarehouse, match="hubscope collect"):
        open_current(Home(tmp_path))


def test_a_cleared_build_says_so(tmp_path):
    home = Home(tmp_path)
    built(home, {MODELS: [model("m")]})
    old = open_current(home)
    for day in (2, 3):
        take_run(home, day, {MODELS: [model("m", day)]})
        build(home)
    with pytest.raises(NoWarehouse, match="Open the current one"):
        old.query("snapshot_list")


def test_a_snapshot_is_the_newest_of_the_widest_coverage(warehouse):
    newest = warehouse.snapshot("model")
    assert (newest.coverage, newest.coverage_limit, newest.snapshot_at, newest.repository_count) == (
        "full",
        None,
        at(3),
        1,
    )
    assert (newest.previous_snapshot_at, newest.elapsed_days, newest.is_simulated) == (at(2), 1.0, False)
    assert type(newest.snapshot_at) is datetime


def test_a_pin_is_answered_by_what_was_known_then(warehouse):
    assert warehouse.snapshot("model", as_of=at(2, 18)).snapshot_at == at(2)
    assert warehouse.snapshot("dataset", as_of=at(9)).snapshot_at == at(1)
    assert warehouse.snapshot("model", "top", at(1)) is None
    assert warehouse.snapshot("model", as_of=at(1) - timedelta(seconds=1)) is None


def test_a_coverage_says_how_many_were_asked_for(warehouse):
    assert warehouse.snapshot("model", "top").coverage_limit == 3


def test_the_newest_snapshot_of_the_build_is_known(warehouse):
    assert (warehouse.newest_snapshot_at, warehouse.is_simulated) == (at(3), False)


def test_a_named_query_takes_its_parameters_and_passes_over_others(warehouse):
    found = warehouse.query("population", kind="model", coverage="full", snapshot_at=at(2), weight="likes")
    assert found["downloads_30d"].tolist() == [7]


@pytest.mark.parametrize(("name", "given"), [("no_such", {}), ("../read", {}), ("population", {"kind": "model"})])
def test_an_unknown_query_or_a_missing_parameter_is_an_error(warehouse, name, given):
    with pytest.raises(QueryError):
        warehouse.query(name, **given)


AT = {
    "kind": "model",
    "coverage": "full",
    "snapshot_at": at(3),
    "as_of": at(3),
    "text": "b'; DROP",
    "limit": 5,
    "ids": ["a/a", "it's"],
    "provider_id": "openai",
    "family_id": "bert",
    "measure": "likes",
    "family": "bert",
    "provider": "openai",
    "least": 0,
    "library": None,
    "licence_class": None,
    "task": None,
    "since": at(2),
    "since_at": at(2),
    "states": ["arrived", "removed"],
    "topic": "licences",
    "weight": "repositories",
    "with_undeclared": True,
    "benchmark": "GPQA",
    "score": 50,
    "listing": "openai_models",
    "language": "",
    "author": "",
    "facet": "licence",
    "is_simulated": False,
}


FILES = {path.stem: path.parent.name for folder in FOLDERS for path in sorted(SQL.glob(f"{folder}/*.sql"))}
ASKED = sorted(FILES.keys() | {path.stem for path in SQL.glob("marts/*.sql")} | TABLES.keys())


@pytest.mark.parametrize("name", ASKED)
def test_every_named_query_runs_and_its_text_gives_the_same(warehouse, name):
    asked = warehouse.query(name, **AT)
    request = asdict(warehouse.readers_request(warehouse.sql(name, **AT)))
    with contextlib.chdir(request["home"]), opened(request) as connection:
        schema, batches = rows_of(connection, request)
    assert schema.names == list(asked.columns)
    assert sum(batch.num_rows for batch in batches) == len(asked)
    assert not PARAMETER.search(warehouse.sql(name, **AT))


@pytest.mark.parametrize("name", FILES)
def test_every_named_query_says_what_a_row_is_and_its_grain_names_one(warehouse, name):
    described, stated = read_header(sql_text(FILES[name], name))
    assert described.endswith(".")
    asked = warehouse.query(name, **AT)
    if stated["grain"] == "one row":
        assert len(asked) <= 1
    else:
        columns = [column.split()[0] for column in stated["grain"].split(", ")]
        assert not asked.duplicated(columns).any()


ANYTHING = {"licence_class": "", "task": "", "library": "", "family": "", "least": 0, "limit": 10}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("b'; DROP", ["a/b'; drop"]),
        ("%", ["a/100%_sure"]),
        ("_", ["a/100%_sure"]),
        ("", ["a/a", "a/b'; drop", "a/100%_sure"]),
        ("zzz", []),
    ],
)
def test_a_search_takes_any_text_as_itself(tmp_path, text, found):
    home = Home(tmp_path)
    built(home, {MODELS: [model("a", 5), model("b'; drop", 2), model("100%_sure", 1)]})
    matches = open_current(home).query("repository_matches", kind="model", text=text, **ANYTHING)
    assert matches["id"].tolist() == found


def test_a_history_has_every_snapshot_that_listed_the_repository_and_no_other(tmp_path):
    home = Home(tmp_path)
    steady = model("steady", 1)
    built(
        home,
        {MODELS: [steady, model("m", 3)]},
        {MODELS: [steady, model("m", 3)]},
        {MODELS: [steady]},
        {MODELS: [steady, model("m", 8)]},
    )
    found = open_current(home).query(
        "repository_history", kind="model", coverage="full", snapshot_at=at(9), ids=["a/m"]
    )
    assert list(zip(found["snapshot_at"].dt.day, found["downloads_30d"], strict=True)) == [(1, 3), (2, 3), (4, 8)]
    changes = open_current(home).run_sql("select downloads from history where id = 'a/m' order by snapshot_at")
    assert changes["downloads"].tolist() == [3, 8]


def test_rows_beyond_the_limit_are_not_fetched_and_order_is_kept(warehouse):
    found = warehouse.run_sql("select range as n from range(100000) order by n desc", limit=3)
    assert found["n"].tolist() == [99_999, 99_998, 99_997]


def test_the_lakes_own_rows_are_read_through_its_views(warehouse):
    assert warehouse.run_sql("select count(*)::int as n from counter_changes")["n"].tolist()[0] > 0


def test_many_threads_ask_at_once(warehouse):
    answers, faults = [], []

    def ask(number: int) -> None:
        try:
            if number % 2:
                answers.append(len(warehouse.run_sql("from repositories where kind = 'model'")))
            else:
                answers.append(len(warehouse.query("repository_matches", kind="model", text="", **ANYTHING)))
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (set(answers), faults) == ({2}, [])


def test_a_build_held_on_one_connection_answers_the_same_and_refuses_the_same(warehouse):
    with warehouse.holding() as held:
        assert held == warehouse
        assert held.query("snapshots").equals(warehouse.query("snapshots"))
        assert held.run_sql("select count(*) from history").equals(warehouse.run_sql("select count(*) from history"))
        with pytest.raises(QueryError):
            held.run_sql("create table mine as select 1")
    assert warehouse.connection is None
