"""The buttons under a picture and in the side bar, and what they make."""

import threading
import time
import zipfile
from io import BytesIO

import pytest
from PIL import Image

from dashboard import figures, takeaway
from dashboard.choices import Choices
from dashboard.export import chapters
from dashboard.export.exhibit import read_exhibit
from dashboard.export.formats import FORMATS
from dashboard.export.made import MadeFiles
from dashboard.say import Say
from tests.dashboard.pages import open_lesson, run
from warehouse.read import open_current


def _labels(page) -> list[str]:
    return [button.proto.label for button in page.get("download_button")]


@pytest.mark.parametrize(("language", "slides"), [("en", "Slides"), ("zh", "幻灯片")])
def test_every_format_is_offered_under_a_picture_and_the_page_in_the_side_bar(demo_home, monkeypatch, language, slides):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    page = run("licences", lang=language)
    assert not page.exception
    labels = _labels(page)
    assert labels.count(slides) == 2
    assert labels.count("HTML") == 2
    assert labels.count("PNG") == labels.count("SVG") == 1


@pytest.mark.parametrize(("language", "slides"), [("en", "Slides"), ("zh", "幻灯片")])
def test_a_lesson_and_the_course_are_offered_whole_on_their_pages(demo_home, monkeypatch, language, slides):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    figure_and_table = 2
    for page, count in ((run("course", lang=language), 1), (open_lesson(0, lang=language), 1 + figure_and_table)):
        assert not page.exception
        assert _labels(page).count(slides) == _labels(page).count("HTML") == count


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_what_its_button_says(demo_home, form):
    shown = read_exhibit(open_current(demo_home), figures.licences.CLASSES, Choices())
    made = takeaway._making(form, lambda: [chapters.alone(shown)], Say("zh"), "dark", shown.name, ("build",))()
    if form in ("pptx", "citation"):
        assert zipfile.ZipFile(BytesIO(made)).testzip() is None
    elif form == "png":
        assert Image.open(BytesIO(made)).format == "PNG"
    else:
        assert made.startswith((b"<svg", b"\n<!doctype", b"<!doctype"))


def test_nothing_is_made_before_a_button_is_pressed(demo_home, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("made without being asked")

    monkeypatch.setattr(takeaway, "make", refuse)
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    assert not run("growth", lang="en").exception


def test_files_are_made_one_at_a_time_and_handed_to_all_who_ask_for_the_same():
    made, at_work, most_at_once = MadeFiles(), [], []

    def make() -> bytes:
        at_work.append(1)
        most_at_once.append(len(at_work))
        time.sleep(0.02)
        at_work.pop()
        return b"file"

    asked = [threading.Thread(target=made.get, args=(number % 2, make)) for number in range(8)]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join()
    assert most_at_once == [1, 1]


def test_what_was_asked_for_least_recently_makes_room():
    made, asked = MadeFiles(kept_bytes=10), []

    def get(key: str) -> None:
        made.get(key, lambda: asked.append(key) or b"12345")

    for key in ("a", "b", "a", "c", "a", "b"):
        get(key)
    assert asked == ["a", "b", "c", "b"]
