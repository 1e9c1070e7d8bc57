"""The read side: pins, named queries, and the reader's own SQL, kept to reading."""

import threading
import time
from datetime import datetime, timedelta

import pytest

from tests.warehouse.marts import DATASETS, MODELS, SPACES, TOP, built, model, space, take_run
from tests.warehouse.steps import at
from warehouse.errors import NoWarehouse, QueryError
from warehouse.marts.build import build
from warehouse.parameters import PARAMETER
from warehouse.read import SQL, open_current
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
    "listing": "hub_models",
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
}


@pytest.mark.parametrize("name", sorted(path.stem for path in (SQL / "queries").glob("*.sql")))
def test_every_named_query_runs_and_its_text_gives_the_same(warehouse, name):
    asked = warehouse.query(name, **AT)
    told = warehouse.run_sql(warehouse.sql(name, **AT), timeout=60)
    assert list(told.columns) == list(asked.columns)
    assert len(told) == len(asked)
    assert not PARAMETER.search(warehouse.sql(name, **AT))


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
    assert open_current(home).query("repository_search", kind="model", text=text, limit=10)["id"].tolist() == found


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


READING = [
    "select 1 as n",
    "from repositories",
    "with one as (select 1 as n) select * from one",
    "describe repositories",
    "summarize population",
    "show tables",
    "values (1)",
    "select 'a; b' as text  -- a comment; and more",
    "select count(*) from history;",
    "table milestones",
]


@pytest.mark.parametrize("text", READING)
def test_whatever_reads_is_answered(warehouse, text):
    assert len(warehouse.run_sql(text))


HOSTILE = [
    "copy (select 1) to '{out}'",
    "copy repositories to '{lake}/stolen.parquet'",
    "attach '{out}' as other",
    "install httpfs",
    "load httpfs",
    "set threads = 9",
    "reset memory_limit",
    "pragma database_list",
    "call pragma_version()",
    "create table mine as select 1",
    "create temp table mine as select 1",
    "create or replace macro f() as 1",
    "drop table build_meta",
    "insert into build_meta select * from build_meta",
    "delete from milestones",
    "update milestones set title_en = ''",
    "export database '{out}'",
    "checkpoint",
    "detach build",
    "select 1; select 2",
    "select 1; drop table milestones",
    "begin",
    "explain analyze select 1",
    "prepare p as select 1",
    "select * from read_csv('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('{lake}/../../secret')",
    "select * from read_text('{lake}/../secret')",
    "select * from glob('/etc/*')",
    "select * from read_parquet('https://example.org/x.parquet')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from query('copy (select 1) to ''{out}''')",
    "select * from query_table('/etc/passwd')",
    "select * from warehouse",
    "select * from rows",
    "select getenv('HOME')",
    "select * from duckdb_secrets()",
    "select * from parquet_metadata('/etc/passwd')",
    "select nonsense",
    "selec 1",
    "",
    "-- nothing",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_does_more_than_read_the_build_is_refused_in_words(home, warehouse, tmp_path, text):
    rows = warehouse.query("milestones")  # also a variable that SQL might reach for
    (home.path / "secret").write_text("secret", encoding="utf-8")
    out = tmp_path / "out"
    with pytest.raises(QueryError) as refused:
        warehouse.run_sql(text.format(out=out, lake=home.lake))
    assert str(refused.value)
    assert not out.exists()
    assert not (home.lake / "stolen.parquet").exists()
    assert len(warehouse.query("milestones")) == len(rows)


ENDLESS = "with recursive forever as (select 1 as n union all select n + 1 from forever) select count(*) from forever"


@pytest.mark.parametrize(
    "text", [ENDLESS, "select count(*) from range(10000000000) a, range(1000) b where a.range % 7 = b.range"]
)
def test_an_endless_query_is_stopped(warehouse, text):
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.5 s"):
        warehouse.run_sql(text, timeout=0.5)
    assert time.monotonic() - began < 20


def test_a_greedy_query_fails_and_does_not_fill_the_disk(warehouse, monkeypatch):
    monkeypatch.setattr("warehouse.read.MEMORY_LIMIT", "50MB")
    with pytest.raises(QueryError):
        warehouse.run_sql("select list(range) from range(100000000)", timeout=30)


def test_rows_beyond_the_limit_are_not_fetched_and_order_is_kept(warehouse):
    found = warehouse.run_sql("select range as n from range(100000) order by n desc", limit=3)
    assert found["n"].tolist() == [99_999, 99_998, 99_997]


def test_the_files_of_the_lake_can_be_read_themselves(home, warehouse):
    found = warehouse.run_sql(
        f"select count(*)::int as n from read_parquet('{home.lake}/hub_models/*/*/metrics.parquet')"
    )
    assert found["n"].tolist()[0] > 0


def test_many_threads_ask_at_once(warehouse):
    answers, faults = [], []

    def ask(number: int) -> None:
        try:
            if number % 2:
                answers.append(len(warehouse.run_sql("from repositories where kind = 'model'")))
            else:
                answers.append(len(warehouse.query("repository_search", kind="model", text="", limit=9)))
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
        assert held.query("series_list").equals(warehouse.query("series_list"))
        assert held.run_sql("select count(*) from history").equals(warehouse.run_sql("select count(*) from history"))
        with pytest.raises(QueryError):
            held.run_sql("create table mine as select 1")
    assert warehouse.connection is None
