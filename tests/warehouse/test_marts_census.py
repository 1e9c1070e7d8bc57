"""The Hub's own counts over time: each with its whole, its moment, and what speaks against it."""

from datetime import datetime, timedelta

from tests.warehouse.marts import MODELS, built, model, rows
from tests.warehouse.steps import at
from warehouse.landing.run import Series
from warehouse.read import open_current

COUNTS = Series("hub_counts")
MINUTE = timedelta(minutes=1)


def counts(day=1, kind="model", **stated):
    """What one census of a kind was told: `all` and values of facets, `licence_mit=5`."""
    told = []
    for minute, (name, count) in enumerate(stated.items()):
        facet, _, value = name.partition("_") if "_" in name else ("whole", "", "all")
        told.append({"kind": kind, "facet": facet, "value": value.replace("__", "-"), "count": count, "fault": None,
                     "asked_at": (at(day) + timedelta(minutes=minute)).isoformat()})  # fmt: skip
    return {"counts": told}


def doubted(home):
    return rows(home, "select snapshot_at, value_id, doubt from census where doubt is not null order by all")


def test_every_count_is_kept_with_its_moment_and_its_whole_also_when_it_stays_the_same(home):
    built(home, {COUNTS: counts(1, all=900, licence_mit=90)}, {COUNTS: counts(2, all=900, licence_mit=91)})
    assert rows(home, "select asked_at, value_id, repository_count, whole_count from census order by asked_at") == [
        (at(1), "all", 900, 900),
        (at(1) + MINUTE, "mit", 90, 900),
        (at(2), "all", 900, 900),
        (at(2) + MINUTE, "mit", 91, 900),
    ]


def test_a_part_that_exceeds_its_whole_is_in_doubt_and_stays(home):
    told = counts(all=1_000, licence_mit=1_021, licence_other=1_019, library_gguf=4)
    built(home, {COUNTS: told})
    assert doubted(home) == [(at(1), "mit", "above_the_whole")]
    assert rows(home, "select count(*) from census") == [(4,)]


def test_tasks_that_together_exceed_the_models_are_all_in_doubt(home):
    built(home, {COUNTS: counts(all=1_000, task_ranking=600, task_translation=430, licence_mit=600)})
    assert [value for _, value, _ in doubted(home)] == ["ranking", "translation"]


def test_a_count_that_falls_by_half_is_in_doubt_until_the_next_one_confirms_it(home):
    told = [
        {"all": 5_000, "licence_mit": 900, "task_robotics": 9},
        {"all": 2_000, "licence_mit": 890, "task_robotics": 4},
    ]
    built(home, *({COUNTS: counts(day, **stated)} for day, stated in enumerate((*told, told[1]), 1)))
    assert doubted(home) == [(at(2), "all", "fell_by_half")]
    # Nothing is known of a part's share of a whole that is in doubt.
    wholes = rows(home, "select snapshot_at, whole_count from census where value_id = 'mit' order by all")
    assert wholes == [(at(1), 5_000), (at(2), None), (at(3), 2_000)]


def test_what_the_hub_says_of_its_size_is_the_newest_count_that_is_not_in_doubt(home):
    built(home, {COUNTS: counts(1, all=5_000)}, {COUNTS: counts(2, all=100), MODELS: [model("m")]})
    warehouse = open_current(home)
    assert [row["repository_count"] for row in warehouse.rows("census_totals", as_of=at(2))] == [5_000]
    assert warehouse.rows("census_totals", as_of=datetime(2020, 1, 1)) == []


def test_without_a_census_nothing_is_said_and_nothing_is_zero(home):
    built(home, {MODELS: [model("m")]})
    assert rows(home, "select count(*) from census") == [(0,)]
    assert open_current(home).rows("census_totals", as_of=at(1)) == []


def test_a_census_that_had_fewer_answers_leaves_nothing_behind_that_looks_like_a_count(home):
    built(home, {COUNTS: counts(1, all=900, licence_mit=90)}, {COUNTS: counts(2, all=910)})
    assert rows(home, "select snapshot_at, value_id from census order by all") == [
        (at(1), "all"),
        (at(1), "mit"),
        (at(2), "all"),
    ]
