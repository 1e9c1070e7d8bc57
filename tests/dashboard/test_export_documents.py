"""HTML that opens from a file, slides, and citation packs: what stands in them, read back."""

import base64
import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from html import unescape

import duckdb
import pandas as pd
import pytest
from pptx import Presentation

from dashboard import figures
from dashboard.choices import Choices
from dashboard.export import chapters, citation, html_document, pictures, slides
from dashboard.export.exhibit import read_exhibit
from dashboard.export.formats import make
from dashboard.export.slide_tables import lay_out
from dashboard.export.tables import readable
from dashboard.lessons import LESSONS
from dashboard.say import LANGUAGES, Say
from dashboard.sheets import SHEET
from tests.dashboard.exporting import NOW, chapter, exhibit
from tests.warehouse.marts import TOP, built, model
from warehouse.errors import NothingToExport, NoWarehouse
from warehouse.read import open_current

HOSTILE = "</script><script>alert(1)</script>\u202egpj.exe\x07"
ODD = pd.DataFrame({"id": [HOSTILE, "org/model"], "downloads": [12, None]})


@pytest.fixture(scope="module")
def warehouse(demo_home):
    return open_current(demo_home)


# --- HTML


def _html(say: Say, *shown: chapters.Chapter, title: str = "x") -> str:
    """One file, without the script of Vega in it."""
    page = html_document.html(shown, say, mode="light", title=title)
    assert html_document.vega() in page
    return page.replace(html_document.vega(), "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_as_html_holds_all_it_says_and_reaches_for_nothing(warehouse, language):
    say, taught = Say(language), chapters.lesson(warehouse, LESSONS[0], Choices())
    page = _html(say, taught)
    words = unescape(page)
    for sentence in (*taught.points(say), *taught.questions(say)):
        assert sentence in words
    assert taught.see(taught.parts[0], say) in words
    assert "default-src 'none'" in page
    assert re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", page) == []
    assert page.count("<table>") == 2


def test_hostile_text_is_text_in_html():
    page = _html(Say("en"), chapter(exhibit(ODD), title=HOSTILE), title=HOSTILE)
    assert "<script>alert" not in page
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in page, "in the table"
    assert "\\u003c/script\\u003e" in page, "in the chart's own data"
    assert not set("\u202e\x07") & set(page), "nothing turns the reading direction round"
    assert "select &#39;&lt;b&gt;&#39; as mark" in page


def test_a_long_table_shows_its_first_rows_and_gives_all_of_them():
    frame = pd.DataFrame({"id": [f"m{place}" for place in range(500)], "downloads": range(500)})
    page = _html(Say("en"), chapter(exhibit(frame)))
    assert page.count("<tr>") == 1 + html_document.SHOWN_ROWS
    assert "The first 200 of 500 rows" in page
    (inline,) = re.findall(r"base64,([^\"]+)", page)
    rows = list(csv.DictReader(io.StringIO(base64.b64decode(inline).decode("utf-8-sig"))))
    assert (len(rows), rows[-1]["id"]) == (500, "m499")


def test_cells_are_written_for_people_and_unknown_is_not_zero():
    frame = pd.DataFrame(
        {
            "kind": ["model", "model"],
            "id": ["a", None],
            "repository_count": [1234.0, None],
            "undeclared_share": [0.1234, 0],
            "created_month": pd.to_datetime(["2026-01-01", None]),
            "created_year": [2024, 2025],
            "label_en": ["x", "y"],
            "label_zh": ["甲", "乙"],
        }
    )
    shown = readable(frame, Say("zh"))
    assert shown.iloc[0].tolist() == ["a", "1,234", "12.3%", "2026年1月", "2024", "甲"]
    assert shown.iloc[1].tolist() == ["–", "–", "0.0%", "–", "2025", "乙"]


# --- citation packs


def test_every_file_of_a_citation_pack_has_the_checksum_that_its_metadata_state(warehouse):
    shown = read_exhibit(warehouse, figures.licences.CLASSES, Choices(kind="dataset"))
    archive = zipfile.ZipFile(io.BytesIO(citation.pack(shown, Say("zh"), mode="light", now=NOW)))
    folder = "hubscope-licences-classes/"
    about = json.loads(archive.read(f"{folder}metadata.json"))
    endings = {name.rpartition(".")[2] for name in archive.namelist()}
    assert endings == {"csv", "parquet", "sql", "svg", "png", "json", "bib", "txt"}
    told = archive.read(f"{folder}README.txt").decode()
    assert all(name in told for name in (*about["files"], "metadata.json") if name != "README.txt")
    assert about["title"] in told and about["provenance"] in told and about["build_id"] in told
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"127.0.0.1" not in everything and b"localhost" not in everything, "a port of the demo is no address"
    assert about["url"] is None and "url =" not in archive.read(f"{folder}citation.bib").decode()
    assert {name: hashlib.sha256(archive.read(folder + name)).hexdigest() for name in about["files"]} == {
        name: one["sha256"] for name, one in about["files"].items()
    }
    assert set(about["files"]) == {name.removeprefix(folder) for name in archive.namelist()} - {"metadata.json"}
    assert about["snapshot"]["kind"] == "dataset"
    assert about["is_simulated"] is True
    assert "simulator" not in about["source"]["terms"], "the terms are in the reader's language"
    rows = pd.read_parquet(io.BytesIO(archive.read(f"{folder}licences-classes.parquet")))
    pd.testing.assert_frame_equal(rows, shown.facts.frame)
    assert len(warehouse.run_sql(archive.read(f"{folder}licences-classes.sql").decode())) >= len(rows)


def test_a_citation_names_the_address_of_its_view_where_a_site_holds_it(warehouse, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_SITE_URL", "https://example.org/course")
    shown = read_exhibit(warehouse, figures.licences.CLASSES, Choices(kind="dataset"))
    about = citation.metadata(shown, Say("zh"), NOW)
    place = "https://example.org/course/zh/embed/licences-classes-dataset.html"
    assert about["url"].startswith(f"{place}?as_of=")
    assert f"url = {{{place}" in citation.bibtex(about) and citation.csl(about)["URL"] == about["url"]
    assert about["url"] in citation.readme(about, [], Say("zh"))
    earlier = read_exhibit(warehouse, figures.licences.CLASSES, Choices(as_of=shown.moment.replace(month=9)))
    assert citation.metadata(earlier, Say("zh"), NOW)["url"] is None, "the site holds the newest"


def test_a_citation_names_the_snapshot_and_survives_tex():
    about = citation.metadata(exhibit(ODD), Say("en"), NOW) | {"title": r"100 % of {models} & $5_a\b"}
    entry = citation.bibtex(about)
    assert r"title = {{100 \% of \{models\} \& \$5\_a\textbackslash{}b}}" in entry
    assert "year = {2026}" in entry
    assert "Snapshot 24 Nov 2026, 00:00 UTC" in entry
    assert citation.csl(about)["issued"] == {"date-parts": [[2026, 11, 24]]}
    assert citation.csl(about)["type"] == "graphic"


# --- slides


def _texts(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def _alternatives(slide) -> list[str]:
    return [element.get("descr") or "" for element in slide._element.xpath(".//p:cNvPr")]


def _cells(deck) -> list[str]:
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    return [cell.text_frame.text for table in tables for row in table.rows for cell in row.cells]


def _opened(content: bytes):
    return Presentation(io.BytesIO(content))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_as_slides_asks_shows_explains_and_cites(warehouse, language):
    say, taught = Say(language), chapters.lesson(warehouse, LESSONS[0], Choices())
    figure, table = taught.parts
    deck = _opened(slides.deck([taught], say, mode="light", title=taught.title(say), now=NOW))
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-3)
    points, question, picture, *tables = list(deck.slides)
    assert points.shapes.title.text_frame.text == taught.title(say)
    assert all(point in _texts(points) for point in taught.points(say))
    assert say(f"{LESSONS[0].section}.guess.question") in _texts(question)
    assert taught.see(figure, say) in _texts(picture)
    assert figure.provenance(say) in _texts(picture)
    assert figure.spec(say, mode="light")["description"] in _alternatives(picture)
    notes = picture.notes_slide.notes_text_frame.text
    assert taught.notes(say)[:40] in notes
    rows = [
        [cell.text_frame.text for cell in row.cells]
        for slide in tables
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    ]
    assert rows[0] == list(table.rows(say).columns)
    assert rows[1:] == table.rows(say).to_numpy().tolist()
    assert all(question in _texts(deck.slides[len(deck.slides) - 2]) for question in taught.questions(say))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notes_of_a_slide_say_what_the_letters_in_its_picture_stand_for(warehouse, language):
    say, lettered = Say(language), chapters.chart(warehouse, figures.growth.CUMULATIVE, Choices())
    deck = _opened(slides.deck([lettered], say, mode="light", title="x", now=NOW))
    assert lettered.exhibits[0].legend(say)[0] in deck.slides[0].notes_slide.notes_text_frame.text


def _lines(said: str | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else said


def test_the_picture_on_a_slide_says_itself_that_its_data_are_simulated(warehouse, monkeypatch):
    drawn, png = [], pictures.png
    monkeypatch.setattr(pictures, "png", lambda spec: drawn.append(spec) or png(spec))
    drawn_from = [
        chapters.lesson(warehouse, LESSONS[0], Choices()),
        chapters.chart(warehouse, figures.downloads.LORENZ, Choices()),
    ]
    slides.deck(drawn_from, Say("en"), mode="light", title="x", now=NOW)
    assert len(drawn) == 2
    for spec in drawn:
        assert Say("en")("ui.picture.simulated") in " ".join(
            [*_lines(spec["title"]["text"]), *_lines(spec["title"]["subtitle"])]
        )
    assert "simulated" in " ".join(_lines(drawn[1]["title"]["text"])), "a subtitle without a title is not drawn"


@pytest.mark.parametrize("number", [0, 2])
def test_the_slide_of_a_question_brings_what_the_class_is_told_for_it(warehouse, number):
    say, taught = Say("en"), chapters.lesson(warehouse, LESSONS[number], Choices())
    deck = _opened(slides.deck([taught], say, mode="light", title="x", now=NOW))
    told = LESSONS[number].given(taught.exhibits[0].facts, say)
    assert told.count(" · ") >= 2
    assert told in _texts(deck.slides[1])
    assert "?" in told if number == 0 else "Qwen" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_course_begins_with_its_title_its_part_and_its_date_and_then_names_every_lesson(warehouse, language):
    say = Say(language)
    course = [chapters.lesson(warehouse, taught, Choices()) for taught in LESSONS]
    # One lesson's slides behind it are enough here: LibreOffice's test draws them all, in both languages.
    deck = _opened(slides.deck(course[:1], say, mode="light", title="x", now=NOW, listed=course))
    begun = _texts(deck.slides[0])
    assert begun[0] == "x" and say("course.part") in begun and course[0].exhibits[0].provenance(say) in begun
    assert all(taught.title(say) in _texts(deck.slides[1]) for taught in LESSONS)


def test_chinese_words_on_slides_name_a_chinese_font(warehouse):
    taught = chapters.lesson(warehouse, LESSONS[0], Choices())
    deck = _opened(slides.deck([taught], Say("zh"), mode="dark", title="x", now=NOW))
    runs = [run for slide in deck.slides for run in slide._element.iter(f"{{{slide._element.nsmap['a']}}}rPr")]
    assert runs
    assert all(run.find("a:ea", run.nsmap).get("typeface") == "Microsoft YaHei" for run in runs)
    assert {run.get("lang") for run in runs} == {"zh-CN"}


@pytest.mark.parametrize("title", ["许可证" * 100, "Licence " * 40, "m" * 300])
def test_a_title_of_300_characters_shrinks_and_ends_where_the_slide_ends(title):
    deck = _opened(
        slides.deck(
            [chapter(title=title), chapter()], Say("en"), mode="light", title=title, now=NOW, listed=[chapter()] * 2
        )
    )
    shape = deck.slides[0].shapes.title
    (size,) = {run.font.size.pt for run in shape.text_frame.paragraphs[0].runs}
    assert size == 15
    assert shape.text_frame.text.endswith("…")
    assert title.startswith(shape.text_frame.text[:-1])


def test_a_long_table_goes_on_over_slides_and_repeats_its_headings():
    frame = pd.DataFrame({"id": [f"org/model-{place}" for place in range(60)], "downloads": range(60)})
    shown = exhibit(frame)
    laid = lay_out(shown.rows(Say("en")), 880, 392)
    assert len(laid.slides) > 2
    assert len({tuple(rows[0]) for rows in laid.slides}) == 1
    assert sum(len(rows) - 1 for rows in laid.slides) == 60


def test_hostile_text_stands_on_slides_as_text():
    deck = _opened(slides.deck([chapter(exhibit(ODD))], Say("en"), mode="light", title="x", now=NOW))
    cells = _cells(deck)
    assert "</script><script>alert(1)</script>\ufffdgpj.exe\ufffd" in cells
    assert "–" in cells


# --- bad input


def test_nothing_to_show_is_an_error_that_names_the_command(warehouse):
    early = chapters.chart(warehouse, figures.licences.CLASSES, Choices(as_of=NOW.replace(year=2001)))
    with pytest.raises(NothingToExport, match="hubscope collect"):
        make("pptx", [early], Say("en"), mode="light", now=NOW, stem="x")


def test_what_a_build_lacks_is_said_in_its_place_when_there_is_more_to_show(warehouse):
    both = chapters.Chapter(
        "x", lambda say: "x", (read_exhibit(warehouse, figures.explore.HISTORY, Choices()), exhibit(ODD))
    )
    page = _html(Say("en"), both)
    assert "<code>hubscope collect --profile full</code>" in page
    assert len(_opened(slides.deck([both], Say("en"), mode="light", title="x", now=NOW)).slides) == 3


def test_a_build_without_a_table_that_a_chart_reads_names_the_command(warehouse, monkeypatch, tmp_path):
    older = tmp_path / "older.duckdb"
    duckdb.connect(str(older)).close()
    with pytest.raises(NoWarehouse, match="hubscope build"):
        replace(warehouse, path=older).query("bibliography")


@pytest.mark.parametrize("form", ["pptx", "html", "citation"])
def test_a_family_that_no_model_belongs_to_makes_no_file_and_names_what_to_choose(warehouse, form):
    case = next(lesson for lesson in LESSONS if lesson.slug == "case_study")
    empty = chapters.lesson(warehouse, case, Choices(extras=(("family", "nobody"),)))
    with pytest.raises(NothingToExport, match=r"Choose another family.*hubscope collect --profile full"):
        make(form, [empty], Say("en"), mode="light", now=NOW, stem="x")


@pytest.mark.parametrize(
    ("language", "remedy"), [("en", "To list every repository run"), ("zh", "要列出全部仓库，请运行")]
)
def test_growth_of_a_snapshot_that_is_a_top_list_names_the_coverage_it_needs(home, language, remedy):
    built(home, {TOP: [model(f"m{number}", 9 - number) for number in range(3)]})
    chapter = chapters.page(open_current(home), SHEET["growth"], Choices())
    figure = chapter.parts[0]
    assert remedy in figure.why(Say(language)) and "hubscope collect --profile full" in figure.why(Say(language))
    deck = _opened(slides.deck([chapter], Say(language), mode="light", title="x", now=NOW))
    assert any(remedy in _texts(slide) for slide in deck.slides), "said in its place, not left out"
