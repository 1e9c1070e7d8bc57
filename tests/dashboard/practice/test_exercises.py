"""The exercises of every lesson: each has an answer in the reader's own snapshot, or says what is missing."""

import math
import re
from collections.abc import Iterator

import pytest

from dashboard.captions import nothing
from dashboard.choices import Choices
from dashboard.figures.facts import NothingToShow
from dashboard.lessons import LESSONS
from dashboard.practice.exercise import CODE, PARTS, Exercise, Name, Number
from dashboard.practice.exercises import EXERCISES, PRACTICE
from dashboard.practice.keys import Key, judge, read_key
from dashboard.say import LANGUAGES, Say, words
from dashboard.sheets import SHEET
from tests.dashboard import homes
from warehouse.marts.queries import GAP, query_text
from warehouse.read import Warehouse, open_current

CHECKED = [exercise for exercise in EXERCISES if exercise.is_checked]
DEFINED = {"24", "16", "90", "100,000", "30", "60", "300", "700", "1,234", "58.2", "1.2", "0.582"}
"""What words may name: of the measure, of arithmetic, of what a run downloads, and how a number may be written."""


@pytest.fixture(scope="module")
def warehouse(demo_home) -> Iterator[Warehouse]:
    with open_current(demo_home).holding() as held:
        yield held


def _id(exercise: Exercise) -> str:
    return exercise.query


def test_every_lesson_has_one_exercise_of_each_part():
    assert list(PRACTICE) == [lesson.slug for lesson in LESSONS]
    assert [tuple(one.part for one in made) for made in PRACTICE.values()] == [PARTS] * len(LESSONS)
    assert {one.lesson for one in EXERCISES} == PRACTICE.keys()


def _typed(key: Key) -> str:
    """What somebody types who knows."""
    if isinstance(key.exercise.answer, Number):
        return repr(key.right.number)
    return next(one.spellings[0] for one in key.right.names if one.is_right)


@pytest.mark.parametrize("exercise", CHECKED, ids=_id)
def test_its_answer_is_computed_and_is_right(warehouse, exercise):
    key = read_key(warehouse, Choices(), exercise)
    assert judge(warehouse, key, _typed(key)).is_right
    assert not judge(warehouse, key, "1e30").is_right
    if isinstance(exercise.answer, Number):
        assert math.isfinite(key.right.number)
    else:
        assert 0 < sum(one.is_right for one in key.right.names) < len(key.right.names)


@pytest.mark.parametrize("exercise", CHECKED, ids=_id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_as_a_teacher_reads_it_is_right_and_no_text_of_the_exercise_holds_it(warehouse, exercise, language):
    say, key = Say(language), read_key(warehouse, Choices(), exercise)
    told = key.answer(say)
    if isinstance(exercise.answer, Number) or sum(one.is_right for one in key.right.names) == 1:
        assert judge(warehouse, key, told).is_right
    texts = [say.write(key.question), say(f"{exercise.key}.hint"), key.frame]
    texts += [key.code] if exercise.part == "code" else []
    secrets = [told] if len(told) > 2 else []
    if isinstance(exercise.answer, Name):
        secrets += [
            spelling for one in key.right.names if one.is_right for spelling in one.spellings if len(spelling) > 2
        ]
    assert [secret for secret in secrets for text in texts if secret.lower() in text.lower()] == []


def test_what_was_right_at_the_snapshot_before_is_told_as_that(warehouse):
    told = []
    for exercise in CHECKED:
        key = read_key(warehouse, Choices(), exercise)
        if key.snapshot is not None and key.snapshot.previous_snapshot_at is not None:
            before = read_key(warehouse, Choices(as_of=key.snapshot.previous_snapshot_at), exercise)
            told.append(judge(warehouse, key, _typed(before)).name)
    assert set(told) <= {"right", "earlier"}
    assert told.count("earlier") > 5


@pytest.mark.parametrize("exercise", [one for one in EXERCISES if one.part == "sql"], ids=_id)
def test_the_query_with_its_gaps_filled_is_the_one_that_tells_what_is_right(warehouse, exercise):
    key = read_key(warehouse, Choices(), exercise)
    assert GAP in key.frame
    assert "--" not in key.frame
    text = query_text(exercise.query)
    filled = key.frame
    for gap in re.findall(r"/\* gap \*/(.*?)/\* end \*/", text, re.DOTALL):
        filled = filled.replace(GAP, gap.strip(), 1)
    answered = warehouse.run_sql(filled)["answer"].iloc[0]
    assert judge(warehouse, key, str(answered)).is_right


@pytest.mark.parametrize("exercise", [one for one in EXERCISES if one.part == "page"], ids=_id)
def test_its_page_is_there_and_takes_the_choices_of_the_link(exercise):
    if exercise.opens.startswith("lesson_"):
        taught = next(lesson for lesson in LESSONS if lesson.section == exercise.opens)
        assert {name for name, _ in exercise.view} <= {extra.name for extra in taught.extras}
        return
    sheet, view = SHEET[exercise.opens], dict(exercise.view)
    assert view.pop("tab") in [tab.name for tab in sheet.tabs]
    assert view.pop("kind", sheet.kinds[0]) in sheet.kinds
    assert not view.pop("weight", "") or sheet.is_weighed
    assert view == {}


@pytest.mark.parametrize("exercise", [one for one in EXERCISES if one.part == "code"], ids=_id)
def test_its_code_is_three_to_twelve_lines_of_python_with_a_gap_only_where_it_is_checked(warehouse, exercise):
    code = read_key(warehouse, Choices(), exercise).code
    compile(code, exercise.query, "exec")
    assert 3 <= len(code.splitlines()) <= 12
    assert (GAP in code) == exercise.is_checked


def test_there_is_no_code_and_no_query_that_no_exercise_has():
    assert {path.stem for path in CODE.iterdir()} == PRACTICE.keys()
    assert {path.stem for path in (CODE.parents[2] / "warehouse/sql/practice").iterdir()} == {
        one.query for one in CHECKED
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_an_exercise_hold_a_number_that_a_snapshot_tells(language):
    for key, text in words(language, "practice").items():
        numbers = re.findall(r"\d[\d.,]*\d|\d", re.sub(r"\{[^}]*\}|p\d+", "", text))
        assert set(numbers) <= DEFINED, key


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one quick", "OpenAI only"])
def test_on_each_kind_of_home_an_exercise_has_an_answer_or_says_what_brings_one(tmp_path, name):
    asked = set()
    with open_current(homes.make(tmp_path / "home", *homes.HOMES[name]())).holding() as warehouse:
        for exercise in EXERCISES:
            try:
                key = read_key(warehouse, Choices(), exercise)
            except NothingToShow as missing:
                assert all("`hubscope " in nothing(Say(language), missing) for language in LANGUAGES)
                continue
            asked.add(exercise.query)
            if exercise.is_checked:
                assert judge(warehouse, key, _typed(key)).is_right
            if key.snapshot is not None and not key.snapshot.is_whole and exercise.needs:
                told = Say("en").write(key.question)
                assert "most" in told or "newest" in told, f"{exercise.query} does not name its list"
    assert {"advantages_code", "origins_code"} <= asked
    assert "origins_page" not in asked
