"""The overview: headline numbers with their change a day, and what is missing."""

from datetime import UTC, datetime

import pytest

from tests.dashboard.pages import address, charts, run
from warehouse.landing.run import Landing, Series
from warehouse.read import open_current


@pytest.fixture(autouse=True)
def _home(demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))


def _said(page) -> str:
    return "\n".join(text.value for text in page.markdown)


def test_each_kind_has_its_own_number_and_openai_stands_apart(demo_home):
    page = run("overview", lang="en")
    warehouse = open_current(demo_home)
    models = warehouse.snapshot("model").repository_count
    assert [metric.label for metric in page.metric] == ["Models", "Datasets", "Spaces", "Models in OpenAI's list"]
    assert page.metric[0].value == f"{models / 1000:.2f}".rstrip("0").rstrip(".") + "k"
    assert page.metric[3].value == str(warehouse.query("openai_list_sizes", as_of=None)["model_count"].iloc[-1])


def test_the_change_is_divided_by_the_days_that_really_passed(demo_home):
    page = run("overview", lang="en")
    now = open_current(demo_home).query("headlines", as_of=None).iloc[0]
    a_day = (now["repository_count"] - now["previous_repository_count"]) / now["elapsed_days"]
    assert f"**{a_day:+.1f}** a day for {now['elapsed_days']:.0f} days" in _said(page)


def test_a_pinned_overview_shows_the_numbers_of_that_day(demo_home):
    moments = open_current(demo_home).query("snapshot_list")["snapshot_at"].drop_duplicates()
    early = run("overview", lang="zh", as_of=f"{moments.iloc[-1]:%Y%m%dT%H%M%SZ}")
    assert "首个快照" in _said(early)


def test_the_first_and_only_tab_computed_is_the_open_one():
    page = run("overview", lang="en", tab="freshness")
    assert address(page)["tab"] == "freshness"
    assert not charts(page)
    assert len(page.dataframe) == 1


def test_a_listing_that_was_skipped_is_named_with_its_reason(home, monkeypatch):
    from warehouse.lake.lake import Lake
    from warehouse.marts.build import build

    landing = Landing.open(
        home, profile="quick", endpoint="https://huggingface.co", now=datetime(2026, 11, 24, tzinfo=UTC)
    )
    series = landing.series(Series("hub_models", "top", 10))
    series.add_page(b'[{"_id": "1", "id": "a/b", "tags": [], "downloads": 3}]', url="https://x", next_url=None)
    landing.mark(Series("openai_models"), status="skipped", reason="OPENAI_API_KEY is not set")
    Lake(home).commit(landing.finish(), finished_at=datetime(2026, 11, 24, 0, 1, tzinfo=UTC))
    build(home)
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    page = run("overview", lang="en", tab="freshness")
    assert not page.exception
    assert "OPENAI\\_API\\_KEY is not set" in page.warning[0].value
    growth = run("growth", lang="en")
    assert "hubscope collect --profile full" in growth.info[0].value
    assert "top 10 by downloads" in run("licences", lang="en").caption[1].value.replace("\\", "")
