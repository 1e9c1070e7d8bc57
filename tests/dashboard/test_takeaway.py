"""The buttons under a picture and in the side bar, and what they make."""

import threading
import time
import zipfile
from io import BytesIO

import pytest
from PIL import Image

from dashboard import figures, published, takeaway
from dashboard.choices import Choices
from dashboard.export import chapters, leaves
from dashboard.export.exhibit import Exhibit, read_exhibit
from dashboard.export.formats import FORMATS
from dashboard.export.made import MadeFiles
from dashboard.say import Say
from dashboard.sheets import SHEET
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


def _embed_lines(page) -> list[str]:
    return [block.value for block in page.get("code") if "/embed/" in block.value]


def test_a_figure_is_offered_for_other_pages_where_the_site_is_known_and_holds_the_view(demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    assert _embed_lines(run("licences", lang="en")) == []
    monkeypatch.setenv("HUBSCOPE_SITE_URL", "https://example.org/course")
    frame, picture = _embed_lines(run("licences", lang="zh", kind="dataset", weight="downloads_30d"))
    stem = "https://example.org/course/zh/embed/licences-classes-dataset-downloads-30d"
    assert f'<iframe src="{stem}.html?as_of=20261101T000000Z"' in frame
    assert picture.startswith("[![") and picture.endswith(f"]({stem}.svg)]({stem}.html?as_of=20261101T000000Z)")


@pytest.mark.parametrize("chosen", [{"undeclared": "0"}, {"as_of": "20260901T000000Z"}, {"task": "text-generation"}])
def test_no_figure_is_offered_in_a_view_that_the_site_does_not_hold(demo_home, monkeypatch, chosen):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    monkeypatch.setenv("HUBSCOPE_SITE_URL", "https://example.org")
    page = run("licences", lang="en", **chosen)
    assert not page.exception
    assert _labels(page)
    assert _embed_lines(page) == []


def test_every_figure_that_is_offered_for_other_pages_is_one_that_the_site_writes(demo_home):
    """Of each page in each kind and weight."""
    warehouse = open_current(demo_home)
    offered, written = set(), set()
    for sheet in (SHEET["open_closed"], SHEET["tasks"]):
        for kind, weight in published.variants(sheet):
            choices = Choices(kind=kind, weight=weight)
            read = [read_exhibit(warehouse, one, choices) for one in sheet.figures]
            shown = [(part.shown, part.choices) for part in read if isinstance(part, Exhibit)]
            offered |= {published.held_stem(*one, (), warehouse.newest_snapshot_at) for one in shown}
            written |= {
                published.embed_stem(part.key, part.choices)
                for part in leaves._of_sheet(warehouse, sheet, choices).embedded
            }
    assert len(written) > 20
    assert offered == written
