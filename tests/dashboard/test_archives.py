"""A history taken from published archives: every page draws it, and says whose it is."""

import pytest

from dashboard.navigation import PAGES
from tests.dashboard.pages import captions, charts, run
from tests.warehouse.marts import MODELS, TOP, built, model, take_run
from warehouse.landing.run import Series
from warehouse.marts.build import build

ARCHIVE = Series("hub_models", "archive")


@pytest.fixture
def archived(home, monkeypatch):
    listing = [model(key, downloads, tags=["license:mit"]) for downloads, key in enumerate("abcdef")]
    built(home, {ARCHIVE: listing}, {ARCHIVE: [*listing, model("g", 9)], TOP: listing[:3]})
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    return home


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_on_an_archive(archived, name):
    assert not run(name, lang="zh").exception


def test_growth_is_read_from_an_archive_as_from_a_whole_listing(archived):
    page = run("growth", lang="en")
    assert charts(page)
    assert "every repository, from a published archive" in captions(page)
    assert "an archive of the Hub, published at" in captions(page)


def test_of_two_whole_coverages_the_newer_is_shown_first(archived):
    take_run(archived, 3, {MODELS: [model("z", 1, tags=["license:mit"])]})
    build(archived)
    assert "every repository · 1 of 1 models" in captions(run("licences", lang="en"))
