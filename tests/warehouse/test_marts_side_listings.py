"""What marts make of OpenAI's listing and the models.dev catalogue."""

import json
from copy import deepcopy

from tests.warehouse.marts import CATALOGUE, OPENAI, built, openai_list, rows, take_run, values
from tests.warehouse.steps import at, open_landing
from warehouse.lake.lake import Lake
from warehouse.marts.build import build

GPT = {
    "id": "gpt-5",
    "name": "GPT-5",
    "release_date": "2025-08-07",
    "open_weights": False,
    "limit": {"context": 400_000, "output": 128_000},
    "modalities": {"input": ["text", "image"], "output": ["text"]},
    "cost": {"input": 1.25, "output": 10, "cache_read": 0.125},
    "benchmarks": [
        {"name": "SWE-Bench Verified", "score": 74.9, "metric": "resolved", "source": "https://openai.com/x"}
    ],
}


def catalogue(*models):
    return {"openai": {"id": "openai", "name": "OpenAI", "models": {entry["id"]: entry for entry in models}}}


def with_price(usd):
    entry = deepcopy(GPT)
    entry["cost"]["input"] = usd
    return entry


def test_arrivals_removals_returns_and_shutdowns_are_events_and_the_first_list_is_none(home):
    built(
        home,
        {OPENAI: openai_list("gpt-4", "o3")},
        {OPENAI: openai_list("gpt-4", "o3", "gpt-5", o3="2026-12-11")},
        {OPENAI: openai_list("gpt-4", "gpt-5")},
        {OPENAI: openai_list("gpt-4", "gpt-5", "o3", gpt_4="2027-01-01")},
    )
    assert rows(
        home, "select event_at::date::varchar, model_id, event from openai_events order by event_at, model_id"
    ) == [
        ("2026-03-02", "gpt-5", "arrived"),
        ("2026-03-02", "o3", "shutdown_announced"),
        ("2026-03-03", "o3", "removed"),
        ("2026-03-04", "gpt-4", "shutdown_announced"),
        ("2026-03-04", "o3", "returned"),
    ]
    assert rows(home, "select model_count from openai_listing order by snapshot_at") == [(2,), (3,), (2,), (3,)]


def test_a_model_is_removed_at_the_first_good_list_without_it(home):
    take_run(home, 1, {OPENAI: openai_list("gpt-4", "o3")})
    failed = open_landing(home, 2)
    failed.mark(OPENAI, status="failed", reason="HTTP 500")
    failed.series(CATALOGUE).add_page(json.dumps(catalogue(GPT)).encode(), url="http://127.0.0.1:1", next_url=None)
    Lake(home).commit(failed.finish(), finished_at=at(2, 13))
    take_run(home, 3, {OPENAI: openai_list("gpt-4")})
    build(home)
    assert rows(
        home,
        """
        select model_id, family_id, last_seen_at::date::varchar, removed_at::date::varchar, is_listed, snapshot_count
        from openai_models order by model_id
    """,
    ) == [("gpt-4", "gpt-4", "2026-03-03", None, True, 2), ("o3", "o-series", "2026-03-01", "2026-03-03", False, 1)]
    assert rows(home, "select status, reason from run_log where status != 'ok'") == [("failed", "HTTP 500")]


def test_a_price_is_a_step_until_the_next_and_an_unchanged_one_goes_on(home):
    built(home, *({CATALOGUE: catalogue(with_price(usd))} for usd in (1.25, 1.25, 2.5)))
    assert rows(
        home,
        """
        select model_id, valid_from::date::varchar, valid_to::date::varchar, input_usd_per_mtok, context_tokens
        from price_steps order by valid_from
    """,
    ) == [("gpt-5", "2026-03-01", "2026-03-03", 1.25, 400_000), ("gpt-5", "2026-03-03", None, 2.5, 400_000)]


def test_a_step_ends_when_the_offer_is_gone_and_begins_anew_when_it_returns(home):
    other = with_price(9) | {"id": "gpt-9"}
    built(home, {CATALOGUE: catalogue(GPT, other)}, {CATALOGUE: catalogue(other)}, {CATALOGUE: catalogue(GPT, other)})
    assert rows(
        home,
        """
        select valid_from::date::varchar, valid_to::date::varchar from price_steps where model_id = 'gpt-5' order by all
    """,
    ) == [("2026-03-01", "2026-03-02"), ("2026-03-03", None)]
    assert rows(home, "select model_id, first_seen_at::date::varchar from catalogue order by all") == [
        ("gpt-5", "2026-03-01"),
        ("gpt-9", "2026-03-01"),
    ]


def test_scores_are_quoted_with_their_source(home):
    built(home, {CATALOGUE: catalogue(GPT)})
    assert rows(home, "select model_id, benchmark, metric, score, source from benchmark_scores") == [
        ("gpt-5", "SWE-Bench Verified", "resolved", 74.9, "https://openai.com/x")
    ]


def test_a_model_serves_the_tasks_that_its_modalities_allow(home):
    embedding = GPT | {"id": "text-embedding-3-small", "modalities": {"input": ["text"], "output": ["text"]}}
    built(home, {CATALOGUE: catalogue(GPT, embedding)})
    served = dict(
        rows(home, "select task_id, list_sort(list(model_id))::varchar from openai_task_coverage group by all")
    )
    assert served["text-generation"] == served["visual-question-answering"] == "[gpt-5]"
    assert served["sentence-similarity"] == "[text-embedding-3-small]"
    assert "text-to-image" not in served


def test_releases_known_to_the_year_only_are_not_put_in_january(home):
    built(home, {CATALOGUE: catalogue(GPT, GPT | {"id": "vague", "release_date": "2025"})})
    assert rows(home, "select release_month::varchar, model_count from catalogue_releases") == [("2025-08-01", 1)]
    assert values(home, "select count(*) from catalogue") == [2]


def test_where_nobody_has_a_key_the_catalogue_tells_of_openais_models_and_documents_of_their_end(home):
    def told(model_id, released):
        return GPT | {"id": model_id, "release_date": released}

    built(
        home,
        {
            CATALOGUE: catalogue(
                told("gpt-4", "2023-11-06"), told("text-davinci-003", "2022-12-01"), told("odd", "2025-01-01")
            )
        },
        {CATALOGUE: catalogue(told("gpt-4", "2023-11-06"), told("text-davinci-003", "2022-12-01"))},
    )
    assert rows(
        home,
        """
        select model_id, family_id, created_at::date::varchar, removed_at::date::varchar
        from openai_offers where listing = 'catalogue_models' order by model_id
    """,
    ) == [
        ("gpt-4", "gpt-4", "2023-03-14", "2026-10-23"),
        ("odd", None, "2025-01-01", "2026-03-02"),
        ("text-davinci-003", "gpt-3", "2022-11-28", "2024-01-04"),
    ]
