"""What becomes of each field of an upstream record on its way into the lake."""

import gzip
import json
from datetime import date, datetime
from typing import Any

import pytest

from tests.conftest import REAL_DATA
from tests.warehouse.steps import MODELS, at, body, reasons, rows, take, take_page
from warehouse.landing.run import Series
from warehouse.settings import Home

DATASETS, SPACES = Series("hub_datasets"), Series("hub_spaces")
CATALOGUE, OPENAI, TASKS, TAGS = (
    Series(name) for name in ("catalogue_models", "openai_models", "hub_tasks", "hub_tags")
)
REAL_CATALOGUE = REAL_DATA / "models_dev_2026-07.json.gz"


def landed(home: Home, record: dict[str, Any], series: Series = MODELS) -> dict[str, Any]:
    """The one row, attributes and counters together, that a record becomes."""
    entry = take(home, [{"_id": "6" * 24, "id": "ann/one"} | record], series=series).listings[0]
    (row,) = rows(home, series=series)
    (metrics,) = rows(home, "metrics", series)
    return row | metrics | {"odd": reasons(entry.odd_values)}


def test_a_full_model_record_keeps_every_field_that_the_lake_has_a_place_for(home):
    row = landed(
        home,
        {
            "createdAt": "2024-05-06T07:08:09.000Z",
            "lastModified": "2024-06-01T00:00:00.000Z",
            "downloads": 257229302,
            "downloadsAllTime": 3400446695,
            "likes": 12,
            "trendingScore": 0.5,
            "gated": "manual",
            "disabled": False,
            "private": False,
            "pipeline_tag": "text-generation",
            "library_name": "transformers",
            "tags": ["transformers", "license:apache-2.0", "base_model:meta/llama", "base_model:finetune:meta/llama"],
            "cardData": {"license": "apache-2.0", "language": ["EN", "zh"], "license_name": "x-licence"},
            "safetensors": {"parameters": {"BF16": 27781427952}, "total": 27781427952},
            "siblings": [{"rfilename": "model.safetensors"}],
        },
    )
    assert row == {
        "snapshot_at": at(1),
        "repository_key": "6" * 24,
        "id": "ann/one",
        "author": "ann",
        "created_at": datetime(2024, 5, 6, 7, 8, 9),
        "licences": ["apache-2.0"],
        "licence_name": "x-licence",
        "tasks": ["text-generation"],
        "library": "transformers",
        "languages": ["en", "zh"],
        "base_relation": "finetune",
        "base_models": ["meta/llama"],
        "parameters": 27781427952,
        "size_bytes": None,
        "gated": "manual",
        "is_disabled": False,
        "has_card": True,
        "sdk": None,
        "linked_models": None,
        "linked_datasets": None,
        "tags": ["base_model:finetune:meta/llama", "base_model:meta/llama", "license:apache-2.0", "transformers"],
        "downloads": 257229302,
        "downloads_all_time": 3400446695,
        "likes": 12,
        "trending_score": 0.5,
        "last_modified_at": datetime(2024, 6, 1),
        "odd": {},
    }


def test_what_a_listing_does_not_say_is_unknown_and_never_zero(home):
    row = landed(home, {})
    assert {name for name, value in row.items() if value is not None} == {
        "snapshot_at",
        "repository_key",
        "id",
        "author",
        "tasks",
        "languages",
        "base_models",
        "odd",
    } - {"languages"}


def test_a_repository_without_an_immutable_key_is_known_by_its_name(home):
    take(home, [{"id": "gpt2", "downloads": 3}])
    (row,) = rows(home)
    assert (row["repository_key"], row["author"]) == ("name:gpt2", None)


@pytest.mark.parametrize(
    ("record", "licences"),
    [
        ({}, None),
        ({"tags": []}, []),
        ({"cardData": {}}, []),
        ({"tags": ["license:mit", "license:apache-2.0", "license:mit"]}, ["apache-2.0", "mit"]),
        ({"tags": ["x"], "cardData": {"license": "MIT"}}, ["mit"]),
        ({"cardData": {"license": ["mit", "cc-by-4.0", None, "mit"]}}, ["cc-by-4.0", "mit"]),
        ({"cardData": {"license": 1.0}}, ["1.0"]),
        ({"cardData": {"license": {"name": "mit"}}}, []),
        ({"cardData": {"license": "[odd"}}, []),
        ({"cardData": {"license": "l" * 10_000}}, ["l" * 200]),
        ({"tags": ["license:mit"], "cardData": {"license": "apache-2.0"}}, ["mit"]),
        ({"tags": ["license:"]}, []),
    ],
)
def test_a_licence_is_what_the_tags_say_else_the_card_else_none_declared_else_unknown(home, record, licences):
    assert landed(home, record)["licences"] == licences


@pytest.mark.parametrize(
    ("record", "relation", "bases"),
    [
        ({"baseModels": {"relation": "adapter", "models": [{"_id": "1", "id": "a/b"}]}}, "adapter", ["a/b"]),
        (
            {"baseModels": [{"relation": "merge", "id": "a/b"}, {"relation": "merge", "id": "c/d"}]},
            "merge",
            ["a/b", "c/d"],
        ),
        ({"baseModels": {"quantized": [{"_id": "1", "id": "a/b"}]}}, "quantized", ["a/b"]),
        ({"baseModels": ["a/b"], "tags": ["base_model:a/b"]}, None, ["a/b"]),
        ({"tags": ["base_model:a/b", "base_model:quantized:a/b"]}, "quantized", ["a/b"]),
        ({"tags": ["base_model:a/b"]}, None, ["a/b"]),
        ({"tags": ["base_model:odd:a/b"]}, None, ["odd:a/b"]),
        ({"baseModels": None, "tags": ["base_model:merge:a/b"]}, "merge", ["a/b"]),
        ({"baseModels": {"relation": "distilled", "models": [{"id": "a/b"}]}}, None, ["a/b"]),
        ({"tags": ["merge"]}, None, []),
    ],
)
def test_a_base_model_is_found_in_each_shape_and_under_each_prefix(home, record, relation, bases):
    row = landed(home, record)
    assert (row["base_relation"], row["base_models"]) == (relation, bases)


@pytest.mark.parametrize(
    ("record", "languages"),
    [
        ({"cardData": {"language": "EN"}}, ["en"]),
        ({"cardData": {"language": ["zh", "en", "zh", None, 3]}}, ["3", "en", "zh"]),
        ({"cardData": {}, "tags": ["ml", "en"]}, []),
        ({"tags": ["ml", "en", "rag", "xx", "transformers"]}, ["en", "ml"]),
    ],
)
def test_a_models_languages_come_from_its_card_and_from_bare_tags_only_without_one(home, record, languages):
    assert landed(home, record)["languages"] == languages


def test_a_dataset_says_its_tasks_languages_and_size_in_its_own_way(home):
    row = landed(
        home,
        {
            "mainSize": 5_000_000_000,
            "tags": ["task_categories:translation", "task_ids:x", "language:fr", "language:de", "en"],
        },
        DATASETS,
    )
    assert (row["tasks"], row["languages"], row["size_bytes"]) == (["translation"], ["de", "fr"], 5_000_000_000)


def test_a_space_says_its_sdk_and_what_it_links_and_has_no_downloads(home):
    row = landed(home, {"sdk": "gradio", "models": ["b/m", "a/m", "b/m"], "datasets": [], "likes": 3}, SPACES)
    assert (row["sdk"], row["linked_models"], row["linked_datasets"], row["downloads"], row["tasks"]) == (
        "gradio",
        ["a/m", "b/m"],
        [],
        None,
        None,
    )


@pytest.mark.parametrize(
    ("field", "value", "column", "kept"),
    [
        ("downloads", -1, "downloads", None),
        ("downloads", 2**32 + 1, "downloads", 2**32 + 1),
        ("downloads", 10**30, "downloads", None),
        ("downloads", "12", "downloads", 12),
        ("likes", "many", "likes", None),
        ("downloadsAllTime", 2**63, "downloads_all_time", None),
        ("trendingScore", "hot", "trending_score", None),
        ("createdAt", "0000-01-01T00:00:00.000Z", "created_at", None),
        ("createdAt", "9999-12-31T23:59:59.000Z", "created_at", None),
        ("createdAt", "yesterday", "created_at", None),
        ("createdAt", 1714979289, "created_at", None),
        ("createdAt", "2024-05-06T09:08:09+02:00", "created_at", datetime(2024, 5, 6, 7, 8, 9)),
        ("lastModified", "2015-12-31T00:00:00.000Z", "last_modified_at", None),
        ("safetensors", {"total": -5}, "parameters", None),
        ("mainSize", "big", "size_bytes", None),
        ("gated", "perhaps", "gated", None),
    ],
)
def test_an_impossible_value_becomes_unknown_and_is_counted(home, field, value, column, kept):
    row = landed(home, {field: value})
    assert row[column] == kept
    assert sum(row["odd"].values()) == (1 if kept is None else 0)


def test_html_stays_text_while_control_characters_and_direction_marks_go(home):
    row = landed(
        home,
        {"id": "ann/<b>on\u202ee</b>", "library_name": "\x07tr\u0085ans", "tags": ["\u200fa\x00b", "<script>", "\t"]},
    )
    assert (row["id"], row["library"], row["tags"]) == ("ann/<b>one</b>", "trans", ["<script>", "ab"])
    assert row["odd"] == {"control characters or direction marks removed": 1}


def test_long_text_is_cut_and_counted(home):
    row = landed(home, {"id": "ann/" + "x" * 400, "tags": ["t" * 101, "u" * 100], "library_name": "l" * 201})
    assert (len(row["id"]), [len(tag) for tag in row["tags"]], len(row["library"])) == (300, [100, 100], 200)
    assert row["odd"] == {"text longer than allowed, cut": 1}


def test_a_base_model_behind_a_long_tag_is_read_whole_and_the_tag_is_kept_short(home):
    base = (
        "some-organisation/a-base-model-with-a-long-but-legal-name-of-the-length-that-merges-have-in-practice-"
        + "0" * 90
    )
    row = landed(home, {"tags": [f"base_model:{base}", f"base_model:finetune:{base}", f"license:{'x' * 150}"]})
    assert (row["base_models"], row["base_relation"], row["licences"]) == ([base], "finetune", ["x" * 150])
    assert {len(tag) for tag in row["tags"]} == {100}


def test_storage_is_the_branch_one_downloads_else_all_that_was_stored(home):
    assert landed(home, {"usedStorage": 60_000_000_000})["size_bytes"] == 60_000_000_000


def test_a_model_with_2074_tags_keeps_them_all_and_one_with_5000_keeps_3000(home):
    take(
        home,
        [
            {"_id": "1", "id": "a", "tags": [f"t{n}" for n in range(2074)]},
            {"_id": "2", "id": "b", "tags": [f"t{n}" for n in range(5000)]},
        ],
    )
    assert [len(row["tags"]) for row in rows(home)] == [2074, 3000]


def test_unknown_fields_are_passed_over(home):
    assert landed(home, {"novelty": {"deep": [1, {"x": None}]}, "xetEnabled": True})["odd"] == {}


def test_a_private_repository_never_reaches_the_lake_nor_the_manifest(home):
    entry = take(home, [{"_id": "1", "id": "me/secret", "private": True}, {"_id": "2", "id": "a"}]).listings[0]
    assert [row["id"] for row in rows(home)] == ["a"]
    assert [(finding.reason, finding.examples) for finding in entry.rejected] == [("private, never kept", ())]


def test_cards_count_as_unknown_when_no_record_of_the_listing_has_one(home):
    take(home, [{"_id": "1", "id": "a", "cardData": {}}, {"_id": "2", "id": "b"}])
    assert [row["has_card"] for row in rows(home)] == [True, False]


def test_ids_that_differ_only_by_case_are_two_repositories(home):
    take(home, [{"id": "Ann/One"}, {"id": "ann/one"}])
    assert [row["repository_key"] for row in rows(home)] == ["name:Ann/One", "name:ann/one"]


@pytest.mark.parametrize(
    "odd",
    [
        b'"\\ud800 lone"',
        b'"\xff\xfe broken"',
        b'"bare\ncontrol"',
        b'"nul\\u0000"',
        b'"ok", "tags": "one string"',
        b'"ok", "tags": {"a": 1}',
        b'"ok", "cardData": "text"',
        b'"ok", "safetensors": 7',
        b'"ok", "downloads": NaN',
        b'"ok", "downloads": 1e999',
        b'"ok", "downloads": ' + b"9" * 6000,
        b'"ok", "likes": 1, "likes": 2',
        b'"ok", "baseModels": ' + b"[" * 900 + b"]" * 900,
        b'"ok", "cardData": {"x": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'"ok", "siblings": "' + b"x" * 17_000_000 + b'", "tags": 3',
    ],
)
def test_an_odd_record_loses_neither_itself_nor_its_page(home, odd):
    entry = take_page(
        home,
        b'[{"_id": "1", "id": "a"}, {"_id": "2", "id": "b", "library_name": ' + odd + b'}, {"_id": "3", "id": "c"}]',
    )
    assert (entry.record_count, entry.row_count, entry.rejected) == (3, 3, ())
    assert [row["id"] for row in rows(home)] == ["a", "b", "c"]


def test_records_that_cannot_be_kept_are_counted_and_shown_with_three_short_examples(home):
    bare = [7, "text", ["list"], True, "z" * 500]
    entry = take(home, [{"_id": "1", "id": "a"}, *bare, {"_id": "2"}, {"id": ""}]).listings[0]
    found = {finding.reason: finding for finding in entry.rejected}
    assert (entry.record_count, entry.row_count) == (8, 1)
    assert {reason: finding.count for reason, finding in found.items()} == {"not an object": 5, "no id": 2}
    assert found["not an object"].examples == ("7", "text", '["list"]')


def test_a_record_too_large_to_read_is_rejected_and_its_page_kept(home):
    giant = b'{"_id": "2", "id": "b", "tags": ["' + b"x" * 34_000_000 + b'"]}'
    entry = take_page(home, b'[{"_id": "1", "id": "a"}, ' + giant + b"]")
    assert (entry.row_count, reasons(entry.rejected)) == (1, {"larger than 8 MB": 1})


@pytest.mark.parametrize(
    ("size", "count", "said"), [(7_000_000, 1, "larger than 1 MB"), (600_000, 60, "larger than 0.1 MB")]
)
def test_records_that_take_the_memory_of_all_others_are_set_aside_and_their_page_kept(home, size, count, said):
    giants = [{"_id": f"g{n}", "id": f"giant-{n}", "tags": ["x" * size]} for n in range(count)]
    entry = take(home, [{"_id": "1", "id": "a"}, *giants]).listings[0]
    assert (entry.row_count, reasons(entry.rejected)) == (1, {said: count})


def test_openai_models_keep_their_shutdown_date_and_private_fine_tunes_stay_out(home):
    models = [
        {"id": "gpt-4", "created": 1687882411, "owned_by": "openai", "object": "model", "shutdown_date": "2026-10-23"},
        {"id": "gpt-5", "created": None, "owned_by": "system", "shutdown_date": None, "novel": 1},
        {"id": "tts", "shutdown_date": "soon", "created": -5},
        {"id": "ft:gpt-4:acme::abc"},
        "text",
    ]
    entry = take_page(home, json.dumps({"object": "list", "data": models}).encode(), OPENAI)
    assert [
        (row["model_id"], row["created_at"], row["owned_by"], row["shutdown_date"]) for row in rows(home, series=OPENAI)
    ] == [
        ("gpt-4", datetime(2023, 6, 27, 16, 13, 31), "openai", date(2026, 10, 23)),
        ("gpt-5", None, "system", None),
        ("tts", None, None, None),
    ]
    assert reasons(entry.rejected) == {"private fine-tune, never kept": 1, "not an object": 1}
    assert "ft:" not in str(entry.rejected)
    assert reasons(entry.odd_values) == {
        "created is no plausible date, dropped": 1,
        "shutdown_date is no plausible date, dropped": 1,
    }


def test_a_catalogue_entry_keeps_dates_prices_limits_weights_and_scores(home):
    offer = {
        "id": "m",
        "name": "M",
        "family": "f",
        "release_date": "2025-04",
        "knowledge": "2024-10",
        "open_weights": True,
        "weights": [
            {"label": "x", "url": "https://example.org/a/b"},
            {"url": "https://huggingface.co/org/M-7B/tree/main"},
        ],
        "modalities": {"input": ["text", "image"], "output": ["text"]},
        "limit": {"context": 128000, "output": 0},
        "cost": {"input": 1.25, "output": -3, "cache_read": 0, "tiers": [{"input": 2}]},
        "benchmarks": [{"name": "SWE-Bench", "score": 41.5, "source": "https://example.org"}],
        "status": "beta",
    }
    page = {
        "acme": {"id": "acme", "name": "Acme", "models": {"m": offer, "n": {"release_date": "2023"}}},
        "odd": {"models": 3},
    }
    entry = take_page(home, json.dumps(page).encode(), CATALOGUE)
    first, second = rows(home, series=CATALOGUE)
    assert json.loads(first.pop("benchmarks")) == offer["benchmarks"]
    assert first == {
        "snapshot_at": at(1),
        "entry_key": "acme/m",
        "provider_id": "acme",
        "provider_name": "Acme",
        "model_id": "m",
        "name": "M",
        "family": "f",
        "release_date": date(2025, 4, 1),
        "release_precision": "month",
        "knowledge": "2024-10",
        "is_open_weights": True,
        "weights_id": "org/M-7B",
        "input_modalities": ["image", "text"],
        "output_modalities": ["text"],
        "context_tokens": 128000,
        "output_tokens": None,
        "input_usd_per_mtok": 1.25,
        "output_usd_per_mtok": None,
        "cache_read_usd_per_mtok": 0.0,
        "status": "beta",
    }
    assert (second["release_date"], second["release_precision"], second["input_usd_per_mtok"]) == (
        date(2023, 1, 1),
        "year",
        None,
    )
    assert reasons(entry.odd_values) == {"output price is no price, dropped": 1}
    assert reasons(entry.rejected) == {"no id": 1}


@pytest.mark.skipif(not REAL_CATALOGUE.exists(), reason="the real listing is not at hand")
def test_all_51_openai_models_of_the_real_catalogue_have_their_dates_and_prices(home):
    published = gzip.decompress(REAL_CATALOGUE.read_bytes())
    entry = take_page(home, published, CATALOGUE)
    offers = json.loads(published)["openai"]["models"]
    kept = {row["model_id"]: row for row in rows(home, series=CATALOGUE) if row["provider_id"] == "openai"}
    assert (entry.row_count, entry.rejected, entry.odd_values, len(kept)) == (535, (), (), 51)
    assert {name: row["release_date"].isoformat() for name, row in kept.items()} == {
        name: offer["release_date"] for name, offer in offers.items()
    }
    assert {name: row["input_usd_per_mtok"] for name, row in kept.items()} == {
        name: offer.get("cost", {}).get("input") for name, offer in offers.items()
    }


def test_tasks_and_tags_keep_their_labels_and_a_tag_knows_its_kind_from_the_address(home):
    take_page(home, b'{"translation": {"id": "translation", "label": "Translation"}, "odd": 3}', TASKS)
    assert [(row["task_id"], row["label"]) for row in rows(home, series=TASKS)] == [("translation", "Translation")]


def test_a_tag_knows_its_kind_from_the_address_it_came_from(tmp_path):
    models = b'{"pipeline_tag": [{"id": "translation", "label": "Translation", "subType": "nlp"}], "odd": 3}'
    datasets = b'{"license": [{"id": "license:mit", "label": "mit"}, {"label": "nameless"}]}'
    for place, page, url in (
        (tmp_path / "a", models, "/api/models-tags-by-type"),
        (tmp_path / "b", datasets, "/api/datasets-tags-by-type"),
    ):
        take_page(Home(place), page, TAGS, url)
    (model_tag,), (dataset_tag,) = rows(Home(tmp_path / "a"), series=TAGS), rows(Home(tmp_path / "b"), series=TAGS)
    assert (model_tag["tag_key"], model_tag["sub_type"]) == ("model/pipeline_tag/translation", "nlp")
    assert (dataset_tag["tag_key"], dataset_tag["label"]) == ("dataset/license/license:mit", "mit")


def test_two_thousand_records_of_one_page_keep_the_order_and_the_last_of_a_repeat_counts(home):
    records = [{"_id": str(n % 1990), "id": f"a/{n % 1990}", "downloads": n} for n in range(2000)]
    entry = take_page(home, body(records))
    assert (entry.record_count, entry.row_count, entry.duplicate_count) == (2000, 1990, 10)
    assert {row["repository_key"]: row["downloads"] for row in rows(home, "metrics")} == {
        str(n % 1990): n for n in range(2000)
    }
