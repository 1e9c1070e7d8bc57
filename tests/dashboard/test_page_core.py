"""What every page does: language, address, snapshot pins, provenance, and an empty home."""

import pytest

from tests.dashboard.pages import address, captions, charts, run
from warehouse.read import open_current

OWN_PAGES = ("overview", "growth", "licences", "data")


@pytest.fixture(autouse=True)
def _home(demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_opens_in_both_languages_with_a_picture_and_its_provenance(name, language):
    page = run(name, lang=language)
    assert not page.exception
    assert charts(page)
    assert {"en": "Source:", "zh": "来源："}[language] in captions(page)


@pytest.mark.parametrize("name", OWN_PAGES)
def test_an_address_that_makes_no_sense_opens_the_usual_view(name):
    page = run(name, lang="klingon", kind="<script>", coverage="x", as_of="99999999T999999Z", weight="-1", tab="../..")
    assert not page.exception
    assert charts(page)
    assert address(page)["lang"] == "en"
    assert "kind" not in address(page)


def test_choices_are_mirrored_to_the_address_and_an_address_is_followed():
    page = run("licences", lang="zh", kind="dataset", weight="downloads_30d", undeclared="0")
    assert address(page) == {
        "lang": "zh",
        "kind": "dataset",
        "weight": "downloads_30d",
        "undeclared": "0",
        "tab": "now",
    }
    page.segmented_control(key="choose.weight").set_value("downloads_all_time").run()
    assert address(page)["weight"] == "downloads_all_time"
    page.toggle(key="choose.undeclared").set_value(True).run()
    assert "undeclared" not in address(page)


def test_the_language_switch_takes_effect_at_once_and_keeps_the_view():
    page = run("licences", lang="en", kind="space")
    page.segmented_control(key="choose.lang").set_value("zh").run()
    assert page.title[0].value == "许可证"
    assert address(page)["kind"] == "space"


def test_a_new_address_in_the_same_session_wins_over_what_was_chosen():
    page = run("licences", lang="en", kind="space")
    page.query_params["kind"] = "dataset"
    page.run()
    assert page.segmented_control(key="choose.kind").value == "dataset"


def test_a_view_pinned_to_a_snapshot_says_that_date_and_not_the_newest(demo_home):
    pins = open_current(demo_home).query("snapshot_list")["snapshot_at"].drop_duplicates()
    page = run("licences", lang="en", as_of=f"{pins.iloc[-1]:%Y%m%dT%H%M%SZ}")
    assert page.selectbox(key="choose.as_of").value == f"{pins.iloc[-1]:%Y%m%dT%H%M%SZ}"
    said = f"{pins.iloc[-1].day} {pins.iloc[-1]:%b %Y}"
    assert said in captions(page)


def test_a_pin_before_the_first_snapshot_says_what_to_do_instead_of_an_empty_picture():
    page = run("licences", lang="en", as_of="20010101T000000Z")
    assert not page.exception
    assert not charts(page)
    assert "hubscope collect" in page.info[0].value


def test_the_link_to_a_view_holds_its_snapshot(demo_home):
    page = run("growth", lang="en")
    newest = open_current(demo_home).snapshot("model").snapshot_at
    assert any(f"as_of={newest:%Y%m%dT%H%M%SZ}" in code.value for code in page.code)


def test_simulated_data_are_marked_on_the_page_and_in_the_caption():
    page = run("growth", lang="en")
    assert "simulated" in " ".join(badge.value for badge in page.get("badge")) or "simulated" in captions(page)
    assert "simulated" in charts(page)[0].proto.spec


def test_the_sql_and_the_table_stand_under_the_picture():
    page = run("growth", lang="en")
    assert any("from growth" in code.value for code in page.code)
    assert page.dataframe


def test_an_empty_home_says_which_commands_fill_it(home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    for language in ("en", "zh"):
        page = run("overview", lang=language)
        assert not page.exception
        assert [code.value for code in page.code] == ["hubscope demo", "hubscope collect"]
