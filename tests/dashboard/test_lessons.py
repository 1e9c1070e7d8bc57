"""What holds for every lesson, to read and in class."""

from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Table
from dashboard.lessons import LESSONS
from dashboard.lessons.guess import Line, Number, Order, hits, round_values
from dashboard.lessons.reveal import picture, verdict
from dashboard.say import LANGUAGES, Say, words
from tests.dashboard.pages import address, charts, open_lesson
from warehouse.read import open_current

IDS = [lesson.slug for lesson in LESSONS]


def _answers(lesson, facts, say) -> object:
    """The true answer to the guess of a lesson, as a class would give it."""
    match lesson.guess:
        case Number():
            return lesson.guess.value(facts)
        case Order():
            return list(range(len(lesson.guess.labels(facts, say))))
        case Line():
            return list(lesson.guess.points(facts, say).values())[lesson.guess.given :]


def test_the_lessons_are_numbered_from_one():
    assert [lesson.number for lesson in LESSONS] == list(range(1, len(LESSONS) + 1))


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_has_points_questions_and_notes(lesson, language):
    say = Say(language)
    assert len(say.several(f"{lesson.section}.points")) >= 3
    assert 2 <= len(say.several(f"{lesson.section}.questions")) <= 4
    assert len(say(f"{lesson.section}.notes")) > 100
    assert say(f"{lesson.section}.guess.question")


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
def test_a_lesson_refers_to_works_of_the_bibliography(lesson, demo_home):
    known = set(open_current(demo_home).query("bibliography")["reference_id"])
    assert lesson.references and set(lesson.references) <= known


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_guess_is_told_that_it_is_right(lesson, language, demo_home):
    say = Say(language)
    facts = lesson.figure.read(open_current(demo_home), Choices.from_address({}, lesson.extras))
    answer = _answers(lesson, facts, say)
    said = verdict(say, lesson.guess, facts, [answer])
    if isinstance(lesson.guess, Number):
        assert lesson.guess.low <= answer <= lesson.guess.high
        assert said.count(say.measured(answer, lesson.guess.unit)) == 2
    if isinstance(lesson.guess, Order):
        assert 3 <= len(answer) <= 6
        assert len(set(lesson.guess.labels(facts, say))) == len(answer)
        assert sorted(lesson.guess.offered(facts)) == answer
        assert str(len(answer)) in said
    if isinstance(lesson.guess, Line):
        assert lesson.guess.given < lesson.guess.given + len(answer) <= 8


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
@pytest.mark.parametrize("answers", [1, 2])
def test_a_guess_is_laid_over_the_truth(lesson, answers, demo_home):
    say = Say("zh")
    facts = lesson.figure.read(open_current(demo_home), Choices.from_address({}, lesson.extras))
    chart = picture(say, lesson.guess, facts, [_answers(lesson, facts, say)] * answers)
    drawn = chart.to_dict()
    assert len(drawn["layer"]) >= 2
    assert drawn["description"]


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_draws_its_figure_and_table(lesson, language, demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    page = open_lesson(lesson.number - 1, lang=language)
    assert not page.exception
    assert charts(page)
    assert len(page.table) == 1 + sum(isinstance(shown, Table) for shown in lesson.more)
    assert Say(language)("course.see") in "\n".join(block.value for block in page.markdown)


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
@pytest.mark.parametrize("step", ["points", "guess", "figure", "table", "questions"])
def test_every_screen_of_class_mode_draws(lesson, step, demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    page = open_lesson(lesson.number - 1, **{"class": "1", "step": step})
    assert not page.exception
    assert bool(charts(page)) or step != "figure"
    assert not page.sidebar.children


def test_the_next_key_turns_to_the_question_and_then_reveals(demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    page = open_lesson(0, **{"class": "1"})
    for step in ("guess", "figure", "table"):
        page.button[1].click().run()
        assert address(page)["step"] == step
    page.button[0].click().run()
    assert address(page)["step"] == "figure"


def test_what_the_class_guessed_stands_beside_the_truth(demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    page = open_lesson(0, lang="en", **{"class": "1", "step": "guess"})
    page.select_slider[-1].set_value(7_000.0).run()
    page.button[1].click().run()
    assert address(page)["step"] == "reveal"
    assert "the class said 7k; it is" in _said(page)
    assert charts(page)


def test_a_class_that_did_not_guess_is_not_told_that_it_did(demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    page = open_lesson(0, lang="en", **{"class": "1", "step": "guess"})
    page.button[1].click().run()
    assert address(page)["step"] == "figure"
    assert "the class said" not in _said(page)


def _said(page: AppTest) -> str:
    return "\n".join(block.value for block in page.markdown).replace("\\", "")


@pytest.mark.parametrize(
    "guess",
    [
        Line(lambda facts, say: {"2022": 5.0}, given=2),
        Line(lambda facts, say: {"2022": 0.0, "2023": 1.0}, given=1),
        Order(lambda facts, say: ["one"]),
        Number(lambda facts: float("nan"), low=0, high=1, step=1),
    ],
)
def test_what_a_young_listing_cannot_answer_is_not_asked(guess):
    facts = Facts(pd.DataFrame(), "", None)
    assert not replace(LESSONS[0], guess=guess).is_known(facts)


def test_a_guess_of_another_question_is_not_laid_over_this_one():
    facts = Facts(pd.DataFrame(), "", None)
    order = replace(LESSONS[0], guess=Order(lambda facts, say: ["a", "b", "c"]))
    line = replace(LESSONS[0], guess=Line(lambda facts, say: {"2022": 1.0, "2023": 2.0, "2024": 3.0}, given=1))
    assert order.fits(facts, [2, 0, 1]) and line.fits(facts, [2.0, 7.0])
    assert not order.fits(facts, [0, 1]) and not line.fits(facts, [2.0])


def test_an_order_counts_the_things_at_their_place():
    assert hits([0, 2, 1]) == 1
    assert hits([1, 2, 0]) == 0


def test_a_class_may_say_round_values_around_the_last_one_given():
    values = round_values(3_500)
    assert values[0] == 100
    assert values[-1] == 7_000_000
    assert values == sorted(values)


def test_both_languages_number_the_same_sentences():
    for lesson in LESSONS:
        english, chinese = (words(language, lesson.section).keys() for language in LANGUAGES)
        assert english == chinese
