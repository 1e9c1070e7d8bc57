"""No number of a lesson is typed in: another warehouse gives other numbers, and the words hold none of their own."""

import re
from datetime import date

import pytest

from collector.demo.history import collect_history
from dashboard.choices import Choices
from dashboard.lessons import LESSONS
from dashboard.say import LANGUAGES, Say, words
from warehouse.read import Warehouse, open_current
from warehouse.settings import Home

IDS = [lesson.slug for lesson in LESSONS]
NUMBER = re.compile(r"\d[\d.,]*")
TAUGHT = ("points", "notes", "questions")
"""What a teacher tells of history; all else is said about the numbers."""
DEFINITIONS = {
    "lesson_hub_architecture": {"100"},  # models that make a library or a task count
    "lesson_using_the_api": {"1", "400", "401", "429", "503"},  # the path of the endpoint, what it answers
    "lesson_applications": {"16", "4"},  # bits of a parameter
    "lesson_ecosystem_impact": {"0", "1"},  # ends of the Gini coefficient, the top 1 %
    "lesson_advantages": {"200"},  # the most downloaded, among which one leads
    "lesson_challenges": {"16", "4", "8", "24", "80", "100", "2", "90"},  # bits, memories, CO2, the 90th percentile
    "lesson_case_study": {"2022", "3"},  # the month since which the Hub keeps dates
    "lesson_synthesis": {"1"},  # the top 1 %
}
"""What words may name because the measure is defined by it; "30 days" of downloads always."""


@pytest.fixture(scope="module")
def other(tmp_path_factory) -> Warehouse:
    """A smaller world at an earlier date."""
    home = Home(tmp_path_factory.mktemp("other"))
    collect_history(home, until=date(2026, 8, 1), months=3, models=1_500, report=lambda _: None)
    return open_current(home)


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_another_warehouse_gives_another_sentence_figure_and_table(lesson, language, demo_home, other):
    say, choices = Say(language), Choices.from_address({}, lesson.extras)
    here, there = (lesson.figure.read(warehouse, choices) for warehouse in (open_current(demo_home), other))
    assert NUMBER.findall(lesson.see(here, say)) != NUMBER.findall(lesson.see(there, say))
    drawn = [lesson.figure.draw(facts, say, choices).to_dict()["datasets"] for facts in (here, there)]
    assert drawn[0] != drawn[1]
    tables = [lesson.table.lay(lesson.table.read(w, choices), say) for w in (open_current(demo_home), other)]
    assert NUMBER.findall(tables[0].to_csv()) != NUMBER.findall(tables[1].to_csv())


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_about_the_numbers_holds_none_of_its_own(lesson, language):
    said = {key: text for key, text in words(language, lesson.section).items() if not key.startswith(TAUGHT)}
    assert {"see", "guess.question"} <= said.keys()
    for key, text in said.items():
        written = re.sub(r"\{[^}]*\}|30[ -]?(days?|天|d\b)", "", text)
        numbers = {number.rstrip(".,") for number in NUMBER.findall(written)}
        assert numbers <= DEFINITIONS.get(lesson.section, set()), key
