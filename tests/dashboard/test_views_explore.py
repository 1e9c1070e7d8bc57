"""Exploring: filters, a comparison that the link carries, details as text."""

import pytest

from dashboard.figures.explore import MOST
from tests.dashboard.pages import address, captions, charts, run
from tests.warehouse.marts import MODELS, built, model
from warehouse.settings import Home

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $x$"


@pytest.fixture(scope="module")
def explored(tmp_path_factory) -> Home:
    """Nine models, of which one has a hostile name; only looked at."""
    home = Home(tmp_path_factory.mktemp("explored"))
    built(
        home,
        {
            MODELS: [
                *(model(f"m{n}", 1_000 * n, pipeline_tag="translation", tags=["license:mit"]) for n in range(7)),
                model("hostile", 5, id=f"a/{HOSTILE}"),
                model("100%_sure", 50_000),
            ]
        },
    )
    return home


@pytest.fixture
def _home(explored, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(explored.path))


pytestmark = pytest.mark.usefixtures("_home")


def _found(page) -> list[str]:
    return list(page.dataframe[0].value["id"])


def test_the_search_takes_text_as_it_is_written():
    assert _found(run("explore", lang="en", text="100%_S")) == ["a/100%_sure"]
    nothing = run("explore", lang="en", text="'; drop table repositories; --")
    assert not nothing.exception
    assert "Nothing matches" in nothing.info[0].value


def test_filters_narrow_down_and_stand_in_the_link():
    page = run("explore", lang="en", task="translation", licence_class="permissive", least="1000")
    assert _found(page) == [f"a/m{n}" for n in (6, 5, 4, 3, 2, 1)]
    assert "6 match" in captions(page)
    assert {name: address(page)[name] for name in ("task", "licence_class", "least")} == {
        "task": "translation",
        "licence_class": "permissive",
        "least": "1000",
    }


def test_a_filter_that_does_not_occur_is_no_filter():
    assert len(_found(run("explore", lang="en", library="no-such-library"))) == 9


def test_the_link_carries_the_comparison_and_five_are_the_most():
    page = run("explore", lang="en", ids=",".join(f"a/m{n}" for n in range(7)))
    assert len(charts(page)) == 1
    assert address(page)["ids"].split(",") == [f"a/m{n}" for n in range(MOST)]


def test_choosing_in_the_field_draws_the_comparison():
    page = run("explore", lang="zh")
    assert not charts(page)
    page.multiselect[0].set_value(["a/m1", "a/m2"]).run()
    assert not page.exception
    assert address(page)["ids"] == "a/m1,a/m2"
    assert len(charts(page)) == 1


def test_a_hostile_name_is_shown_as_text_everywhere():
    page = run("explore", lang="en", text="onerror", ids=f"a/{HOSTILE}")
    assert not page.exception
    assert HOSTILE not in "".join(part.value for part in (*page.markdown, *page.caption, *page.info))
    assert f"a/{HOSTILE}" in set(page.dataframe[2].value["stated_value"])


def test_a_repository_that_nobody_lists_is_said_and_not_an_error():
    page = run("explore", lang="en", ids="no/such-model")
    assert not page.exception
    assert any("hubscope collect --profile full" in info.value for info in page.info)
