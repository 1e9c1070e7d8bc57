"""What students hand in: made on the page, read again by an instructor, and refused when it was changed."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dashboard.choices import Choices
from dashboard.practice.hand_in import as_text, read_hand_in, sealed, verified
from dashboard.practice.keys import Key, keys_of
from dashboard.say import Say
from hubscope import main
from tests.dashboard.pages import open_lesson
from warehouse.errors import HandInError
from warehouse.read import Warehouse, open_current


@pytest.fixture(scope="module")
def warehouse(demo_home) -> Iterator[Warehouse]:
    with open_current(demo_home).holding() as held:
        yield held


def _made(warehouse: Warehouse, slug: str = "advantages", **changes: str) -> bytes:
    keys = [key for key in keys_of(warehouse, Choices(), slug) if isinstance(key, Key) and key.exercise.is_checked]
    return sealed(warehouse, slug, [(key, changes.get(key.exercise.part, repr(key.right.number))) for key in keys])


def test_a_hand_in_comes_back_from_its_file_and_from_its_link(warehouse):
    made = _made(warehouse)
    for given_back in (made, as_text(made), f"http://class:8501/lesson_advantages?lang=zh&done={as_text(made)}"):
        found = verified(warehouse, read_hand_in(given_back))
        assert (found.state, found.verdicts) == ("holds", ("right",) * 3)
        assert found.hand_in.build_id == warehouse.build_id


def test_an_answer_that_claims_to_be_right_is_checked_again(warehouse):
    found = verified(warehouse, read_hand_in(_made(warehouse, page="1%")))
    assert found.verdicts == ("magnitude", "right", "right")


def test_a_changed_hand_in_does_not_hold(warehouse):
    made = json.loads(_made(warehouse, page="1%"))
    made["answers"][0]["verdict"] = "right"
    found = verified(warehouse, read_hand_in(json.dumps(made).encode()))
    assert (found.state, found.holds) == ("changed", False)


def test_a_hand_in_of_another_build_is_checked_at_its_snapshot_and_of_another_snapshot_not_at_all(warehouse):
    made = _made(replace(warehouse, build_id="another"))
    assert verified(warehouse, read_hand_in(made)).state == "other_build"
    hand_in = read_hand_in(made)
    elsewhere = tuple(
        one and replace(one, snapshot_at=one.snapshot_at and one.snapshot_at.replace(year=2031))
        for one in hand_in.answers
    )
    assert verified(warehouse, replace(hand_in, answers=elsewhere)).state == "unknown_snapshot"


@given(
    st.one_of(
        st.text(),
        st.binary(),
        st.recursive(st.none() | st.text() | st.integers(), st.lists).map(lambda v: json.dumps(v).encode()),
    )
)
def test_what_is_no_hand_in_is_refused_in_words(given_back):
    with pytest.raises(HandInError):
        read_hand_in(given_back)


def test_what_a_hand_in_holds_cannot_command_a_terminal(warehouse):
    found = verified(warehouse, read_hand_in(_made(warehouse, page="\x1b[2J\u202e58%")))
    said = "".join([Say("en").write(found.sentence), *found.lines(Say("en"))])
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_the_command_tells_which_hold(warehouse, monkeypatch, tmp_path):
    monkeypatch.setenv("HUBSCOPE_HOME", str(warehouse.home.path))
    file = tmp_path / "one.json"
    file.write_bytes(_made(warehouse))
    held = CliRunner().invoke(main, ["practice", "verify", str(file), as_text(_made(warehouse))])
    assert (held.exit_code, held.output.count("holds: 3 of 3 right")) == (0, 2)
    mixed = CliRunner().invoke(
        main, ["practice", "verify", str(file), base64.b64encode(b"{}").decode(), "--lang", "zh"]
    )
    assert mixed.exit_code == 2
    assert "这不是一份作业" in mixed.output


def test_the_page_tells_what_is_wrong_then_offers_a_hand_in_that_the_page_reads(warehouse, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(warehouse.home.path))
    page = open_lesson(9)
    key = keys_of(warehouse, Choices(), "advantages")[0]
    share = key.right.number * 100
    for typed, told in (
        (f"{share:.2f}", "factor of one hundred"),
        ("<script>", "not a number"),
        (f"{share:.2f}%", "Right."),
    ):
        page.text_input(key="practice.advantages.page.text").input(typed)
        page.button(key="FormSubmitter:practice.advantages.page.form-Check").click().run()
        assert not page.exception
        assert told in " ".join(box.value for box in (*page.warning, *page.success)).replace("\\", "")
    link = next(code.value for code in page.code if "done=" in code.value)
    again = open_lesson(9, done=link.partition("done=")[2])
    assert "1 of 1 right" in again.success[0].value.replace("\\", "")


@pytest.mark.parametrize("number", [0, 3, 12])
def test_the_page_of_a_lesson_holds_no_answer(warehouse, monkeypatch, number):
    monkeypatch.setenv("HUBSCOPE_HOME", str(warehouse.home.path))
    page = open_lesson(number, lang="zh")
    assert not page.exception
    told = "\n".join(str(one.value) for one in (*page.markdown, *page.code, *page.caption, *page.info))
    assert "练习答案" not in told
    assert told.count("分钟") >= 3
