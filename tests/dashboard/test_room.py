"""A room of phones: who may come in, what is kept, what is refused, and that no phone hears the answer before the class."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from dashboard.choices import Choices
from dashboard.guard import Guard
from dashboard.lessons import LESSONS
from dashboard.listening import Listening
from dashboard.room import rooms, routes
from dashboard.room.questions import Question, Worded, question_of
from dashboard.room.rooms import IDLE, LETTERS, MOST_FROM_ONE_ADDRESS, MOST_ROOMS, Refused, Room, Rooms
from dashboard.room.routes import read_answer
from dashboard.say import LANGUAGES
from warehouse.read import open_current
from warehouse.sandbox.spreadsheet import csv_file

HERE = "http://localhost:8501"


def _words(*choices: str, truth: tuple[str, ...], points: tuple[str, ...] = ("",)) -> dict[str, Worded]:
    return {language: Worded(f"How many ({language})?", choices, points, "", truth) for language in LANGUAGES}


NUMBER = Question("one", "number", (0.0, 0.5, 1.0), _words("0%", "50%", "100%", truth=("37%",)))
ORDER = Question("two", "order", (2.0, 0.0, 1.0), _words("=a", "b", "c", truth=("b", "c", "=a"), points=()))


@pytest.fixture
def opened(monkeypatch):
    """The rooms of a server, one of them open."""
    mine = Rooms()
    monkeypatch.setattr(routes, "ROOMS", mine)
    return mine, mine.open()


def _phone(language: str = "en", origin: str = HERE, base_path: str = "") -> TestClient:
    listening = Listening(8501, base_path=base_path)
    app = Starlette(routes=routes.routes(listening), middleware=[Middleware(Guard, listening=listening)])
    return TestClient(app, base_url=HERE, headers={"accept-language": language, "origin": origin})


def _come_in(room: Room, **look: str) -> TestClient:
    phone = _phone(**look)
    assert phone.get(f"/room/{room.code}").status_code == 200
    return phone


def _send(phone: TestClient, room: Room, answer: object, question: object = 0):
    return phone.post(f"/room/{room.code}/answer", json={"question": question, "answer": answer})


def _state(phone: TestClient, room: Room, seen: int = -1) -> dict:
    return phone.get(f"/room/{room.code}/state?seen={seen}").json()


def test_a_phone_follows_the_class_from_question_to_answer(opened):
    _, room = opened
    phone = _come_in(room)
    assert _state(phone, room)["phase"] == "wait"
    room.show(NUMBER)
    asked = _state(phone, room)
    assert (asked["phase"], asked["text"], asked["choices"]) == ("ask", "How many (en)?", ["0%", "50%", "100%"])
    assert _send(phone, room, [1]).status_code == 200
    assert _send(phone, room, [2]).status_code == 200
    assert room.counts() == (1, 1)
    room.show(NUMBER, is_revealed=True)
    told = _state(phone, room)
    assert (told["phase"], told["mine"], told["truth"]) == ("reveal", [2], ["37%"])
    assert room.answers(NUMBER) == [1.0]
    room.show(None)
    assert _state(phone, room)["phase"] == "wait"
    assert set(_state(phone, room, seen=_state(phone, room)["version"])) == {"version"}


def test_no_phone_hears_the_answer_before_the_class(opened):
    _, room = opened
    phone = _come_in(room)
    for question, secret in ((NUMBER, "37%"), (ORDER, 'truth":[')):
        room.show(question)
        assert secret not in phone.get(f"/room/{room.code}/state").text
        assert "worth" not in phone.get(f"/room/{room.code}/state").text


def test_what_was_revealed_takes_no_more_answers_even_when_the_class_turns_back(opened):
    _, room = opened
    phone = _come_in(room)
    room.show(NUMBER)
    room.show(NUMBER, is_revealed=True)
    room.show(NUMBER)
    refused = _send(phone, room, [1])
    assert refused.status_code == 409
    assert "shown already" in refused.json()["error"]
    assert room.answers(NUMBER) == []


def test_a_question_that_was_never_asked_is_not_revealed_to_phones(opened):
    _, room = opened
    room.show(NUMBER, is_revealed=True)
    assert _state(_come_in(room), room)["phase"] == "wait"


def test_a_phone_that_answers_again_and_again_counts_once(opened):
    _, room = opened
    phone = _come_in(room)
    room.show(NUMBER)
    for answer in range(50):
        _send(phone, room, [answer % 3])
    assert room.answers(NUMBER) == [0.5]


@pytest.mark.parametrize(
    "answer",
    [[10**30], [-1], ["1"], ["<script>alert(1)</script>"], [1.5], [True], [None], [], [1, 1], 1, {"0": 1}, None, [[1]]],
)
def test_what_is_no_answer_is_refused_in_words(opened, answer):
    _, room = opened
    phone = _come_in(room, language="zh-CN,zh;q=0.9")
    room.show(NUMBER)
    refused = _send(phone, room, answer)
    assert (refused.status_code, room.answers(NUMBER)) == (422, [])
    assert "不是屏幕上那道题的答案" in refused.json()["error"]


@pytest.mark.parametrize("answer", [[0, 0, 1], [0, 1], [0, 1, 3], [0, 1, 2, 2]])
def test_an_order_holds_each_thing_once(opened, answer):
    _, room = opened
    room.show(ORDER)
    assert _send(_come_in(room), room, answer).status_code == 422
    assert _send(_come_in(room), room, [1, 2, 0]).status_code == 200
    assert room.answers(ORDER) == [[0, 1, 2]]


@pytest.mark.parametrize(
    "body", [b"NaN", b'{"question": NaN}', b"[" * 900, b"\xff\xfe", b"", b'{"question": 1e400}', b'"x"']
)
def test_a_body_that_is_none_is_refused(opened, body):
    _, room = opened
    room.show(NUMBER)
    assert _come_in(room).post(f"/room/{room.code}/answer", content=body).status_code == 422


def test_a_huge_body_is_not_read_to_its_end(opened):
    _, room = opened
    sent = []

    def endless():
        while len(sent) < 1_000:
            sent.append(1)
            yield b"1" * 1_000

    phone = _come_in(room)
    assert phone.post(f"/room/{room.code}/answer", content=endless()).status_code == 413


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["question", "answer"]), inner),
)


@given(st.binary(max_size=300) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_whatever_is_sent_is_read_or_refused(body):
    try:
        question, chosen = read_answer(body)
    except Refused as refused:
        assert refused.status == 422
    else:
        assert type(question) is int
        assert NUMBER.accepts(chosen) == (chosen in ([0], [1], [2]) and type(chosen[0]) is int)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:9999", ""])
def test_a_foreign_page_cannot_answer_for_a_phone(opened, origin):
    _, room = opened
    room.show(NUMBER)
    assert _send(_come_in(room, origin=origin), room, [1]).status_code == 403
    assert room.answers(NUMBER) == []


def test_a_phone_without_a_cookie_is_told_so(opened):
    _, room = opened
    refused = _phone().get(f"/room/{room.code}/state")
    assert (refused.status_code, "cookies" in refused.json()["error"]) == (403, True)


def test_a_code_that_is_none_and_a_room_that_closed_are_told_apart(opened):
    all_rooms, room = opened
    phone = _come_in(room)
    all_rooms.close(room.code)
    for path in (f"/room/{room.code}", f"/room/{room.code}/state"):
        closed = phone.get(path)
        assert (closed.status_code, "has closed" in closed.text) == (410, True)
    assert _send(phone, room, [1]).status_code == 410
    for code in ("XXXX", "%3Cscript%3E", "A" * 3_000):
        unknown = phone.get(f"/room/{code}")
        assert (unknown.status_code, "no room of these letters" in unknown.text) == (404, True)
        assert "<script>" not in unknown.text


def test_the_letters_may_be_typed_in_either_case(opened):
    _, room = opened
    phone = _phone()
    assert "four letters" in phone.get("/room").text
    assert room.code in phone.get(f"/room?code={room.code.lower()}").text
    assert "four letters" in phone.get("/room?code=../../etc").text


def test_a_page_is_in_the_phones_language_and_runs_our_own_script_alone(opened):
    _, room = opened
    assert 'lang="zh"' in _come_in(room, language="fr;q=0.9, zh-CN").get(f"/room/{room.code}").text
    page = _phone(language="zh").get(f"/room/{room.code}?lang=en")
    assert 'lang="en"' in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "httponly" in page.headers["set-cookie"].lower()


@pytest.mark.parametrize("base", ["", "/hubscope", "/room"])
def test_every_page_finds_its_script_and_look_under_the_path_of_a_proxy(opened, base):
    _, room = opened
    phone = _phone(base_path=base)
    for path in ("/room", f"/room/{room.code}", "/presenter"):
        page = phone.get(base + path)
        assert page.status_code == 200
        for asked in re.findall(r'(?:src|href)="([^"?:]+)"', page.text):
            assert phone.get(asked).status_code == 200, asked
    assert phone.get(f"{base}/room/{room.code}/state").json()["phase"] == "wait"


def test_one_address_cannot_fill_a_room_and_a_room_is_never_larger_than_it_is():
    room = Room("BCDF")
    for number in range(MOST_FROM_ONE_ADDRESS):
        assert room.join(f"phone {number}", "192.0.2.1") == number + 1
    with pytest.raises(Refused, match="full"):
        room.join("one more", "192.0.2.1")
    assert room.join("phone 0", "192.0.2.1") == 1
    for number in range(rooms.MOST_PHONES - MOST_FROM_ONE_ADDRESS):
        room.join(f"other {number}", f"198.51.100.{number % 250}")
    with pytest.raises(Refused, match="full"):
        room.join("last", "203.0.113.1")


def test_a_server_holds_so_many_rooms_and_idle_ones_close():
    now = [0.0]
    all_rooms = Rooms(clock=lambda: now[0])
    opened = [all_rooms.open() for _ in range(MOST_ROOMS)]
    assert all_rooms.open() is None
    assert all(set(room.code) <= set(LETTERS) for room in opened)
    now[0] = IDLE / 2
    opened[0].show(None)
    now[0] = IDLE + 1
    assert all_rooms.find(opened[0].code) is opened[0]
    with pytest.raises(Refused, match="closed"):
        all_rooms.find(opened[1].code)


def test_a_room_that_closes_while_phones_answer_breaks_nothing(opened):
    all_rooms, room = opened
    room.show(NUMBER)
    phones = [_come_in(room) for _ in range(8)]
    with ThreadPoolExecutor(8) as sending:
        sent = [sending.submit(_send, phone, room, [1]) for phone in phones for _ in range(3)]
        all_rooms.close(room.code)
        assert {one.result().status_code for one in sent} <= {200, 410}


def test_the_table_of_answers_names_no_phone_and_holds_no_formula():
    room = Room("BCDF")
    for phone in ("first", "second"):
        room.join(phone, "192.0.2.1")
    room.show(NUMBER)
    room.answer(2, 0, [1])
    room.show(ORDER)
    room.answer(1, 1, [1, 0, 2])
    table = pd.read_csv(BytesIO(csv_file(room.table())))
    assert table[["lesson", "phone", "value"]].values.tolist() == [
        ["one", 2, 0.5],
        ["two", 1, 1],
        ["two", 1, 2],
        ["two", 1, 3],
    ]
    assert table["item"].tolist()[1:] == ["b", "'=a", "c"]
    assert "first" not in table.to_csv()


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.slug for lesson in LESSONS])
def test_every_lesson_asks_a_question_that_its_own_truth_would_answer(lesson, demo_home):
    facts = lesson.figure.read(open_current(demo_home), Choices.from_address({}, lesson.extras))
    question = question_of(lesson, facts)
    english, chinese = (question.words[language] for language in LANGUAGES)
    assert len(english.choices) == len(chinese.choices) == len(question.worth)
    assert len(english.truth) == len(chinese.truth) == question.places
    assert question.accepts(list(range(question.places)))
    if question.kind == "order":
        right = [question.worth.index(place) for place in range(question.places)]
        assert [english.choices[one] for one in right] == list(english.truth)
        assert question.answer(right) == list(range(question.places))
    assert question == question_of(lesson, facts)
