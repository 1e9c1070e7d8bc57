"""What is said of an answer: what is wrong, never what is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.practice.check import Known, Right, check
from dashboard.practice.exercise import Exercise, Name, Number
from dashboard.say import LANGUAGES, Say

SHARE = Exercise("advantages", "page", Number("share", within=0.005))
COUNT = Exercise("origins", "sql", Number())
SIZE = Exercise("challenges", "page", Number("parameters", part=0.02))
FAMILY = Exercise("models_and_tools", "sql", Name())
FAMILIES = Right(
    names=(Known(("qwen", "Qwen", "通义千问"), True), Known(("llama", "Llama"), False), Known(("bert", "BERT"), False))
)


@pytest.mark.parametrize(
    ("exercise", "right", "text", "verdict"),
    [
        (SHARE, 0.582, "58.2 %", "right"),
        (SHARE, 0.582, "0,58", "right"),
        (SHARE, 0.582, "58.2", "percent"),
        (SHARE, 0.582, "0.00582", "percent"),
        (SHARE, 0.582, "57%", "near"),
        (SHARE, 0.582, "20%", "wrong"),
        (SHARE, 0.582, "10^30", "not_a_number"),
        (SHARE, 0.582, "1e30", "magnitude"),
        (SHARE, 0.582, "", "empty"),
        (SHARE, 0.582, "  ", "empty"),
        (SHARE, 0.582, "<b>58%</b>", "not_a_number"),
        (SHARE, 0.582, "5" * 300, "too_long"),
        (COUNT, 12, "12", "right"),
        (COUNT, 12, "13", "near"),
        (COUNT, 12, "-12", "sign"),
        (COUNT, 12, "1.2万", "thousands"),
        (COUNT, 0, "0", "right"),
        (COUNT, 0, "1", "magnitude"),
        (SIZE, 1.31e9, "13.1亿", "right"),
        (SIZE, 1.31e9, "1.31 billion", "right"),
        (SIZE, 1.31e9, "1.31", "thousands"),
        (SIZE, 1.31e9, "1.31M", "thousands"),
        (SIZE, 1.31e9, "1.4B", "near"),
    ],
)
def test_a_number_is_told_what_is_wrong_with_it(exercise, right, text, verdict):
    assert check(exercise, Right(right), text).name == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Qwen", "right"),
        (" qwen ", "right"),
        ("“通义千问”", "right"),
        ("Llama", "another_name"),
        ("Lama", "did_you_mean"),
        ("GPT", "unknown_name"),
        ("<script>", "unknown_name"),
    ],
)
def test_a_name_is_told_what_is_wrong_with_it(text, verdict):
    assert check(FAMILY, FAMILIES, text).name == verdict


def test_what_was_right_at_the_snapshot_before_is_told_as_that():
    assert check(SHARE, Right(0.582), "61%", before=Right(0.61)).name == "earlier"
    before = Right(names=(Known(("llama",), True), Known(("qwen",), False)))
    assert check(FAMILY, FAMILIES, "llama", before).name == "earlier"


@given(st.floats(min_value=1e-6, max_value=1e15), st.sampled_from([SHARE, COUNT, SIZE]))
def test_the_right_number_is_right_and_ten_thousand_times_it_is_not(right, exercise):
    assert check(exercise, Right(right), repr(right)).is_right
    assert not check(exercise, Right(right), repr(right * 1e4 + 1)).is_right


@given(st.text(max_size=300), st.sampled_from([(SHARE, Right(0.4567)), (COUNT, Right(4567)), (FAMILY, FAMILIES)]))
def test_whatever_is_typed_is_answered_in_words_that_do_not_say_the_number(text, asked):
    exercise, right = asked
    verdict = check(exercise, right, text)
    for language in LANGUAGES:
        words = Say(language).write(verdict.sentence)
        assert words
        assert "4567" not in words
        assert "45.67" not in words
