"""Pictures are right on a machine without any font, and never reach for another host."""

import io
import json
import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageFont

from dashboard import figures, theme
from dashboard.choices import Choices
from dashboard.export import pictures
from dashboard.export.exhibit import read_exhibit
from dashboard.export.formats import one
from dashboard.export.slides import TYPE_SIZE, WIDTH
from dashboard.lessons import LESSONS
from dashboard.say import LANGUAGES, LOCALES, Say, words
from tests.dashboard.exporting import NOW
from warehouse.read import open_current

NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{}</dir></fontconfig>'
DRAW = """
import hashlib, json, sys
from dashboard.export import pictures
for text in json.loads(sys.argv[1]):
    for weight in (400, 700):
        mark = {"type": "text", "text": text, "fontSize": 30, "fontWeight": weight, "font": pictures.theme.FONT}
        spec = {"data": {"values": [{}]}, "width": 300, "height": 60, "mark": mark, "title": {"text": ""}}
        print(hashlib.sha256(pictures.png(spec)).hexdigest())
"""


def _drawn_without_fonts(tmp_path, *texts: str) -> list[str]:
    """Checksums of each text's picture, thin and bold, where the system has no fonts at all."""
    config = tmp_path / "fonts.conf"
    config.write_text(NO_FONTS.format(tmp_path))
    drawn = subprocess.run(
        [sys.executable, "-c", DRAW, json.dumps(texts)],
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
        capture_output=True,
        text=True,
        check=True,
    )
    return drawn.stdout.split()


def test_chinese_is_drawn_and_not_as_boxes_on_a_machine_without_fonts(tmp_path):
    unknown = "\U00020000\U00020001"  # rare characters that our font lacks: boxes, all alike
    drawn = _drawn_without_fonts(tmp_path, "许可证", "下载量", unknown, "\U00020002\U00020003")
    assert len(set(drawn[:4])) == 4, "two texts and two weights are four pictures"
    assert drawn[4] == drawn[6], "what the font lacks is a box"
    assert not set(drawn[:4]) & set(drawn[4:])


def _lacking(weight: str, text: str) -> list[str]:
    """The characters of a text that one weight of our font would draw as a box."""
    font = ImageFont.truetype(pictures.FONTS / f"HubscopeSans-{weight}.otf", 24)
    box = bytes(font.getmask("\U00020000"))
    return sorted(sign for sign in set(text) if not sign.isspace() and bytes(font.getmask(sign)) == box)


def _all_words() -> dict[str, str]:
    return {
        f"{language}.{path.stem}.{key}": text
        for language in LANGUAGES
        for path in (LOCALES / language).glob("*.toml")
        for key, text in words(language, path.stem).items()
    }


def test_the_bundled_font_holds_every_character_of_our_words():
    assert _lacking("Regular", "".join(_all_words().values())) == []


def test_its_bold_weight_holds_every_character_of_a_title():
    assert _lacking("Bold", "".join(text for key, text in _all_words().items() if key.endswith("title"))) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.slug for lesson in LESSONS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_ours_is_cut_in_a_picture(demo_home, lesson, language):
    drawn = read_exhibit(open_current(demo_home), lesson.figure, Choices.from_address({}, lesson.extras))
    spec = drawn.spec(Say(language), mode="light", width=WIDTH, size=TYPE_SIZE)
    root = ElementTree.fromstring(pictures.svg(spec))
    texts = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts
    assert [text for text in texts if text.endswith("…")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_an_svg_are_words_and_name_fonts_that_readers_have(demo_home, language):
    say = Say(language)
    drawn = read_exhibit(open_current(demo_home), figures.licences.CLASSES, Choices())
    spec = drawn.spec(say, mode="light", width=pictures.WIDTH)
    root = ElementTree.fromstring(pictures.svg(spec))
    texts = list(root.iter("{http://www.w3.org/2000/svg}text"))
    assert say("licences.class.permissive") in {element.text for element in texts}
    assert all("Microsoft YaHei" in element.get("font-family") for element in texts)
    assert root.find("{http://www.w3.org/2000/svg}title").text == spec["title"]["text"]
    assert root.find("{http://www.w3.org/2000/svg}desc").text == spec["description"]


def test_a_picture_has_the_width_that_was_asked_for_labels_and_all(demo_home):
    drawn = read_exhibit(open_current(demo_home), figures.tasks.COVERAGE, Choices())
    png = pictures.png(drawn.spec(Say("en"), mode="dark", width=800), scale=1)
    image = Image.open(io.BytesIO(png)).convert("RGB")
    assert image.width == 800
    assert "#{:02X}{:02X}{:02X}".format(*image.getpixel((1, 1))) == theme.INK["dark"]["background"]


@pytest.mark.parametrize("mode", theme.MODES)
def test_a_picture_that_leaves_says_below_it_where_it_is_from_whole(demo_home, monkeypatch, mode):
    drawn = read_exhibit(open_current(demo_home), figures.publishers.ORGANISATIONS, Choices())
    say = Say("zh")
    assert drawn.source_line(say).endswith("· hubscope")
    monkeypatch.setenv("HUBSCOPE_SITE_URL", "https://example.org")
    vectors = one("svg", drawn, say, mode, NOW)
    said = "".join(ElementTree.fromstring(vectors)[-1].itertext())
    assert said.replace(" ", "") == drawn.source_line(say).replace(" ", "")
    assert drawn.provenance(say) in drawn.source_line(say) and "https://example.org/zh/embed/" in said
    bare = Image.open(io.BytesIO(pictures.png(drawn.spec(say, mode=mode, width=pictures.WIDTH))))
    picture = Image.open(io.BytesIO(one("png", drawn, say, mode, NOW))).convert("RGB")
    assert picture.width == bare.width and picture.height > bare.height + 2 * pictures.SOURCE_LINE
    strip = picture.crop((0, bare.height, picture.width, picture.height))
    ground = tuple(bytes.fromhex(theme.INK[mode]["background"][1:]))
    assert strip.getpixel((1, strip.height - 2)) == ground and len(strip.getcolors(1 << 20)) > 10, (
        "there are words in it"
    )


def test_a_picture_that_names_another_host_is_refused():
    spec = {"data": {"url": "https://example.org/rows.json"}, "mark": "bar", "title": {"text": ""}}
    with pytest.raises(ValueError, match="not allowed"):
        pictures.svg(spec)
