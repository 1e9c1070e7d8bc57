"""What lessons show beyond figure and table: reference facts, in both languages, on the page and in files."""

import pytest

from dashboard.choices import Choices
from dashboard.export import chapters
from dashboard.figures import course_facts
from dashboard.lessons import LESSONS
from dashboard.lessons.sources import sources
from dashboard.say import LANGUAGES, Say
from warehouse.read import open_current

MORE = [lesson for lesson in LESSONS if lesson.more]


@pytest.mark.parametrize("lesson", MORE, ids=lambda lesson: lesson.slug)
def test_a_chapter_of_a_lesson_holds_all_that_its_page_shows(demo_home, lesson):
    chapter = chapters.lesson(open_current(demo_home), lesson, Choices())
    assert [part.shown for part in chapter.parts] == [lesson.figure, lesson.table, *lesson.more]
    for part in chapter.exhibits[2:]:
        for language in LANGUAGES:
            assert part.title(Say(language)) and len(part.rows(Say(language)))


def test_innovations_of_the_api_are_dated_sourced_and_none_lies_ahead(demo_home):
    warehouse = open_current(demo_home)
    told = course_facts.INNOVATIONS.read(warehouse, Choices()).frame
    assert {"function-calling", "structured-outputs", "vision", "responses", "moderation"} <= set(told["innovation_id"])
    early = course_facts.INNOVATIONS.read(warehouse, Choices(as_of=told["innovation_date"].iloc[3].to_pydatetime()))
    assert len(early.frame) < len(told)


def test_a_licence_says_in_words_what_it_permits_demands_and_leaves_out(demo_home):
    facts = course_facts.LICENCE_RULES.read(open_current(demo_home), Choices())
    laid = course_facts.LICENCE_RULES.lay(facts, Say("en")).set_index("Licence").loc["Gemma Terms of Use"]
    assert "commercial use" in laid["Permits"] and "hand on the restrictions" in laid["Demands"]
    assert course_facts.LICENCE_RULES.lay(facts, Say("zh")).notna().all(axis=None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_references_name_whom_reference_facts_are_owed_to(demo_home, language):
    told = sources(open_current(demo_home), Say(language), None).to_csv()
    assert "Liesenfeld and Dingemanse" in told and "CC BY 4.0" in told and "GitHub, Inc." in told
