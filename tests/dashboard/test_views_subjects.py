"""The pages of tasks, downloads, lineage, and open and closed: every tab draws, and links carry what was chosen."""

import json

import pytest

from dashboard.sheets import SHEET
from tests.dashboard.pages import address, captions, charts, run
from tests.warehouse.marts import MODELS, built, model

TABS = [(page, tab.name) for page in ("tasks", "downloads", "lineage", "open_closed") for tab in SHEET[page].tabs]


@pytest.fixture
def demo(demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))


def _title(page, number: int = 0) -> str:
    """What a picture shows, and below it what it is."""
    title = json.loads(charts(page)[number].proto.spec)["title"]
    return " ".join([title["text"], *title["subtitle"]])


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("page", "tab"), TABS)
def test_every_tab_draws_a_picture_with_its_caption(page, tab):
    shown = run(page, lang="zh", tab=tab)
    assert not shown.exception
    assert charts(shown)
    assert "来源" in captions(shown)


@pytest.mark.usefixtures("demo")
def test_spaces_have_no_downloads_and_the_tasks_page_says_so():
    shown = run("tasks", lang="en", kind="space", weight="downloads_30d")
    assert not shown.exception and not charts(shown)
    assert "no download counter" in shown.info[0].value


@pytest.mark.usefixtures("demo")
def test_the_window_of_concentration_is_in_the_link_and_in_the_title():
    shown = run("downloads", lang="en", tab="concentration", window="downloads_all_time")
    assert "All-time downloads" in _title(shown)
    assert address(shown)["window"] == "downloads_all_time"
    assert [metric.label for metric in shown.metric] == ["Gini", "HHI (0 to 1)", "Largest 1 %", "Largest 50"]


@pytest.mark.usefixtures("demo")
def test_a_family_that_does_not_exist_is_all_families():
    shown = run("lineage", lang="en", tab="by_month", family="no-such-family")
    assert "All families" in _title(shown)
    assert "family" not in address(shown)


@pytest.mark.usefixtures("demo")
def test_choosing_models_puts_them_into_the_link_and_into_the_picture():
    shown = run("open_closed", lang="en", tab="prices")
    options = shown.multiselect[0].options
    shown.multiselect[0].set_value([options[3], options[5]]).run()
    assert address(shown)["prices"] == f"{options[3]},{options[5]}"
    assert set(shown.dataframe[0].value["model_id"]) == {options[3], options[5]}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_not_collected_is_a_sentence_with_a_command_instead_of_a_picture(home, monkeypatch, language):
    built(home, {MODELS: [model("a", 1)]})
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    for tab in ("populations", "timeline", "prices", "releases"):
        shown = run("open_closed", lang=language, tab=tab)
        assert not shown.exception
        assert any("hubscope collect" in info.value for info in shown.info)
