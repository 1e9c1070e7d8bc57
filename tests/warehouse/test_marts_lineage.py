"""Bases, derivatives and families."""

import pytest

from tests.warehouse.marts import MODELS, built, model, rows, values
from tests.warehouse.steps import MODELS as FULL

BASE = {"id": "google-bert/bert-base", "createdAt": "2025-01-01T00:00:00.000Z"}


def derivative(key, day, base="google-bert/bert-base", relation="finetune", **fields):
    return model(
        key,
        2,
        createdAt=f"{day}T00:00:00.000Z",
        baseModels={"relation": relation, "models": [{"_id": "b", "id": base}]},
        **fields,
    )


def test_days_to_the_first_derivative_by_relation(home):
    built(
        home,
        {
            MODELS: [
                model("b", **BASE),
                derivative("f1", "2025-01-11"),
                derivative("f2", "2025-01-31"),
                derivative("q", "2025-01-03", relation="quantized"),
            ]
        },
    )
    assert rows(
        home,
        """
        select base_id, family_id, relation, derivative_count, derivative_downloads_30d, days_to_first_derivative
        from lineage_bases order by relation
    """,
    ) == [
        ("google-bert/bert-base", "bert", "finetune", 2, 4, 10.0),
        ("google-bert/bert-base", "bert", "quantized", 1, 2, 2.0),
    ]
    assert rows(
        home, "select base_created_quarter::varchar, base_count, median_days_to_first_derivative from lineage_speed"
    ) == [("2025-01-01", 1, 2.0)]


@pytest.mark.parametrize(
    ("base_created_at", "derivative_day"),
    [("2022-03-02T23:29:04.000Z", "2025-01-11"), ("2025-01-01T00:00:00.000Z", "2024-12-01")],
    ids=["base older than the Hub's dates", "derivative older than its base"],
)
def test_a_wait_that_cannot_be_known_is_not_given(home, base_created_at, derivative_day):
    built(home, {MODELS: [model("b", **BASE | {"createdAt": base_created_at}), derivative("f", derivative_day)]})
    assert values(home, "select days_to_first_derivative from lineage_bases") == [None]
    assert values(home, "select coalesce(sum(base_count), 0)::int from lineage_speed") == [0]


def test_a_base_that_is_not_listed_still_has_its_derivatives(home):
    built(home, {MODELS: [derivative("f", "2025-01-11", base="gone/llama")]})
    assert rows(
        home, "select base_id, derivative_count, base_created_at, days_to_first_derivative from lineage_bases"
    ) == [("gone/llama", 1, None, None)]


def test_a_merge_is_an_edge_to_each_base_and_one_model_of_its_first_family(home):
    merge = model(
        "m",
        5,
        baseModels={"relation": "merge", "models": [{"_id": "1", "id": "x/thing"}, {"_id": "2", "id": "y/qwen-7b"}]},
    )
    built(home, {MODELS: [merge]})
    assert rows(home, "select base_id, relation from lineage_bases order by base_id") == [
        ("x/thing", "merge"),
        ("y/qwen-7b", "merge"),
    ]
    assert rows(home, "select family_id, derivative_count, downloads_30d from lineage_families") == [("qwen", 1, 5)]


def test_a_base_without_a_relation_is_unstated(home):
    built(home, {MODELS: [model("m", tags=["base_model:x/llama-2"])]})
    assert rows(home, "select base_id, relation, family_id from lineage_bases") == [("x/llama-2", "unstated", "llama")]


def test_a_derivative_belongs_to_its_base_whatever_its_own_name(home):
    built(
        home,
        {
            MODELS: [
                derivative("f", "2025-01-11", id="me/my-qwen-killer"),
                model("o", id="me/Qwen3-8B"),
                model("p", id="me/thing"),
            ]
        },
    )
    assert dict(rows(home, "select id, family_id from repositories")) == {
        "me/my-qwen-killer": "bert",
        "me/Qwen3-8B": "qwen",
        "me/thing": None,
    }
    assert dict(rows(home, "select family_id, repository_count from family_use")) == {"bert": 1, "qwen": 1, "other": 1}


def test_a_model_that_names_itself_as_base_has_no_derivative(home):
    built(home, {FULL: [derivative("f", "2025-01-11", id="a/x", base="a/x")]})
    assert rows(home, "select * from lineage_bases") == []


def test_every_base_and_link_is_counted_in_its_family_however_many_bases_there_are(home):
    made = [derivative(f"d{number}", "2025-01-11", base=f"x/bert-{number}") for number in range(302)]
    built(
        home,
        {
            MODELS: [
                model("b", id="x/bert-0", createdAt="2025-01-01T00:00:00.000Z"),
                *made,
                derivative("e", "2025-02-01", "x/bert-0"),
            ]
        },
    )
    found = rows(
        home, "select family_id, base_count, link_count, finetune_link_count, timed_base_count from family_bases"
    )
    assert found == [("bert", 302, 303, 303, 1)]
    assert values(home, "select median_days_to_first_derivative from family_bases") == [10.0]
