"""Listings as they really were, served page by page and collected by the real client (SOURCE.md is beside the data)."""

import gzip
import json
from collections import Counter
from datetime import datetime
from typing import Any

import duckdb
import pytest

from collector.progress import Report
from collector.run import take_snapshot
from collector.sources.catalogue import Catalogue
from tests.collector.conftest import snapshot_of, state
from tests.collector.hub_server import serving
from tests.collector.real_listings import OpenAIYear, Week, lines
from tests.conftest import REAL_DATA
from warehouse.marts.build import build
from warehouse.settings import Home

pytestmark = pytest.mark.skipif(not REAL_DATA.is_dir(), reason=f"no real listings in {REAL_DATA} (HUBSCOPE_REAL_DATA)")


def rows(home: Home, sql: str, **parameters: Any) -> list[tuple]:
    """The rows of `sql`, where {lake} is the lake's folder."""
    with duckdb.connect() as con:
        return con.execute(sql.format(lake=home.lake), parameters or None).fetchall()


def mart(home: Home, sql: str) -> list[tuple]:
    """The rows of `sql` in a build of this home."""
    with duckdb.connect(str(build(home).path), read_only=True) as con:
        return con.execute(sql).fetchall()


@pytest.fixture(scope="module")
def hub_of_2022(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, list[dict[str, Any]]]:
    """The complete Hub of 2022-07-02, collected with `full`."""
    models = lines("hub_models_2022-07.ndjson.gz")
    home = Home(tmp_path_factory.mktemp("2022"))
    with serving() as hub:
        hub.listings["/api/models"] = models
        taken_at = datetime(2022, 7, 2, 12)
        manifest = take_snapshot(home, "full", taken_at=taken_at, upstream=hub.upstream(), report=Report())
    assert state(manifest, "hub_models").row_count == 55_524
    return home, models


def test_the_complete_hub_of_2022_is_in_the_lake_to_the_last_download(hub_of_2022):
    home, _ = hub_of_2022
    [(top, total, count)] = rows(
        home,
        """
        select arg_max(id, downloads), sum(downloads)::bigint, count(*)
        from '{lake}/hub_models/coverage=full/*/attributes.parquet'
        left join '{lake}/hub_models/coverage=full/*/metrics.parquet' using (repository_key)
        """,
    )
    assert (top, total, count) == ("bert-base-uncased", 199_235_153, 55_524)


def test_the_tasks_of_2022_are_counted_as_in_the_file(hub_of_2022):
    home, models = hub_of_2022
    found = rows(
        home,
        "select task, count(*) from '{lake}/hub_models/*/*/attributes.parquet', unnest(tasks) as t(task) group by all",
    )
    assert dict(found) == Counter(model["pipeline_tag"] for model in models if model.get("pipeline_tag"))


def test_the_marts_of_2022_say_the_same(hub_of_2022):
    home, models = hub_of_2022
    counted = Counter(model.get("pipeline_tag") or "undeclared" for model in models)
    assert dict(mart(home, "select task_id, repository_count from task_coverage where kind = 'model'")) == counted
    assert mart(home, "select id from downloads_top where kind = 'model' and rank = 1") == [("bert-base-uncased",)]
    assert mart(home, "select downloads_30d from population where kind = 'model'") == [(199_235_153,)]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    return Week(Home(tmp_path_factory.mktemp("week")))


def changes(history: list[tuple[datetime, int | None]]) -> list[tuple[datetime, int]]:
    """The first value and every changed one."""
    before, changed = None, []
    for at, value in history:
        if value is not None and value != before:
            changed.append((at, value))
        before = value if value is not None else before
    return changed


def test_a_week_with_placeholders_short_and_repeated_states_is_collected(week):
    assert len(week.published) == len(week.trending.moments()) - 2  # before the other kinds had a first state
    sizes = [state(manifest, "hub_models", "top").row_count for manifest in week.manifests]
    assert sizes == [len(week.trending.at("models", when)) for when, _ in week.published]
    repeated = state(week.manifests[-2], "hub_models", "top")
    assert (repeated.added_count, repeated.changed_count, repeated.left_count) == (0, 0, 0)


def test_the_history_of_a_model_is_that_of_the_file(week):
    found = rows(
        week.home,
        """
        select snapshot_at, downloads from '{lake}/hub_models/coverage=top/*/metrics.parquet'
        where repository_key = 'name:Qwen/Qwen3.5-9B' order by all
        """,
    )
    assert changes(found) == changes(week.downloads("Qwen/Qwen3.5-9B"))


def test_leaving_the_list_is_never_called_a_removal(week):
    assert sum(state(manifest, "hub_models", "top").left_count for manifest in week.manifests) > 500
    assert mart(week.home, "select distinct removed_count from snapshots where coverage <> 'full'") == [(None,)]


def test_the_movers_of_the_week_are_those_of_the_file(week):
    pair = week.published[-4:-2]
    then, now = ({row["id"]: row["downloads"] for row in week.trending.at("models", when)} for when, _ in pair)
    change = {model: now[model] - then[model] for model in now.keys() & then.keys()}
    found = mart(
        week.home,
        f"""
        select id, downloads_30d_change, elapsed_days from movers
        where kind = 'model' and coverage = 'top' and direction = 'up' and snapshot_at = timestamp '{pair[1][1]}'
        order by rank
        """,
    )
    assert [value for _, value, _ in found] == sorted((v for v in change.values() if v > 0), reverse=True)[:100]
    assert all(change[model] == value for model, value, _ in found)
    assert found[0][2] == pytest.approx((pair[1][1] - pair[0][1]).total_seconds() / 86_400)


@pytest.fixture(scope="module")
def openai_year(tmp_path_factory: pytest.TempPathFactory) -> OpenAIYear:
    return OpenAIYear(Home(tmp_path_factory.mktemp("openai")))


def test_arrivals_and_removals_at_openai_are_those_of_the_file_and_none_is_from_a_failed_answer(openai_year):
    outcomes = [state(manifest, "openai_models").status for manifest in openai_year.manifests]
    assert outcomes == ["ok" if version["success"] else "failed" for version in openai_year.states]
    found = rows(
        openai_year.home,
        "select snapshot_at, 'removed', model_id from '{lake}/openai_models/*/*/departures.parquet'",
    )
    assert sorted(found) == [event for event in openai_year.events() if event[1] == "removed"]


def test_the_shutdown_dates_of_openai_are_kept(openai_year):
    stated = {
        model["id"]: model["shutdown_date"] for model in openai_year.states[-1]["models"] if model["shutdown_date"]
    }
    found = rows(
        openai_year.home,
        """
        select model_id, arg_max(shutdown_date, snapshot_at)::varchar from '{lake}/openai_models/*/*/attributes.parquet'
        where shutdown_date is not null group by all
        """,
    )
    assert dict(found) == stated


def test_the_mart_of_openai_events_is_the_file(openai_year):
    found = mart(
        openai_year.home,
        "select event_at, event, model_id from openai_events where event in ('arrived', 'removed', 'returned')",
    )
    assert sorted(found) == openai_year.events()


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dict[str, Any]]:
    providers = json.loads(gzip.decompress((REAL_DATA / "models_dev_2026-07.json.gz").read_bytes()))
    home = Home(tmp_path_factory.mktemp("catalogue"))
    with serving() as hub:
        hub.documents["/api.json"] = providers
        snapshot_of(home, [Catalogue(hub.upstream())], taken_at=datetime(2026, 7, 2))
    return home, providers


COLUMNS = "model_id, release_date::varchar, input_usd_per_mtok, output_usd_per_mtok, context_tokens"


def priced(providers: dict[str, Any]) -> list[tuple]:
    """OpenAI's models in the file: id, release date, price of input and output, context (0 is not stated)."""
    return sorted(
        (
            model["id"],
            model["release_date"],
            model.get("cost", {}).get("input"),
            model.get("cost", {}).get("output"),
            model["limit"].get("context") or None,
        )
        for model in providers["openai"]["models"].values()
    )


def test_all_51_openai_models_of_the_catalogue_are_kept_with_prices_and_dates(catalogue):
    home, providers = catalogue
    found = rows(
        home, f"select {COLUMNS} from '{{lake}}/catalogue_models/*/*/attributes.parquet' where provider_id = 'openai'"
    )
    assert len(found) == 51 and sorted(found) == priced(providers)


def test_the_mart_of_the_catalogue_says_the_same(catalogue):
    home, providers = catalogue
    assert sorted(mart(home, f"select {COLUMNS} from catalogue where provider_id = 'openai'")) == priced(providers)
