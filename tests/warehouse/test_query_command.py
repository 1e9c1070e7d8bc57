"""`hubscope query`, `status`, `build` and `verify`, as they are typed."""

import json
from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner

from hubscope import main
from tests.warehouse.marts import MODELS, OPENAI, built, model, openai_list, take_run
from tests.warehouse.steps import at
from warehouse.status import status_of


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


def test_status_for_programs_is_json(run, two_days, home):
    status = json.loads(run("status", "--json").output)
    assert set(status) == {"home", "build_id", "is_simulated", "series", "last_run", "gaps", "problems"}
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
