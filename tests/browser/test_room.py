"""Thirty phones and one presenter: a whole lesson, with a question that every phone answers."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

import pytest

from tests.browser.chromium import CHROMIUM, settle
from tests.browser.looking import TOO_HIGH, look
from tests.browser.serving import serve

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]

OTHERS = 29
HALF = 50
"""Of the choices of a share, the one of 50 %."""


@pytest.fixture(scope="module")
def classroom(demo_home):
    yield from serve(demo_home, "--class")


class Phone:
    """One that needs no browser: it keeps its cookie and sends what it is told to."""

    def __init__(self, room: str) -> None:
        self._room = room
        with urlopen(room, timeout=20) as page:
            self._cookie = page.headers["set-cookie"].partition(";")[0]

    def state(self) -> dict:
        with urlopen(Request(f"{self._room}/state", headers={"cookie": self._cookie}), timeout=20) as told:
            return json.load(told)

    def answer(self, chosen: list[int]) -> int:
        body = json.dumps({"question": self.state()["question"], "answer": chosen}).encode()
        headers = {"cookie": self._cookie, "origin": re.match(r"https?://[^/]+", self._room)[0]}
        with urlopen(Request(f"{self._room}/answer", body, headers), timeout=20) as told:
            return told.status


def _turn(page, step: str, key: str = "PageDown") -> None:
    page.keyboard.press(key)
    page.wait_for_url(lambda url: f"step={step}" in url, timeout=20_000, wait_until="commit")
    settle(page, pause=100)
    assert page.evaluate(TOO_HIGH) == 0, step


def test_a_lesson_with_thirty_phones(classroom, browser):
    screen = browser.new_page(viewport={"width": 1280, "height": 720})
    screen.goto(f"{classroom}/lesson_hub_architecture?class=1&lang=en")
    settle(screen)
    _turn(screen, "guess")
    screen.keyboard.press("r")
    screen.wait_for_url(lambda url: "room=" in url, timeout=20_000, wait_until="commit")
    room = f"{classroom}/room/{re.search(r'room=([A-Z]{4})', screen.url)[1]}"
    with ThreadPoolExecutor(OTHERS) as at_once:
        others = list(at_once.map(lambda _: Phone(room), range(OTHERS)))
        assert set(at_once.map(lambda one: others[one].answer([HALF + one % 5]), range(OTHERS))) == {200}

    phone = browser.new_page(viewport={"width": 375, "height": 812}, locale="zh-CN")
    phone.goto(room)
    slider = phone.get_by_role("slider")
    slider.wait_for()
    assert "truth" not in json.dumps({key: value for key, value in others[0].state().items() if value})
    assert phone.get_by_role("button").is_disabled()  # nothing is chosen yet, and no value is offered
    slider.focus()
    phone.keyboard.press("End")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="提交").click()
    phone.get_by_text("网络中断").wait_for()
    phone.context.set_offline(False)
    phone.get_by_text("已提交").wait_for(timeout=20_000)
    screen.get_by_text(f"Phones: {OTHERS + 1} · Answers: {OTHERS + 1}").wait_for(timeout=20_000)
    look(screen, "en")

    _turn(screen, "reveal")
    assert look(screen, "en") == 1
    assert f"{OTHERS + 1} answers. The middle one says 52.0%" in screen.inner_text('[data-testid="stMain"]')
    phone.locator("table").wait_for()
    assert "100.0%" in phone.inner_text("table")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375
    screen.reload()  # a projector that lost its page finds its room again
    settle(screen)
    assert f"{OTHERS + 1} answers." in screen.inner_text('[data-testid="stMain"]')
    for step in ("figure", "table", "practice", "questions"):
        _turn(screen, step)
    phone.get_by_text("请看大屏幕").wait_for()
    _turn(screen, "points")
    _turn(screen, "guess")
    phone.get_by_text("↓").first.wait_for()
    screen.get_by_role("button", name="Close the room").click()
    phone.get_by_text("房间已关闭").wait_for()
    screen.close()
    phone.close()
