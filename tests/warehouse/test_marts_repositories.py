"""What marts make of repositories: populations, growth, licences, tasks, downloads, and what they refuse to claim."""

import pytest

from tests.warehouse.marts import DATASETS, MODELS, SPACES, TOP, built, model, rows, space, take_run, values
from warehouse.landing.run import Series
from warehouse.marts.build import build


def test_an_unknown_counter_is_no_zero(home):
    built(home, {MODELS: [model("known", 4), model("unknown", None), model("none", 0)]})
    assert rows(home, "select downloads_known_count, downloads_positive_count, downloads_30d from population") == [
        (2, 1, 4)
    ]
    assert rows(home, "select repository_count, zero_count from concentration where measure = 'downloads_30d'") == [
        (2, 1)
    ]


def test_a_sum_of_nothing_known_is_unknown(home):
    built(home, {SPACES: [space("s", 3)]})
    assert rows(home, "select downloads_30d, downloads_all_time, likes from population") == [(None, None, 3)]


def test_a_population_counts_what_is_declared(home):
    built(
        home,
        {
            MODELS: [
                model("plain"),
                model(
                    "gated",
                    gated="auto",
                    cardData={"license": "mit"},
                    pipeline_tag="fill-mask",
                    library_name="peft",
                    safetensors={"total": 7},
                ),
            ]
        },
    )
    assert rows(
        home,
        """
        select repository_count, author_count, licence_declared_count, task_declared_count, library_declared_count,
            parameters_declared_count, gated_count, card_count, created_known_count
        from population
    """,
    ) == [(2, 1, 1, 1, 1, 1, 1, 1, 2)]


@pytest.mark.parametrize(
    ("fields", "licence", "licence_class"),
    [
        ({"tags": ["license:apache-2.0"]}, "apache-2.0", "permissive"),
        ({"tags": ["license:gpl-3.0"]}, "gpl-3.0", "copyleft"),
        ({"tags": ["license:openrail"]}, "openrail", "rail"),
        ({"tags": ["license:llama3"]}, "llama3", "community"),
        ({"tags": ["license:cc-by-nc-4.0"]}, "cc-by-nc-4.0", "noncommercial"),
        ({"tags": ["license:cc-by-nd-4.0"]}, "cc-by-nd-4.0", "restricted"),
        ({"tags": ["license:other"]}, "other", "other"),
        ({"tags": ["license:unknown"]}, "unknown", "other"),
        ({"tags": ["license:my-own"]}, "my-own", "other"),
        ({"tags": []}, "undeclared", "undeclared"),
        ({"tags": None}, "unknown-to-listing", "unknown"),
        ({"tags": ["license:mit", "license:apache-2.0"]}, "multiple", "permissive"),
        ({"tags": ["license:mit", "license:gpl-3.0"]}, "multiple", "other"),
    ],
)
def test_a_licence_has_its_class_and_saying_nothing_is_not_saying_other(home, fields, licence, licence_class):
    built(home, {MODELS: [model("m", 3, **fields)]})
    assert rows(home, "select licence_id, licence_class, repository_count, downloads_30d from licence_mix") == [
        (licence, licence_class, 1, 3)
    ]


@pytest.mark.parametrize(
    ("created_at", "is_on_or_before"),
    [
        ("2022-03-02T23:28:59.000Z", False),
        ("2022-03-02T23:29:04.000Z", True),
        ("2022-03-02T23:29:59.000Z", True),
        ("2022-03-02T23:30:00.000Z", False),
    ],
)
def test_the_minute_of_the_backfill_means_on_or_before(home, created_at, is_on_or_before):
    built(home, {MODELS: [model("m", createdAt=created_at)]})
    assert rows(home, "select created_month::varchar, is_on_or_before, survivor_count from growth") == [
        ("2022-03-01", is_on_or_before, 1)
    ]


def test_what_left_a_whole_listing_is_removed_until_it_returns(home):
    kept = [model(f"k{number}", createdAt="2025-01-01T00:00:00.000Z") for number in range(3)]
    lost = model("lost", createdAt="2025-02-01T00:00:00.000Z")
    built(home, {MODELS: [*kept, lost]}, {MODELS: kept}, {MODELS: [*kept, lost]})
    assert rows(
        home,
        """
        select survivor_count, removed_count from growth where created_month = '2025-02-01' order by snapshot_at
    """,
    ) == [(1, 0), (0, 1), (1, 0)]
    assert values(home, "select removed_count from snapshots order by snapshot_at") == [0, 1, 0]
    assert values(home, "select first_seen_at::date::varchar from repositories where id = 'a/lost'") == ["2026-03-01"]


def test_leaving_a_top_list_is_no_removal(home):
    built(home, {TOP: [model("a", 3), model("b", 2)]}, {TOP: [model("a", 3), model("c", 2)]})
    assert set(values(home, "select removed_count from growth")) == {None}
    assert values(home, "select removed_count from snapshots") == [None, None]
    assert rows(home, "select left_count, repository_count from snapshots order by snapshot_at desc limit 1") == [
        (1, 2)
    ]


def test_a_repository_is_shown_once_as_the_newest_listing_that_shows_it_saw_it(home):
    built(
        home,
        {MODELS: [model("a", 1), model("gone", 1)]},
        {TOP: [model("a", 2)], MODELS: [model("a", 2)]},
        {TOP: [model("a", 3), model("new", 9)]},
    )
    assert rows(home, "select id, downloads, coverage from repositories order by id") == [
        ("a/a", 3, "top"),
        ("a/new", 9, "top"),
    ]


def test_leaving_the_top_list_does_not_unlist_what_the_whole_listing_showed(home):
    built(home, {MODELS: [model("a", 1), model("b", 5)], TOP: [model("b", 5)]}, {TOP: [model("a", 6)]})
    assert rows(home, "select id, downloads, coverage from repositories order by id") == [
        ("a/a", 6, "top"),
        ("a/b", 5, "full"),
    ]


def test_first_seen_is_the_first_sighting_by_any_listing_of_the_kind(home):
    newest = Series("hub_models", "newest", 2)
    built(home, {newest: [model("a")], TOP: [model("b")]}, {newest: [model("b")], TOP: [model("a")]})
    assert set(values(home, "select first_seen_at::date::varchar from repositories")) == {"2026-03-01"}


def test_a_renamed_repository_stays_one_repository(home):
    built(home, {MODELS: [model("m", 1, id="bert")]}, {MODELS: [model("m", 3, id="google/bert")]})
    assert rows(home, "select id, first_seen_at < snapshot_at as is_older from repositories") == [("google/bert", True)]
    assert rows(home, "select id, downloads_30d_change from movers") == [("google/bert", 2)]


def test_ids_that_differ_by_case_are_two(home):
    built(home, {MODELS: [model("1", id="a/Model"), model("2", id="a/model")]})
    assert values(home, "select count(*) from repositories") == [2]


def test_movers_are_compared_over_the_days_that_passed(home):
    take_run(
        home,
        1,
        {MODELS: [model("up", 10), model("down", 10), model("same", 10), model("left", 10), model("unknown", None)]},
    )
    take_run(
        home, 5, {MODELS: [model("up", 30), model("down", 4), model("same", 10), model("new", 99), model("unknown", 7)]}
    )
    build(home)
    assert rows(
        home,
        """
        select direction, rank, id, previous_downloads_30d, downloads_30d_change, elapsed_days, downloads_per_day
        from movers order by direction
    """,
    ) == [("down", 1, "a/down", 10, -6, 4.0, -15.0), ("up", 1, "a/up", 10, 20, 4.0, 50.0)]


def test_what_was_away_for_a_snapshot_has_nothing_to_be_compared_with(home):
    built(
        home,
        {MODELS: [model("a", 1), model("b", 1)]},
        {MODELS: [model("a", 1)]},
        {MODELS: [model("a", 1), model("b", 9)]},
    )
    assert rows(home, "select id from movers") == []


def test_an_unchanged_counter_is_the_value_before_of_the_next_change(home):
    built(home, *[{MODELS: [model("a", downloads)]} for downloads in (1, 1, 1, 8)])
    assert rows(home, "select previous_downloads_30d, downloads_30d from movers") == [(1, 8)]


def test_spaces_move_and_lead_by_likes(home):
    built(home, {SPACES: [space("s", 1), space("t", 9)]}, {SPACES: [space("s", 5), space("t", 9)]})
    assert rows(home, "select id, likes_change, downloads_30d_change, downloads_per_day from movers") == [
        ("a/s", 4, None, None)
    ]
    assert values(
        home, "select id from downloads_top where snapshot_at = (select max(snapshot_at) from snapshots) order by rank"
    ) == ["a/t", "a/s"]


def test_a_space_serves_the_tasks_of_the_models_it_links(home):
    models = [model("m", pipeline_tag="fill-mask"), model("n", pipeline_tag="translation"), model("quiet")]
    spaces = [
        space("two", 1, models=["a/m", "a/n", "a/m"]),
        space("none", 1, models=["a/quiet"]),
        space("far", 1, models=["b/x"]),
    ]
    built(home, {MODELS: models, SPACES: spaces})
    assert rows(
        home, "select task_id, modality, repository_count from task_coverage where kind = 'space' order by task_id"
    ) == [("fill-mask", "nlp", 1), ("translation", "nlp", 1), ("undeclared", None, 2)]


def test_a_dataset_of_several_tasks_counts_in_each(home):
    built(
        home,
        {
            DATASETS: [
                model(
                    "d",
                    4,
                    tags=["task_categories:translation", "task_categories:robotics", "language:en", "language:zh"],
                )
            ]
        },
    )
    assert rows(home, "select task_id, repository_count, downloads_30d from task_coverage order by task_id") == [
        ("robotics", 1, 4),
        ("translation", 1, 4),
    ]
    assert values(home, "select language_id from language_coverage order by all") == ["en", "zh"]


def test_gini_hhi_and_tops_of_values_worked_out_by_hand(home):
    built(home, {MODELS: [model(f"m{number}", value) for number, value in enumerate((0, 1, 3, 6))]})
    # Ranks 1 to 4: 2 * (1*0 + 2*1 + 3*3 + 4*6) / (4 * 10) - 5/4 = 0.5; (0.01 + 0.09 + 0.36) = 0.46; one of four holds 0.6.
    (found,) = rows(
        home, "select gini, hhi, top_1pct_share, top_50_share, total from concentration where measure = 'downloads_30d'"
    )
    assert found == pytest.approx((0.5, 0.46, 0.6, 1.0, 10))
    curve = dict(rows(home, "select repository_share, value_share from lorenz where measure = 'downloads_30d'"))
    assert [curve[share] for share in (0, 0.25, 0.5, 0.75, 1)] == pytest.approx([0, 0, 0.1, 0.4, 1])
    assert len(curve) == 101


def test_equal_values_are_spread_evenly_and_nothing_at_all_is_not_spread(home):
    built(home, {MODELS: [model(f"m{number}", 5, likes=0) for number in range(7)]})
    assert rows(home, "select gini, top_1pct_share from concentration where measure = 'downloads_30d'")[
        0
    ] == pytest.approx((0, 1 / 7))
    assert rows(home, "select gini, hhi, total from concentration where measure = 'likes'") == [(None, None, 0)]
    assert values(home, "select count(*) from lorenz where measure = 'likes'") == [0]


def test_a_pause_in_collection_is_marked(home):
    for day in (1, 2, 3, 9, 10):
        take_run(home, day, {MODELS: [model("m", day)]})
    build(home)
    assert rows(home, "select elapsed_days from snapshots where is_after_gap") == [(6.0,)]


def test_tops_keep_their_order_among_equals(home):
    built(home, {MODELS: [model(f"m{number:03}", 5) for number in range(205)]})
    assert rows(home, "select count(*), min(repository_key), max(repository_key) from downloads_top") == [
        (200, "m000", "m199")
    ]


def test_sizes_have_classes_and_percentiles_of_those_that_state_them(home):
    sizes = [50_000_000, 7_000_000_000, 70_000_000_000, None]
    built(
        home,
        {
            MODELS: [
                model(f"m{n}", 1, safetensors=None if size is None else {"total": size}) for n, size in enumerate(sizes)
            ]
        },
    )
    assert dict(rows(home, "select size_class, repository_count from model_sizes")) == {
        "<0.1B": 1,
        "3-8B": 1,
        "40-100B": 1,
        "undeclared": 1,
    }
    assert rows(home, "select created_year, repository_count, p50 from size_percentiles") == [(2025, 3, 7e9)]


def test_more_parameters_than_the_files_could_hold_are_stated_and_believed_by_nobody(home):
    stated = {
        "joke": (19_980_000_000_000_000, None),
        "small": (1_000_000_000_000, 60_000_000),
        "large": (2_780_000_000_000, 1_500_000_000_000),
        "plain": (7_000_000_000, None),
        "empty": (1_000, 0),
    }
    models = [
        model(name, safetensors={"total": total}, usedStorage=size, createdAt="2025-06-15T10:00:00.000Z")
        for name, (total, size) in stated.items()
    ]
    built(home, {MODELS: models}, {MODELS: [*models, model("new")]})
    assert rows(home, "select repository_key, parameters, stated_parameters from repositories order by all") == [
        ("empty", 1_000, 1_000),
        ("joke", None, 19_980_000_000_000_000),
        ("large", 2_780_000_000_000, 2_780_000_000_000),
        ("new", None, None),
        ("plain", 7_000_000_000, 7_000_000_000),
        ("small", None, 1_000_000_000_000),
    ]
    assert set(rows(home, "select largest, repository_count from size_by_month")) == {(2_780_000_000_000, 3)}
    kept_out = (
        "select id from listed_repositories where stated_parameters is not null and parameters is null order by id"
    )
    assert rows(home, kept_out) == [("a/joke",), ("a/small",)]
