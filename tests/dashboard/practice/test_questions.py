"""Questions for Moodle and other systems, read as those systems read them."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dashboard.choices import Choices
from dashboard.export import question_bank
from dashboard.export.chapters import LessonChapter, lesson
from dashboard.export.question_bank import Question
from dashboard.lessons import LESSONS
from dashboard.practice.keys import Key, judge
from dashboard.say import LANGUAGES, Say
from hubscope import main
from warehouse.read import Warehouse, open_current

UNIT = re.compile(r"\\(.)", re.DOTALL)
ITEM = re.compile(r"::(?P<title>[^\\~=#{}:\n]+)::\[plain\](?P<text>[^\\~=#{}:\n]+) \{(?P<answer>[^\\{}\n]*)\}")
"""Moodle's own description of GIFT: each of its marks escaped within a text, and a question in one block without a blank line."""


@pytest.fixture(scope="module")
def warehouse(demo_home) -> Iterator[Warehouse]:
    with open_current(demo_home).holding() as held:
        yield held


@pytest.fixture(scope="module")
def taught(warehouse) -> list[LessonChapter]:
    return [lesson(warehouse, LESSONS[number], Choices()) for number in (1, 2, 4, 9)]


def _guarded(text: str) -> str:
    """Escaped marks out of the way, as Moodle does before it looks for any mark."""
    return UNIT.sub(lambda found: chr(0xE000 + ord(found[1])), text)


def _plain(text: str) -> str:
    signs = (chr(ord(sign) - 0xE000) if 0xE000 <= ord(sign) < 0xE080 else sign for sign in text)
    return "".join("\n" if guarded != sign and sign == "n" else sign for guarded, sign in zip(text, signs, strict=True))


def _read_gift(content: bytes) -> list[dict[str, object]]:
    found = []
    for block in content.decode().strip().split("\n\n"):
        if block.startswith(("//", "$CATEGORY: ")):
            continue
        item = ITEM.fullmatch(_guarded(block))
        assert item, block
        answer, _, feedback = item["answer"].partition("####")
        read: dict[str, object] = {
            name: _plain(text) for name, text in (item.groupdict() | {"feedback": feedback}).items()
        }
        parts = [part.strip() for part in answer.split("=")[1:]]
        if answer.startswith("#"):
            number, tolerance = answer[1:].split(":")
            read |= {"number": float(number), "tolerance": float(tolerance)}
        elif " -> " in answer:
            read["pairs"] = [tuple(map(_plain, part.split(" -> "))) for part in parts]
        elif parts:
            read["names"] = list(map(_plain, parts))
        found.append(read)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_gift_holds_every_question_with_what_is_right_and_what_it_was_computed_from(taught, language):
    say = Say(language)
    asked = [one for chapter in taught for one in question_bank.questions(chapter, say)]
    read = _read_gift(question_bank.gift(taught, say))
    assert len(read) == len(asked) == 16
    for one, other in zip(asked, read, strict=True):
        assert other["title"] == one.title
        assert other["text"] == "\n".join(filter(None, [one.text, one.listing])).strip()
        assert (other.get("number"), other.get("names", []), other.get("pairs", [])) == (
            one.number,
            list(one.names),
            list(one.pairs),
        )
        of_a_snapshot = " · " in one.made_of
        assert other["feedback"] == ("" if one.kind == "essay" else one.made_of)
        assert (say("ui.simulated") in one.made_of) == of_a_snapshot


def test_a_student_who_types_the_key_is_right_within_its_tolerance_and_the_page_agrees(warehouse, taught):
    say = Say("en")
    for chapter in taught:
        keys = [key for key in chapter.practice if isinstance(key, Key)]
        for key, one in zip(keys, question_bank.questions(chapter, say), strict=False):
            if one.number is not None:
                size = 100 if "per cent" in one.text else 1
                assert judge(warehouse, key, repr((one.number + one.tolerance * 0.99) / size)).is_right
                assert not judge(warehouse, key, repr((one.number + one.tolerance * 1.01 + 0.01) / size)).is_right


def test_moodle_xml_says_the_same_as_gift(taught):
    say = Say("zh")
    quiz = Xml.fromstring(question_bank.moodle(taught, say))
    asked = [one for one in quiz if one.get("type") != "category"]
    read = _read_gift(question_bank.gift(taught, say))
    assert [one.findtext("name/text") for one in asked] == [one["title"] for one in read]
    for one, other in zip(asked, read, strict=True):
        answers = one.findall("answer")
        match one.get("type"):
            case "numerical":
                assert (float(answers[0].findtext("text")), float(answers[0].findtext("tolerance"))) == (
                    other["number"],
                    other["tolerance"],
                )
            case "shortanswer":
                assert [answer.findtext("text") for answer in answers] == other["names"]
            case "matching":
                assert [sub.findtext("answer/text") for sub in one.findall("subquestion")] == [
                    right for _, right in other["pairs"]
                ]
        Xml.fromstring(f"<div>{one.findtext('questiontext/text')}</div>")


def test_the_spreadsheet_has_a_row_for_each_question_and_the_key_a_line_for_each_exercise(taught):
    say = Say("zh")
    rows = list(csv.DictReader(io.StringIO(question_bank.table(taught, say).decode("utf-8-sig"))))
    assert len(rows) == 16
    assert all(row["answer"] for row in rows if row["type"] != "essay")
    key = question_bank.key(taught, say).decode()
    assert key.count("\n- ") == 12
    assert "仅供教师" in key


HOSTILE = st.text(alphabet=st.sampled_from("~=#{}:\\\n/$<>&\"' aé中-%"), min_size=1).filter(str.strip)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_whatever_a_name_holds_comes_back_from_gift_and_from_xml(title, text, name):
    one = Question(title, "x", f"q {text}", "m", names=(f"n{name}",))
    (read,) = _read_gift(question_bank._in_gift(one).encode())
    assert (read["title"], read["names"]) == (one.title.strip(), [one.names[0].strip()])
    assert read["text"] == one.text.strip()
    quiz = Xml.Element("quiz")
    question_bank._in_xml(quiz, one)
    assert Xml.fromstring(Xml.tostring(quiz)).findtext("question/answer/text") == one.names[0]


def test_an_exercise_that_is_not_asked_is_in_no_file(taught):
    without = replace(taught[0], practice=())
    assert [one.part for one in question_bank.questions(without, Say("en"))] == ["Guess"]


def test_the_command_writes_each_of_them(warehouse, monkeypatch, tmp_path):
    monkeypatch.setenv("HUBSCOPE_HOME", str(warehouse.home.path))
    for form, name in (("gift", "a.gift"), ("moodle", "a.xml"), ("questions", "a.csv"), ("key", "a.md")):
        made = CliRunner().invoke(
            main, ["export", "lesson", "advantages", "--format", form, "-o", str(tmp_path / name)]
        )
        assert made.exit_code == 0, made.output
        assert (tmp_path / name).stat().st_size > 200
    assert CliRunner().invoke(main, ["export", "page", "growth", "--format", "gift"]).exit_code == 2
