"""Where authors are from and what they are, as sources say it: which rules, who disagrees, how much nobody knows."""

import csv
import gzip
import json

import duckdb
import pytest

from tests.conftest import REAL_DATA
from tests.warehouse.marts import MODELS, built, model, rows, values
from tests.warehouse.steps import at
from warehouse.duck import SQL
from warehouse.errors import BuildError
from warehouse.marts import reference
from warehouse.marts.inputs import create_reference_tables, run_script
from warehouse.read import open_current

GOOD = {
    "author": "newcomer",
    "country_id": "FR",
    "region": "europe",
    "author_kind": "company",
    "organisation": "Newcomer SAS",
    "source": "a page",
    "source_url": "https://example.org",
    "source_date": "2026-01-01",
    "precedence": "1",
}


@pytest.fixture(scope="module")
def tables():
    with duckdb.connect() as connection:
        create_reference_tables(connection)
        run_script(connection, "author_origins")
        yield connection


def test_holdings_are_summed_by_region_and_kind_and_the_unmapped_are_a_part(home):
    models = [
        model("q1", 100, id="Qwen/a", author="Qwen"),
        model("q2", 50, id="Qwen/b", author="Qwen"),
        model("g", 30, id="google/c", author="google"),
        model("s", 7, id="somebody/d", author="somebody"),
        model("old", 3, id="bare"),
    ]
    built(home, {MODELS: models})
    assert rows(
        home,
        "select region, author_kind, author_count, repository_count, downloads_30d from origin_mix order by downloads_30d desc",
    ) == [
        ("china", "company", 1, 2, 150),
        ("us", "company", 1, 1, 30),
        ("unmapped", "unmapped", 1, 2, 10),
    ]
    warehouse = open_current(home)
    mix = warehouse.query("origin_mix", kind="model", coverage="full", snapshot_at=at(1))
    assert mix["region"].tolist() == ["china", "us", "unmapped"]
    disputes = warehouse.query("author_disputes").set_index("author").loc["stabilityai"]
    assert set(disputes["region"]) == {"europe", "us"}
    assert set(disputes["ruling_region"]) == {"europe"}


def test_the_first_source_rules_and_those_that_disagree_stay_visible(tables):
    ask = (
        "select region, country_id, author_kind, is_disputed, stated_regions from author_origins where author = $author"
    )
    answers = {
        author: tables.execute(ask, {"author": author}).fetchone()
        for author in ("sentence-transformers", "stabilityai", "Qwen", "pyannote")
    }
    assert answers == {
        "sentence-transformers": ("europe", "DE", "university", True, "europe, us"),
        "stabilityai": ("europe", "GB", "company", True, "europe, us"),
        "Qwen": ("china", "CN", "company", False, "china"),
        "pyannote": ("europe", "FR", "company", False, "europe"),
    }


@pytest.mark.parametrize(
    "wrong",
    [{"region": "atlantis"}, {"source": ""}, {"author_kind": "guild"}, {"country_id": "US"}, {"source_date": ""}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_row_about_an_author_that_is_unsound_is_found(tables, wrong):
    row = GOOD | wrong
    with tables.cursor() as copy:
        copy.execute("begin")
        copy.execute(
            f"insert into author_sources ({', '.join(row)}) select {', '.join('nullif(?, chr(0))' for _ in row)}",
            [value or "\0" for value in row.values()],
        )
        found = copy.execute((SQL / "checks" / "authors_are_told_by_sources.sql").read_text()).fetchall()
        copy.execute("rollback")
    assert [fault[0] for fault in found] == ["newcomer"]


def test_a_build_refuses_an_author_told_twice_and_names_the_row(home, monkeypatch, tmp_path):
    path = tmp_path / "author_sources.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, GOOD)
        writer.writeheader()
        writer.writerows([GOOD, GOOD])
    monkeypatch.setitem(reference.TABLES, "author_sources", path)
    with pytest.raises(BuildError, match=r"author = newcomer, source = a page.*told twice"):
        built(home, {MODELS: [model("m")]})


@pytest.mark.skipif(not REAL_DATA.is_dir(), reason=f"no real listings in {REAL_DATA} (HUBSCOPE_REAL_DATA)")
def test_most_downloads_of_a_real_list_have_a_region(tables):
    with gzip.open(REAL_DATA / "hub_trending_models_2026-04.snapshots.ndjson.gz", "rt") as file:
        states = [json.loads(line)["content"] for line in file]
    newest = max((state for state in states if state["count"] == 1_000), key=lambda state: state["fetchedAt"])
    assert newest["fetchedAt"].startswith("2026-05")
    known = dict(tables.execute("select author, region from author_origins").fetchall())
    held = [(entry["author"], entry["downloads"] or 0) for entry in newest["models"]]
    mapped = sum(downloads for author, downloads in held if known.get(author)) / sum(downloads for _, downloads in held)
    assert mapped >= 0.85


def test_invented_organisations_are_told_of_in_the_demo_alone(home, demo_home):
    built(home, {MODELS: [model("a", 1, id="sim-aurora/a", author="sim-aurora")]})
    told = "select count(*) from author_sources where author like 'sim-%'"
    assert values(home, told) == [0]
    assert values(home, "select distinct region from origin_mix where repository_count > 0") == ["unmapped"]
    assert values(demo_home, told) == [22]
