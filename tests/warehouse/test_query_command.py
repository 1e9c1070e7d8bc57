"""`hubscope query`, `status`, `build` and `verify`, as they are typed."""

import csv
import io
import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from hubscope import main
from tests.warehouse.marts import MODELS, OPENAI, built, model, openai_list, take_run
from tests.warehouse.steps import at
from warehouse.read import open_current
from warehouse.sandbox.written import frame_of
from warehouse.upkeep.status import status_of


@pytest.fixture
def run(home, monkeypatch):
    """Type a command; gives what click's runner saw."""
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    return lambda *words, **given: CliRunner().invoke(main, words, **given)


@pytest.fixture
def two_days(home):
    built(home, {MODELS: [model("a", 1), model("中文", None)]}, {MODELS: [model("a", 5), model("中文", None)]})


def test_a_table_is_for_people(run, two_days):
    shown = run("query", "select id, downloads from repositories order by id")
    assert shown.exit_code == 0
    assert [line.split() for line in shown.output.splitlines()] == [["id", "downloads"], ["a/a", "5"], ["a/中文"]]


def test_csv_and_json_keep_whole_numbers_unknowns_lists_and_any_script(run, two_days):
    sql = "select id, downloads, tags, is_on_or_before, created_at from repositories order by id"
    assert run("query", "--format", "csv", sql).output.splitlines() == [
        "id,downloads,tags,is_on_or_before,created_at",
        "a/a,5,[],False,2025-06-15 10:00:00",
        "a/中文,,[],False,2025-06-15 10:00:00",
    ]
    assert json.loads(run("query", "--format", "json", sql).output) == [
        {"id": "a/a", "downloads": 5, "tags": [], "is_on_or_before": False, "created_at": "2025-06-15T10:00:00.000"},
        {
            "id": "a/中文",
            "downloads": None,
            "tags": [],
            "is_on_or_before": False,
            "created_at": "2025-06-15T10:00:00.000",
        },
    ]
    assert "中文" in run("query", "--format", "json", sql).output


def test_sql_may_come_from_standard_input(run, two_days):
    assert run("query", "-", "--format", "csv", input="select count(*) as n from repositories").output.split() == [
        "n",
        "2",
    ]


def test_a_cut_answer_says_so(run, two_days):
    shown = run("query", "--limit", "1", "from repositories")
    assert "the first 1 rows" in shown.stderr


def test_a_refused_query_ends_with_its_own_code_and_no_traceback(run, two_days):
    shown = run("query", "drop table population")
    assert (shown.exit_code, "Traceback" in shown.output) == (8, False)
    assert "only one that reads" in shown.stderr


@pytest.mark.parametrize("command", [("query", "select 1"), ("status",), ("build",)])
def test_before_the_first_collection_it_says_what_to_do(run, command):
    shown = run(*command)
    assert shown.exit_code == 7
    assert "hubscope collect" in shown.stderr


def test_build_tells_what_it_added(run, home):
    take_run(home, 1, {MODELS: [model("a")]})
    assert ": 1 snapshots added in" in run("build").output
    assert ": 0 snapshots added in" in run("build").output


def test_status_counts_ages_pauses_and_what_wants_attention(home, run):
    for day in (1, 2, 3, 8):
        take_run(home, day, {MODELS: [model("a", day)], OPENAI: openai_list("gpt-4")})
    run("build")
    take_run(home, 9, {MODELS: [model("a")]})
    status = status_of(home, now=at(9) + timedelta(hours=12))
    assert status["series"][0] == {
        "listing": "hub_models",
        "coverage": "full",
        "newest": at(8),
        "age_hours": 36.0,
        "rows": 1,
        "snapshots": 4,
    }
    assert [(gap["listing"], gap["days"]) for gap in status["gaps"]] == [("hub_models", 5.0), ("openai_models", 5.0)]
    assert status["last_run"]["listings"] == {"hub_models": "ok", "openai_models": "ok"}
    assert status["problems"] == ["1 runs of the lake are not in the build. Run `hubscope build`."]


def test_a_snapshot_of_the_future_is_a_problem_and_can_be_taken_out_of_the_history(run, home):
    """Taken while the clock was a year ahead; the next one, at the right time, is of before it."""
    for day, names in ((1, "ab"), (366, "abc"), (2, "ad")):
        take_run(home, day, {MODELS: [model(name) for name in names]})
        run("build")
    (problem,) = status_of(home, now=at(2) + timedelta(hours=1))["problems"]
    assert problem.startswith(f"The snapshot of {at(366):%Y-%m-%d %H:%M} UTC lies in the future")
    Path(re.search(r"move (\S+\.json) away", problem)[1]).unlink()
    assert run("build").exit_code == 0
    take_run(home, 3, {MODELS: [model("a")]})
    run("build")
    assert status_of(home, now=at(3) + timedelta(hours=1))["problems"] == []
    assert run("verify").exit_code == 0


def test_status_for_programs_is_json(run, two_days, home):
    status = json.loads(run("status", "--json").output)
    assert set(status) == {"home", "build_id", "is_simulated", "series", "last_run", "gaps", "problems", "copied"}
    assert datetime.fromisoformat(status["series"][0]["newest"]) == at(2)
    assert "hours old" in status["problems"][0]
    assert str(home.path) in run("status").output


def test_verify_names_a_file_that_is_not_what_was_published(run, two_days, home):
    assert run("verify").exit_code == 0
    victim = next(home.lake.glob("hub_models/*/*/metrics.parquet"))
    victim.write_bytes(victim.read_bytes()[:-1])
    shown = run("verify")
    assert shown.exit_code == 4
    assert victim.name in shown.output


ODD_TYPES = """
    select
        1e-12 as small, 1.0 / 3 as third, 0.1::float as tenth, 1.10::decimal(18, 2) as price, 123456789012345678 as whole,
        170141183460469231731687303715884105727::hugeint as huge, 340282366920938463463374607431768211455::uhugeint as vast,
        uuid '01234567-89ab-cdef-0123-456789abcdef' as id, '101'::bit as bits, '\\xAA\\x00'::blob as bytes,
        interval '1 month 2 days 03:00:00.5' as span, 'nan'::double as no_number, '-inf'::float as least,
        date '0044-01-01 (BC)' as ides, date 'infinity' as never, timestamp '2024-01-01 01:02:03.000004' as moment,
        timestamptz '2024-01-01 01:02:03+02' as zoned, timestamp_ns '2024-01-01 01:02:03.000000004' as nano,
        timetz '12:00:00+05' as clock, time '12:00:00.5' as noon, 12345678901234567890.123456789::decimal(38, 9) as exact,
        {'a': 0.1::float, 'b': ['x', null]} as nested, map {'k': 1} as pairs, [interval 1 day] as spans,
        union_value(n := 2) as either, '' as nothing, null as unknown, 'a' || chr(10) || '"b",' || chr(27) as lines,
        'e'::enum ('e', 'f') as one_of, true as yes, 'é中😀' as words
"""  # fmt: skip


def test_json_says_exactly_what_duckdb_holds(run, two_days):
    (said,) = json.loads(run("query", "--format", "json", ODD_TYPES).stdout)
    assert said == {
        "small": 1e-12,
        "third": 1 / 3,
        "tenth": 0.1,
        "price": 1.1,
        "whole": 123456789012345678,
        "huge": "170141183460469231731687303715884105727",
        "vast": "340282366920938463463374607431768211455",
        "id": "01234567-89ab-cdef-0123-456789abcdef",
        "bits": "101",
        "bytes": "\\xAA\\x00",
        "span": "1 month 2 days 03:00:00.5",
        "no_number": "nan",
        "least": "-inf",
        "ides": "-0043-01-01",
        "never": "infinity",
        "moment": "2024-01-01T01:02:03.000004",
        "zoned": "2023-12-31T23:02:03.000Z",
        "nano": "2024-01-01T01:02:03.000000004",
        "clock": "12:00:00+05",
        "noon": "12:00:00.500000",
        "exact": "12345678901234567890.123456789",
        "nested": {"a": 0.1, "b": ["x", None]},
        "pairs": {"k": 1},
        "spans": "[1 day]",
        "either": "2",
        "nothing": "",
        "unknown": None,
        "lines": 'a\n"b",\x1b',
        "one_of": "e",
        "yes": True,
        "words": "é中😀",
    }


def test_csv_and_table_say_the_same_and_tell_nothing_from_unknown(run, two_days):
    shown = run("query", "--format", "csv", ODD_TYPES).stdout
    (said,) = csv.DictReader(io.StringIO(shown, newline=""))
    assert (said["small"], said["huge"]) == ("1e-12", "170141183460469231731687303715884105727")
    assert (said["moment"], said["nested"]) == ("2024-01-01 01:02:03.000004", '{"a": 0.1, "b": ["x", null]}')
    assert said["lines"] == 'a\n"b",\x1b'
    assert ',"",,' in shown
    assert run("query", "--format", "csv", "select null as a union all select ''").stdout == 'a\n""\n""\n'
    heading, line = run("query", ODD_TYPES).stdout.splitlines()
    assert heading.split()[0] == "small"
    assert 'a\\n"b",\\x1b' in line


def test_the_page_shows_the_same_values(two_days, home):
    frame = open_current(home).run_sql(ODD_TYPES)
    said = frame.iloc[0].to_dict()
    assert (said["small"], said["price"], said["whole"]) == (1e-12, 1.1, 123456789012345678)
    assert (said["huge"], said["exact"]) == (
        "170141183460469231731687303715884105727",
        "12345678901234567890.123456789",
    )
    assert (said["no_number"], said["bits"], said["bytes"], said["span"]) == (
        "nan", "101", "\\xAA\\x00", "1 month 2 days 03:00:00.5",
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["timestamp", "timestamptz", "date"])
def test_the_page_shows_what_never_comes_alone_and_within_lists_and_the_like(kind):
    with duckdb.connect() as connection:
        never = f"{kind} 'infinity'"
        asked = f"{never} as one, [{never}] as list, {{'a': {never}}} as row, map {{'k': {never}}} as pairs"
        frame = frame_of(connection.sql(f"select {asked}").to_arrow_table())
    assert all("infinity" in str(cell) for cell in frame.iloc[0])


def test_columns_of_one_name_are_all_told(run, two_days):
    assert json.loads(run("query", "--format", "json", "select 1 as a, '101'::bit as a").stdout) == [
        {"a": 1, "a_1": "101"}
    ]
