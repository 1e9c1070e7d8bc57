"""The pages of growth and licences: what their controls change."""

import json

import pytest

from tests.dashboard.pages import charts, run


@pytest.fixture(autouse=True)
def _home(demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))


def _spec(page) -> dict:
    return json.loads(charts(page)[0].proto.spec)


@pytest.mark.parametrize("tab", ["cumulative", "created", "population", "published"])
def test_every_tab_of_growth_draws_one_picture(tab):
    page = run("growth", lang="en", tab=tab, kind="space")
    assert not page.exception
    assert len(charts(page)) == 1


@pytest.mark.parametrize(("scale", "drawn"), [("linear", "linear"), ("log", "log")])
def test_the_scale_of_growth_is_what_the_address_says(scale, drawn):
    spec = _spec(run("growth", lang="en", tab="population", scale=scale))
    assert spec["layer"][0]["encoding"]["y"]["scale"]["type"] == drawn


def test_published_totals_are_real_and_are_not_marked_as_simulated():
    page = run("growth", lang="en", tab="published")
    assert "simulated" not in " ".join(_spec(page)["title"]["subtitle"])
    assert "far smaller" in "\n".join(caption.value for caption in page.caption)


@pytest.mark.parametrize("tab", ["now", "licences", "by_month"])
def test_every_tab_of_licences_draws_one_picture(tab):
    page = run("licences", lang="zh", tab=tab)
    assert not page.exception
    assert len(charts(page)) == 1


def test_leaving_out_the_undeclared_leaves_their_bar_out_and_still_counts_them():
    page = run("licences", lang="en", undeclared="0")
    assert "undeclared" not in set(page.dataframe[0].value["licence_class"])
    assert "not declared" in page.caption[1].value


def test_spaces_weighed_by_downloads_say_that_nobody_counts_them():
    page = run("licences", lang="en", kind="space", weight="downloads_30d")
    assert not page.exception
    assert not charts(page)
    assert page.info


def test_the_classes_are_explained_in_a_table():
    page = run("licences", lang="en", tab="classes")
    assert not page.exception
    assert "Permissive" in page.table[0].value.index
