"""Sheets of paper, read by another program: A4, words that can be selected, provenance on each page, no answer."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.choices import Choices
from dashboard.export import handout
from dashboard.export.chapters import LessonChapter, lesson
from dashboard.lessons import LESSONS
from dashboard.practice.keys import Key
from dashboard.published import VARIABLE
from dashboard.say import LANGUAGES, Say
from warehouse.read import Warehouse, open_current

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's tools are not installed")
A4 = re.compile(r"Page +\d+ size: +595(\.\d+)? x 842(\.\d+)? pts")


@pytest.fixture(scope="module")
def warehouse(demo_home) -> Iterator[Warehouse]:
    with open_current(demo_home).holding() as held:
        yield held


@pytest.fixture(scope="module")
def taught(warehouse) -> list[LessonChapter]:
    return [lesson(warehouse, LESSONS[number], Choices()) for number in (9, 11)]


@pytest.fixture(scope="module")
def sheets(taught, tmp_path_factory) -> dict[str, Path]:
    """Language to the handout of both lessons."""
    folder = tmp_path_factory.mktemp("handouts")
    for language in LANGUAGES:
        (folder / f"{language}.pdf").write_bytes(handout.handout(taught, Say(language)))
    return {language: folder / f"{language}.pdf" for language in LANGUAGES}


def _asked(program: str, path: Path, *options: str) -> str:
    return subprocess.run(
        [program, *options, path, *(["-"] if program == "pdftotext" else [])],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_handout_is_a4_and_its_words_are_words(taught, sheets, language):
    say, path = Say(language), sheets[language]
    pages = _asked("pdftotext", path).rstrip("\f").split("\f")
    assert len(A4.findall(_asked("pdfinfo", path, "-l", "99"))) == len(pages)
    assert 4 <= len(pages) <= 10
    flat = ["".join(page.split()) for page in pages]
    for page in flat:
        assert "".join(say("ui.simulated").split()) in page
        assert taught[0].build_id in page
    whole = "".join(flat)
    for chapter in taught:
        said = [chapter.title(say), *chapter.questions(say), *chapter.exercises(say)]
        assert [text for text in said if "".join(text.split()) not in whole] == []
    fonts = _asked("pdffonts", path)
    assert "HubscopeSans" in fonts
    assert path.stat().st_size < 2_000_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_handout_holds_an_answer(taught, sheets, language):
    say, path = Say(language), sheets[language]
    text = _asked("pdftotext", path, "-layout")
    practice = "".join(part.partition(say("course.questions"))[0] for part in text.split(say("practice.title"))[1:])
    answers = [key.answer(say) for chapter in taught for key in chapter.practice if isinstance(key, Key)]
    assert [answer for answer in answers if len(answer) > 2 and answer in practice] == []
    assert say("practice.answers") not in text


def test_a_long_word_stays_within_its_column_and_a_hostile_one_stays_text():
    assert handout._broken("x" * 100, 10) == ["x" * 17] * 5 + ["x" * 15]
    sheets = handout._Sheets()
    sheets.text("<script>&amp;</script>\x00" + "长" * 400)
    assert "<script>" not in "".join(sheets.pages[0])


def test_a_phone_finds_the_lesson_where_the_site_is_stated(taught, monkeypatch):
    sheets = handout._Sheets()
    sheets.turn()
    handout._address(sheets, taught[0], Say("en"))
    assert sheets.pages == [[]]
    monkeypatch.setenv(VARIABLE, "https://example.org/hubscope")
    handout._address(sheets, taught[0], Say("en"))
    assert "<svg" in sheets.pages[0][0]
