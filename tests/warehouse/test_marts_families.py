"""What marts make of model families: what they declare, and when a repository changed its licence."""

import pytest

from tests.warehouse.marts import MODELS, built, model, rows


def _licensed(key: str, licence: str | None, **fields):
    return model(key, id=f"a/{key}-bert", tags=[f"license:{licence}"] if licence else [], **fields)


def test_a_family_is_counted_by_licence_with_what_its_models_declare(home):
    built(
        home,
        {
            MODELS: [
                _licensed("old", "mit", createdAt="2022-03-02T23:29:04.000Z", cardData={}, gated=False, downloads=5),
                _licensed("new", "mit", createdAt="2025-06-15T10:00:00.000Z", gated="manual", downloads=2),
                _licensed("bare", None, pipeline_tag="fill-mask"),
                model("else"),
            ]
        },
    )
    assert rows(
        home,
        "select licence_id, repository_count, downloads_30d, task_declared_count, card_count, card_known_count, gated_count,"
        " gate_known_count, on_or_before_count, year(first_created_at), year(last_created_at)"
        " from family_licences where family_id = 'bert' order by licence_id",
    ) == [
        ("mit", 2, 7, 0, 1, 2, 1, 2, 1, 2022, 2025),
        ("undeclared", 1, 0, 1, 0, 1, 0, 0, 0, 2025, 2025),
    ]


def test_a_listing_that_tells_of_no_card_leaves_cards_unknown(home):
    built(home, {MODELS: [_licensed("one", "mit"), _licensed("two", "mit")]})
    assert rows(home, "select card_count, card_known_count from family_licences") == [(0, 0)]


def test_a_changed_licence_is_dated_by_the_snapshot_that_first_shows_it(home):
    built(
        home,
        {MODELS: [_licensed("one", "mit"), _licensed("two", None)]},
        {MODELS: [_licensed("one", "mit", downloads=3), _licensed("two", "apache-2.0")]},
        {MODELS: [_licensed("one", "cc-by-nc-4.0"), _licensed("two", "apache-2.0")]},
    )
    assert rows(
        home,
        "select day(snapshot_at), repository_key, family_id, previous_licence_id, licence_id from licence_changes order by 1",
    ) == [(2, "two", "bert", "undeclared", "apache-2.0"), (3, "one", "bert", "mit", "cc-by-nc-4.0")]


@pytest.mark.parametrize("between", [[], [_licensed("one", "mit")]])
def test_who_was_away_when_the_licence_changed_is_no_change(home, between):
    stays = [model(f"s{number}") for number in range(4)]
    built(
        home,
        {MODELS: [*stays, _licensed("one", "mit")]},
        {MODELS: [*stays, *between]},
        {MODELS: [*stays, _licensed("one", "gpl-3.0")]},
    )
    assert len(rows(home, "from licence_changes")) == len(between)


def test_each_model_stands_once_beside_its_library_and_task(home):
    built(
        home,
        {
            MODELS: [
                model("a", library_name="transformers", pipeline_tag="translation"),
                model("b", library_name="transformers"),
                model("c"),
            ]
        },
    )
    assert rows(home, "select library_id, task_id, repository_count from library_tasks order by all") == [
        ("transformers", "translation", 1),
        ("transformers", "undeclared", 1),
        ("undeclared", "undeclared", 1),
    ]


def test_a_listing_without_licences_says_nothing_of_a_change(home):
    silent = model("one", id="a/one-bert", tags=None)
    built(home, {MODELS: [_licensed("one", "mit")]}, {MODELS: [silent]}, {MODELS: [_licensed("one", "gpl-3.0")]})
    assert rows(home, "from licence_changes") == []
