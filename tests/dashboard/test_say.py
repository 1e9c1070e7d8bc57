"""Words in both languages, and numbers and dates as each writes them."""

import re
import string
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from dashboard.say import LANGUAGES, LOCALES, Say, words

SECTIONS = sorted(path.stem for path in (LOCALES / "en").glob("*.toml"))
CODE = sorted((LOCALES.parent).rglob("*.py"))
NAMED_KEY = re.compile(r"""(?<![\w.])say\(\s*"([a-z_]+\.[\w.]+)\"""")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("section", SECTIONS)
def test_both_languages_say_the_same_things_with_the_same_placeholders(section):
    english, chinese = words("en", section), words("zh", section)
    assert list(english) == list(chinese)
    assert {key: _placeholders(english[key]) for key in english} == {
        key: _placeholders(chinese[key]) for key in chinese
    }
    assert [key for key in english if not english[key].strip() or not chinese[key].strip()] == []


def test_no_section_is_in_one_language_only():
    assert [sorted(path.stem for path in (LOCALES / language).glob("*.toml")) for language in LANGUAGES] == [
        SECTIONS
    ] * 2


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(LOCALES.parent)))
def test_every_key_that_the_code_names_has_words(path: Path):
    named = NAMED_KEY.findall(path.read_text(encoding="utf-8"))
    assert [key for key in named if not Say("en").knows(key)] == []


def test_a_key_without_words_is_an_error_that_names_the_file():
    with pytest.raises(KeyError, match=r"ui\.toml has no 'nothing_like_this'"):
        Say("en")("ui.nothing_like_this")


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="tlh"):
        Say("tlh")


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (9_990, "9.99k", "9,990"),
        (34_000, "34k", "3.4万"),
        (2_161_698, "2.16M", "216万"),
        (1_755_000_000, "1.75B", "17.6亿"),
        (-12_000, "-12k", "-1.2万"),
        (None, "not known", "未知"),
        (float("nan"), "not known", "未知"),
        (pd.NA, "not known", "未知"),
    ],
)
def test_headline_numbers_have_three_digits_and_the_units_of_the_language(value, english, chinese):
    assert (Say("en").short(value), Say("zh").short(value)) == (english, chinese)


def test_exact_numbers_keep_every_digit_and_unknown_is_never_zero():
    say = Say("en")
    assert (say.number(3_034_516), say.number(0), say.number(None)) == ("3,034,516", "0", "not known")
    assert (say.share(0.1234), say.share(0), say.share(0.00001), say.share(pd.NA)) == (
        "12.3%",
        "0.0%",
        "<0.1%",
        "not known",
    )


def test_days_and_moments_are_written_as_each_language_does():
    moment = datetime(2026, 11, 24, 12, 5)
    assert Say("en").moment(moment) == "24 Nov 2026, 12:05 UTC"
    assert Say("zh").moment(moment) == "2026年11月24日 12:05 UTC"
    assert (Say("en").month(date(2022, 3, 1)), Say("zh").month(date(2022, 3, 1))) == ("Mar 2022", "2022年3月")
    assert Say("en").date(pd.NaT) == "not known"


def test_a_value_of_the_data_without_words_is_shown_as_it_is():
    assert Say("zh").label("ui.kind", "<script>") == "<script>"
    assert Say("zh").column("some_new_column") == "some_new_column"


def test_no_space_stands_between_chinese_characters_but_figures_keep_theirs():
    say = Say("zh")
    assert say("course.guess.ends", low="3", high="十") == "在 3 与十之间"
    assert say.listing(["文本", "图像"]) == "文本、图像"


@pytest.mark.parametrize(
    ("language", "avoided"),
    [
        ("zh", ("带走", "新鲜度", "说法核对", "升降", "衍生数", "第九十", "列第", "基座", "闭源", "您")),
        ("en", ("decile", "Take away", "take away", "most used for its number")),
    ],
)
def test_no_sentence_uses_the_words_that_a_teacher_of_the_language_stumbled_over(language, avoided):
    found = [
        (section, key, word)
        for section in SECTIONS
        for key, text in words(language, section).items()
        for word in avoided
        if word in text
    ]
    assert found == []


def test_chinese_says_no_times_of_what_became_less():
    say = Say("zh")
    assert [say.measured(value, "factor") for value in (14.4, 1.0, 0.4, 0.07)] == ["14.4 倍", "×1", "×0.4", "×0.07"]
