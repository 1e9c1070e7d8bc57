"""OpenAI's models as documents tell of them: dates, prices, families and endpoints, each with its source."""

import gzip
import json
from datetime import date

import duckdb
import pytest

from tests.conftest import REAL_DATA
from warehouse.marts.inputs import create_family_macros
from warehouse.marts.reference import rows as table

BASES = {"announced", "identifier", "catalogue", "listing", "seen"}
NEVER_OFFERED = {"test-run"}


@pytest.fixture(scope="module")
def family_of():
    with duckdb.connect() as connection:
        create_family_macros(connection)
        yield lambda name: connection.execute("select openai_family_of($name)", {"name": name}).fetchone()[0]


def test_every_model_has_the_family_that_a_person_gave_it(family_of):
    assert {row["model_id"]: family_of(row["model_id"]) or "" for row in table("openai_releases")} == {
        row["model_id"]: row["family_id"] for row in table("openai_releases")
    }


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("openai/gpt-4o", "gpt-4o"),
        ("OpenAI/GPT-4o", "gpt-4o"),
        ("ada-code-search-text", "embedding"),
        ("babbage-search-document", "embedding"),
        ("curie-similarity", "embedding"),
        ("davinci-instruct-beta", "gpt-3"),
        ("gpt-oss-120b", "gpt-oss"),
        ("nousresearch/hermes-4-405b", None),
        ("deepseek/deepseek-r1", None),
        ("someone/gpt-4o-search-preview", None),
        ("my-embedding-model", None),
        ("test-run", None),
    ],
)
def test_only_the_maker_s_own_prefix_is_looked_past(family_of, name, family):
    assert family_of(name) == family


def test_each_date_and_price_says_what_it_rests_on():
    for row in table("openai_releases"):
        assert bool(row["released_date"]) == bool(row["released_source"]) == (row["released_basis"] in BASES), row
        assert bool(row["shutdown_date"]) == bool(row["shutdown_source"]), row
        assert bool(row["price_date"]) == bool(row["price_source"]) == bool(row["input_usd_per_mtok"]), row
        dates = [row[name] for name in ("released_date", "announced_date", "shutdown_date") if row[name]]
        assert [date.fromisoformat(found) for found in dates] == sorted(map(date.fromisoformat, dates)), row


def test_a_model_is_told_of_once_and_most_are_dated():
    rows = table("openai_releases")
    assert len({row["model_id"] for row in rows}) == len(rows) >= 200
    assert sum(bool(row["released_date"]) for row in rows) / len(rows) > 0.9
    assert min(row["released_date"] for row in rows if row["released_date"]) < "2021"


def test_each_family_answers_at_endpoints_that_are_named():
    endpoints = table("openai_endpoints")
    places = {row["endpoint"]: row["place"] for row in endpoints}
    assert {(row["endpoint"], row["place"]) for row in endpoints} == set(places.items())
    # Weights that anybody runs have no endpoint of OpenAI's.
    families = {row["family_id"] for row in table("openai_families")} - {"gpt-oss"}
    assert {row["family_id"] for row in endpoints} == families
    assert all(row["source_url"].startswith("https://") for row in endpoints)


@pytest.mark.parametrize(
    ("model", "endpoints"),
    [
        ("gpt-4o", {"/v1/responses", "/v1/chat/completions"}),
        ("o3-mini", {"/v1/responses", "/v1/chat/completions"}),
        ("gpt-4o-audio-preview", {"/v1/chat/completions"}),
        ("gpt-audio", {"/v1/chat/completions"}),
        ("gpt-4o-search-preview", {"/v1/chat/completions"}),
        ("gpt-3.5-turbo-instruct", {"/v1/completions"}),
        ("computer-use-preview", {"/v1/responses"}),
        ("gpt-4o-realtime-preview", {"/v1/realtime"}),
        ("text-search-ada-doc-001", {"/v1/embeddings"}),
    ],
)
def test_a_model_answers_where_its_documentation_says(family_of, model, endpoints):
    family = family_of(model)
    assert {row["endpoint"] for row in table("openai_endpoints") if row["family_id"] == family} == endpoints


@pytest.mark.skipif(not REAL_DATA.is_dir(), reason=f"no real listings in {REAL_DATA} (HUBSCOPE_REAL_DATA)")
def test_every_model_that_openai_listed_is_in_the_table():
    with gzip.open(REAL_DATA / "openai_models_2026.versions.ndjson.gz", "rt") as file:
        states = [json.loads(line) for line in file]
    listed = {entry["id"] for state in states for entry in state["models"] or []}
    assert listed - {row["model_id"] for row in table("openai_releases")} == NEVER_OFFERED
