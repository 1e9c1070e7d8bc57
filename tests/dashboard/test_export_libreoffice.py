"""Slides opened by LibreOffice: every page is there, in the words and the shape that were written."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard.choices import Choices
from dashboard.export import chapters
from dashboard.export.chapters import LessonChapter
from dashboard.export.formats import make
from dashboard.lessons import LESSONS
from dashboard.say import Say
from tests.dashboard.exporting import NOW
from warehouse.read import open_current

SOFFICE, PDFTOTEXT, PDFINFO = (shutil.which(name) for name in ("soffice", "pdftotext", "pdfinfo"))

pytestmark = pytest.mark.skipif(
    not (SOFFICE and PDFTOTEXT and PDFINFO),
    reason="no LibreOffice (libreoffice-impress, poppler-utils) on this machine",
)


def _pdf(deck: bytes, folder: Path) -> Path:
    """What LibreOffice makes of a deck; a profile of its own, so that a running office does not matter."""
    (folder / "deck.pptx").write_bytes(deck)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            folder / "deck.pptx",
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / "deck.pdf"


def _words(pdf: Path) -> str:
    """Everything that is written, without the breaks between lines, and without hyphens: pdftotext drops one that ends a line."""
    written = subprocess.run([PDFTOTEXT, pdf, "-"], check=True, capture_output=True).stdout.decode()
    return re.sub(r"[\s-]+", "", written)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_libreoffice_opens_the_course_and_shows_every_word_of_it(demo_home, tmp_path, language):
    say = Say(language)
    course = list(chapters.course(open_current(demo_home), Choices()))
    (deck,) = make("pptx", course, say, mode="light", now=NOW, stem="course").values()
    pdf = _pdf(deck, tmp_path)
    about = subprocess.run([PDFINFO, pdf], check=True, capture_output=True, text=True).stdout
    width, height = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", about).groups())
    assert width / height == pytest.approx(16 / 9, rel=1e-2)
    assert int(re.search(r"Pages:\s+(\d+)", about).group(1)) >= 1 + 5 * len(LESSONS)
    written = _words(pdf)
    charts = [
        shape.chart for slide in Presentation(io.BytesIO(deck)).slides for shape in slide.shapes if shape.has_chart
    ]
    assert charts
    for chart in charts:
        for words in (chart.chart_title.text_frame.text, chart.value_axis.axis_title.text_frame.text):
            assert re.sub(r"[\s-]+", "", words) in written
    for chapter in course:
        asked = chapter.questions(say) if isinstance(chapter, LessonChapter) else []
        for sentence in (*chapter.points(say), *asked):
            assert re.sub(r"[\s-]+|`|\*\*", "", sentence) in written
