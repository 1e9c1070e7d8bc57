"""The Hub's own counts in pictures and tables: named as its own, beside the list's, and unknown where they are unknown."""

import pytest

from dashboard import figures, headlines
from dashboard.choices import Choices
from dashboard.figures.facts import NothingToShow, picture
from dashboard.lessons import LESSONS
from dashboard.say import LANGUAGES, Say
from tests.dashboard.pages import address, charts, run
from tests.warehouse.marts import MODELS, OPENAI, TOP, built, model, openai_list, take_run
from tests.warehouse.test_marts_census import COUNTS, counts
from warehouse.marts.build import build
from warehouse.read import open_current
from warehouse.settings import Home

LISTED = [model("a", 9, tags=["license:mit"]), model("b", 5, tags=["license:other"]), model("c", 1)]
TOLD = {"all": 2_000_000, "licence_mit": 500_000, "licence_other": 300_000}


def read(home, figure=figures.census.LICENCES):
    return figure.read(open_current(home), Choices())


@pytest.fixture(scope="module")
def first_evening(tmp_path_factory):
    """A home with one list of the most downloaded and one census."""
    home = Home(tmp_path_factory.mktemp("first") / "home")
    built(home, {TOP: LISTED, COUNTS: counts(**TOLD)})
    return home


def test_the_first_evening_shows_the_whole_hub_beside_the_list_of_the_most_downloaded(first_evening):
    home = first_evening
    facts = read(home)
    drawn = {row["value_id"]: (row["census_share"], row["listed_share"]) for row in facts.frame.to_dict("records")}
    assert drawn == {"mit": (0.25, 1 / 3), "other": (0.15, 1 / 3), "rest": (0.6, 1 / 3)}
    for language, (own, listed) in {"en": ("its own count", "top 3"), "zh": ("自报", "前 3")}.items():
        spec = picture(figures.census.LICENCES, facts, Say(language), Choices(), mode="light")
        title = spec["title"]["text"]
        assert own in (title if isinstance(title, str) else " ".join(title)) and own in str(spec["layer"])
        assert listed in spec["description"] and "25.0%" in spec["description"]
    assert read(home, figures.census.TOTALS).notes == ("census.caveats.once",)
    with pytest.raises(NothingToShow, match="census_alone"):
        read(home, figures.census.COMPARED)


def test_lessons_that_compare_offers_say_what_the_hub_counts_and_not_how_long_the_list_is(home):
    built(home, {TOP: LISTED, COUNTS: counts(**TOLD), OPENAI: openai_list("gpt-5", "gpt-4")})
    lessons = {lesson.slug: lesson for lesson in LESSONS}
    for shown, column in ((lessons["side_by_side"].table, "open_value"), (lessons["synthesis"].figure, "now_value")):
        facts = shown.read(open_current(home), Choices())
        assert facts.frame.loc[facts.frame["indicator"] == "models", column].iloc[0] == 2_000_000
        assert "needs.total" in facts.notes


def test_a_census_of_long_ago_does_not_stand_for_now(home):
    take_run(home, 1, {COUNTS: counts(**TOLD)})
    take_run(home, 60, {TOP: LISTED, OPENAI: openai_list("gpt-5", "gpt-4")})
    build(home)
    table = next(lesson for lesson in LESSONS if lesson.slug == "side_by_side").table
    frame = table.read(open_current(home), Choices()).frame
    assert frame.loc[frame["indicator"] == "models", "open_value"].isna().all()


def test_the_overview_says_of_how_many_the_list_is(first_evening):
    (card,) = open_current(first_evening).rows("headlines", as_of=None)
    assert [headlines.lines(Say(language), card)[0] for language in LANGUAGES] == [
        Say(language)("overview.of_hub", n=Say(language).short(2_000_000)) for language in LANGUAGES
    ]


def test_a_list_that_tells_no_licence_has_no_share_of_it_rather_than_none(home):
    built(home, {MODELS: [model("a")], COUNTS: counts(**TOLD)})
    assert read(home).frame["listed_share"].isna().all()
    for language in LANGUAGES:
        assert picture(figures.census.LICENCES, read(home), Say(language), Choices(), mode="dark")["description"]


def test_what_is_in_doubt_is_not_drawn_and_nothing_without_its_whole(home):
    told = counts(all=1_000, licence_mit=600, licence_other=9_000)
    built(home, {MODELS: LISTED, COUNTS: told})
    assert list(read(home).frame["value_id"]) == ["mit"]  # what is left over would be wrong too
    take_run(home, 2, {MODELS: LISTED, COUNTS: counts(2, all=10, licence_mit=600)})
    build(home)
    with pytest.raises(NothingToShow, match="not_counted_there"):
        read(home)
    assert len(read(home, figures.census.TOTALS).frame) == 1


def test_counts_are_held_against_a_whole_listing_of_the_same_days(home):
    listed = [model(f"m{number}", tags=["license:mit"]) for number in range(600)]
    built(home, {MODELS: listed, COUNTS: counts(all=606, licence_mit=580)})
    facts = read(home, figures.census.COMPARED)
    assert facts.frame[["facet", "compared_count", "agreeing_count"]].to_records(index=False).tolist() == [
        ("whole", 1, 1),
        ("licence", 1, 0),
    ]
    for language, furthest in {"en": "mit: 580 counted, 600 listed", "zh": "mit：自报 580，列表中 600"}.items():
        assert furthest in figures.census.COMPARED.lay(facts, Say(language)).to_string()


def test_without_a_census_the_command_that_takes_one_is_named(home):
    built(home, {MODELS: LISTED})
    for figure in figures.census.FIGURES:
        with pytest.raises(NothingToShow, match="no_census"):
            read(home, figure)


def test_counts_of_the_simulated_hub_agree_with_its_listing(demo_home):
    frame = read(demo_home, figures.census.COMPARED).frame
    assert frame["compared_count"].sum() > 50
    assert (frame["agreeing_count"] == frame["compared_count"]).all()


@pytest.mark.parametrize("page", ["overview", "growth"])
def test_on_the_first_evening_a_page_opens_where_it_has_something_to_show(first_evening, monkeypatch, page):
    monkeypatch.setenv("HUBSCOPE_HOME", str(first_evening.path))
    opened = run(page, lang="en")
    assert (address(opened)["tab"], len(charts(opened))) == ("census", 1)
    assert not opened.info
    asked = run(page, lang="en", tab="population")
    assert (address(asked)["tab"], len(asked.info)) == ("population", 1)
