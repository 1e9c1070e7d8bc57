"""The reader's own SQL: it only reads, it has hard limits, and readers take turns."""

import contextlib
import hashlib
import json
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.marts import MODELS, TOP, built, model
from warehouse.errors import QueryError
from warehouse.read import open_current
from warehouse.sandbox.child import Refused, opened, rows_of
from warehouse.sandbox.process import answer
from warehouse.sandbox.queue import ReadersQueue
from warehouse.settings import Home


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    built(home, {MODELS: [model("a", 1)]}, {MODELS: [model("a", 5)], TOP: [model("a", 5)]})
    (home.path / "secret").write_text("secret", encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def warehouse(home):
    return open_current(home)


READING = [
    "select 1 as n",
    "from repositories",
    "with one as (select 1 as n) select * from one",
    "with recursive t(n) as (select 1 union all select n + 1 from t where n < 5) from t",
    "describe repositories",
    "summarize population",
    "show tables",
    "values (1)",
    "select 'a; b' as text  -- a comment; and more",
    "select count(*) from history;",
    "select 1; -- and no more",
    "table milestones",
    "(select 1)",
    "pivot repositories on kind in ('model') using count(*)",
    "select * from query('select 1')",
]


@pytest.mark.parametrize("text", READING)
def test_whatever_reads_is_answered(warehouse, text):
    assert len(warehouse.run_sql(text))


WRITING = [
    "copy (select 'owned' c) to '{out}'",
    "copy (select 'owned' c) to '{out}' (format parquet)",
    "copy (select 'owned' c) to '{out}' (format json)",
    "copy (select 'owned' c, 1 p) to '{out}' (format csv, partition_by (p))",
    "copy (select 'owned'::blob c) to '{out}' (format blob)",
    "copy (select 'owned' c) to (current_setting('allowed_directories')[1] || 'manifests/X.txt')",
    "copy (select 'owned' c) to (getvariable('lake_metrics')[1])",
    "copy repositories to '{lake}/stolen.parquet'",
    "copy repositories from '{lake}/stolen.parquet'",
    "copy from database build to temp",
    "create table mine as select 1",
    "create or replace table repositories as select 1",
    "create temp table mine as select 1",
    "create view mine as select 1",
    "create or replace macro f() as 1",
    "create schema mine",
    "create sequence mine",
    "create type mine as enum ('a')",
    "create index mine on milestones (milestone)",
    "create secret (type s3, key_id 'x', secret 'y')",
    "create persistent secret (type s3, key_id 'x', secret 'y')",
    "drop table build_meta",
    "drop view repositories",
    "alter table milestones add column mine int",
    "comment on table milestones is 'mine'",
    "insert into build_meta select * from build_meta",
    "insert into build_meta select * from build_meta returning *",
    "delete from milestones",
    "delete from milestones returning *",
    "update milestones set title_en = '' returning *",
    "merge into milestones using milestones as other on false when not matched then insert",
    "truncate milestones",
    "export database '{out}'",
    "import database '{out}'",
    "attach '{out}' as other",
    "attach ':memory:' as other",
    "detach build",
    "use temp",
    "install httpfs",
    "load httpfs",
    "update extensions",
    "set threads = 9",
    "set global memory_limit = '9GB'",
    "set allowed_directories = ['/']",
    "set variable lake_metrics = ['/etc/passwd']",
    "reset memory_limit",
    "pragma database_list",
    "pragma enable_profiling = 'json'",
    "pragma profiling_output = '{out}'",
    "call pragma_version()",
    "call enable_logging(storage = 'file', storage_config = {{'path': '{out}'}})",
    "checkpoint",
    "force checkpoint",
    "vacuum",
    "analyze",
    "begin",
    "commit",
    "explain select 1",
    "explain analyze select 1",
    "prepare p as select 1",
    "execute p",
    "deallocate p",
]
READING_OUTSIDE = [
    "select * from read_csv('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from '{lake}/manifests/*.json'",
    "select * from read_json('{lake}/manifests/*.json')",
    "select * from read_parquet('{lake}/hub_models/*/*/metrics.parquet')",
    "select * from read_text('/etc/passwd')",
    "select * from read_text('{lake}/../secret')",
    "select * from read_blob('{lake}/../../secret')",
    "select * from read_text('file://{home}/secret')",
    "select * from read_duckdb('{home}/secret')",
    "select * from glob('/etc/*')",
    "select * from glob('{lake}/**')",
    "select * from parquet_metadata('{lake}/hub_models/*/*/metrics.parquet')",
    "select * from parquet_schema('/etc/passwd')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from read_parquet('https://example.org/x.parquet')",
    "select * from read_csv('s3://bucket/x.csv')",
    "select * from read_csv('hf://datasets/a/b/c.csv')",
    "select * from read_csv('/dev/stdin')",
    "select * from read_text('/proc/self/environ')",
    "select * from query_table('/etc/passwd')",
    "select * from query('copy (select 1) to ''{out}''')",
    "select * from json_execute_serialized_sql(json_serialize_sql('select * from read_text(''/etc/passwd'')'))",
    "select * from arrow_scan(1, 2, 3)",
    "select * from pandas_scan(1)",
    "select * from warehouse",
    "select * from request",
    "select getenv('HOME')",
    "select 1; select 2",
    "select 1; drop table milestones",
]
NO_QUERY = [
    "select nonsense",
    "selec 1",
    "",
    "-- nothing",
    "select 1) union (select 2",
    "select 1 /* open",
    "select $1",
]
PLACES = {
    "alone": "{}",
    "CTE": "with x as ({}) from x",
    "CTE that nothing reads": "with x as materialized ({}) select 1",
    "CTE in a CTE": "with a as (with x as ({}) from x) from a",
    "recursive CTE": "with recursive x as (select 1 union all ({})) from x",
    "subquery": "select * from ({}) as x",
    "CTE of a subquery": "select * from (with x as ({}) from x) as y",
    "scalar": "select ({})",
    "exists": "select exists ({})",
    "union branch": "select 1 union all ({})",
    "lateral": "select * from (select 1) as t, lateral ({}) as x",
    "query()": "from query('{quoted}')",
    "CTE of query()": "from query('with x as ({quoted}) from x')",
    "described": "describe {}",
    "summarized": "summarize {}",
    "after a comment": "/* select */ {} -- from repositories",
    "beside the lake": "with h as (from history), x as ({}) select 1 from h, x",
}


def _everything(home: Home) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in home.path.rglob("*") if path.is_file()}


@pytest.mark.parametrize("place", PLACES)
def test_whatever_does_more_than_read_the_build_is_refused_wherever_it_stands(home, warehouse, tmp_path, place):
    """In this process, without its limits: the refusal of DuckDB alone must hold."""
    before = _everything(home)
    passed = []
    unread = ("CTE that nothing reads", "described")  # there nothing is opened, and the answer says nothing of a file
    reading = [] if place in unread else READING_OUTSIDE
    seen = asdict(warehouse.readers_request("from history" if place == "beside the lake" else "select 1"))
    with contextlib.chdir(home.path), opened(seen) as connection:
        for template in WRITING + reading + NO_QUERY * (place == "alone"):
            statement = template.format(out=tmp_path / "out", lake=home.lake, home=home.path)
            text = PLACES[place].format(statement, quoted=statement.replace("'", "''"))
            try:
                rows_of(connection, seen | {"text": text})
                passed.append(text)
            except Refused as refused:
                assert str(refused)
    assert passed == []
    assert list(tmp_path.iterdir()) == []
    assert _everything(home) == before


def test_a_query_that_names_no_view_on_the_lake_may_open_no_file(home, warehouse):
    assert warehouse.readers_request("from repositories").files == ()
    ((variable, files),) = warehouse.readers_request("from history").files
    assert variable == "lake_metrics"
    assert {Path(file).name for file in files} == {"metrics.parquet"}
    with pytest.raises(QueryError, match="Cannot access file"):
        warehouse.run_sql(f"from history, read_parquet('{home.lake}/hub_models/*/*/attributes.parquet')")


ABOUT_ITSELF = [
    "select path from duckdb_databases()",
    "from duckdb_settings()",
    "from pragma_database_list",
    "select current_setting('allowed_paths') as paths, getvariable('lake_metrics') as files from history limit 1",
    "select {'a': [current_setting('allowed_paths')]} as nested from history limit 1",
    "select filename from read_parquet(getvariable('lake_metrics'), filename = true), history",
    "select file_name from parquet_metadata(getvariable('lake_metrics')), history",
    "select cast(getvariable('lake_metrics')[1] as int) from history",
    "select error(current_setting('allowed_paths')[1]) from history",
    "from read_csv(getvariable('lake_metrics')[1]), history",
    "from read_text(getvariable('lake_metrics')[1]), history",
    "from glob('*')",
    "from duckdb_extensions()",
]


@pytest.fixture(scope="module")
def answered(home, warehouse):
    """The rows of a query that may open the lake, or the words why there are none, from here instead of a process of its own."""
    seen = asdict(warehouse.readers_request("from history"))

    def answer_here(text: str) -> list[dict[str, Any]] | str:
        try:
            with contextlib.chdir(home.path):
                return [row for batch in rows_of(connection, seen | {"text": text})[1] for row in batch.to_pylist()]
        except Refused as refused:
            return str(refused)

    with contextlib.ExitStack() as stack:
        with contextlib.chdir(home.path):
            connection = stack.enter_context(opened(seen))
        yield answer_here


def test_no_answer_or_message_tells_where_the_home_lies(home, warehouse, answered):
    said = [str(answered(text)) for text in ABOUT_ITSELF]
    assert any(f"builds/{warehouse.build_id}.duckdb" in words for words in said)
    assert any("lake/hub_models/" in words for words in said)
    assert not [words for words in said if str(home.path.resolve()) in words]


def test_a_text_that_only_looks_like_a_path_of_the_home_stays_as_it_is(home, answered):
    text = f"{home.path.resolve()}/models--not-ours"
    assert answered(f"select '{text}' as text") == [{"text": text}]


def test_the_process_can_write_no_file_even_where_duckdb_would(home, warehouse, tmp_path, monkeypatch):
    """A second wall: here the first one, the subquery, is taken away."""
    child = Path("warehouse/sandbox/child.py").read_text(encoding="utf-8")
    open_door = child.replace(
        'return f"select * from (\\n{without_end(statements[0].query)}\\n)"', "return statements[0].query"
    )
    assert open_door != child
    open_door = open_door.replace('connection.execute("set enable_external_access = false")', "pass")
    assert open_door != child
    (tmp_path / "child.py").write_text(open_door, encoding="utf-8")
    monkeypatch.setattr("warehouse.sandbox.process.CHILD", tmp_path / "child.py")
    with pytest.raises(QueryError):
        warehouse.run_sql(f"with x as (copy (select 'owned' c) to '{tmp_path}/out') from x")
    assert not (tmp_path / "out").exists() or (tmp_path / "out").stat().st_size == 0


def test_the_process_knows_no_key(warehouse, monkeypatch, tmp_path):
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    (tmp_path / "child.py").write_text(
        f"import json, os, pathlib; pathlib.Path({str(tmp_path / 'seen')!r}).write_text(json.dumps(dict(os.environ)))",
        encoding="utf-8",
    )
    monkeypatch.setattr("warehouse.sandbox.process.CHILD", tmp_path / "child.py")
    with pytest.raises((QueryError, OSError, ValueError)):
        warehouse.run_sql("select 1")
    assert "secret" not in (tmp_path / "seen").read_text(encoding="utf-8")
    assert "PYTHONUTF8" in json.loads((tmp_path / "seen").read_text(encoding="utf-8"))


ENDLESS = "with recursive forever as (select 1 as n union all select n + 1 from forever) select count(*) from forever"
SLOW = [
    ENDLESS,
    "select count(*) from range(10000000000) a, range(1000) b where a.range % 7 = b.range",
    "select length(regexp_replace(repeat('a', 10000000), 'a', 'b', 'g')) from range(1000)",
]


@pytest.mark.parametrize("text", SLOW)
def test_an_endless_query_is_killed(warehouse, text):
    started = []
    with pytest.raises(QueryError, match=r"longer than 0\.7 s"):
        answer(warehouse.readers_request(text, timeout=0.7), started.append)
    assert started[0].poll() is not None


GREEDY = [
    "select length(regexp_replace(repeat('a', 3000000), 'a', repeat('b', 1000), 'g'))",
    "select damerau_levenshtein(repeat('a', 50000), repeat('b', 50000))",
    "select len(array_agg(range)) from range(1000000000)",
    "select repeat('x', 1000000) from range(10000)",
    "select repeat('x', 4200000000)",
]


@pytest.mark.parametrize("text", GREEDY)
def test_a_greedy_query_ends_in_words_and_takes_nothing_else_with_it(warehouse, text):
    with pytest.raises(QueryError, match="memory"):
        answer(replace(warehouse.readers_request(text, timeout=60), memory_bytes=400_000_000))
    assert len(warehouse.run_sql("select 1")) == 1


@pytest.mark.parametrize("text", ["select repeat('x', 20000) from range(5000)", "select repeat('x', 21000000)"])
def test_an_answer_is_bounded_in_bytes(warehouse, text):
    with pytest.raises(QueryError, match="larger than 20 MB"):
        warehouse.run_sql(text)


def test_rows_beyond_the_limit_are_not_fetched_and_order_is_kept(warehouse):
    found = warehouse.run_sql("select range as n from range(100000) order by n desc", limit=3)
    assert found["n"].tolist() == [99_999, 99_998, 99_997]


def test_a_message_speaks_of_the_lines_that_the_reader_typed(warehouse):
    with pytest.raises(QueryError, match="LINE 2: , nonsense"):
        warehouse.run_sql("select 1\n, nonsense")


def _ask(queue: ReadersQueue, request, reader: str, ended: list, waited: list | None = None) -> threading.Thread:
    def ask() -> None:
        try:
            queue.ask(request, reader, (waited if waited is not None else []).append)
            ended.append((reader, "answered"))
        except QueryError as error:
            ended.append((reader, str(error)))

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def test_three_queries_run_at_once_and_others_are_told_that_they_wait(warehouse):
    queue, ended, waited = ReadersQueue(), [], []
    slow = [
        _ask(queue, warehouse.readers_request(f"{ENDLESS} -- {number}", timeout=2), f"slow {number}", ended)
        for number in range(3)
    ]
    while not all(turn.process for turn in queue._turns) or len(queue._turns) < 3:
        time.sleep(0.01)
    late = _ask(queue, warehouse.readers_request("select 1"), "late", ended, waited)
    for thread in (*slow, late):
        thread.join()
    assert set(waited) == {3}
    assert ended[-1] == ("late", "answered") or ended[-2] == ("late", "answered")
    assert sum("longer than" in words for _, words in ended) == 3


def test_a_readers_newer_query_ends_the_older_one(warehouse):
    queue, ended = ReadersQueue(), []
    first = _ask(queue, warehouse.readers_request(ENDLESS, timeout=60), "one", ended)
    while not (queue._turns and queue._turns[0].process):
        time.sleep(0.01)
    second = _ask(queue, warehouse.readers_request("select 1"), "one", ended)
    first.join()
    second.join()
    assert sorted(words for _, words in ended) == ["Stopped, because you asked something newer.", "answered"]


def test_nobody_waits_for_ever(warehouse, monkeypatch):
    monkeypatch.setattr("warehouse.sandbox.queue.PATIENCE", 0)
    queue, ended = ReadersQueue(at_once=0), []
    _ask(queue, warehouse.readers_request("select 1"), "one", ended).join()
    assert "run it again later" in ended[0][1]


def test_the_same_query_is_answered_once(warehouse):
    queue = ReadersQueue()
    first = queue.ask(warehouse.readers_request("select random() as n"), "one", print)
    again = queue.ask(warehouse.readers_request("select random() as n"), "two", print)
    assert first.equals(again)
