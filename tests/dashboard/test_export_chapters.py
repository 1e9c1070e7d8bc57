"""What can be exported is what the pages show; and the command line, as a person types it."""

import json

import pytest
from click.testing import CliRunner

from dashboard import figures
from dashboard.choices import Choices
from dashboard.export import chapters
from dashboard.export.commands import export
from dashboard.export.outputs import MARK
from dashboard.sheets import CHARTS, EXPORTED, SHEET
from warehouse.errors import ExportError, NoWarehouse
from warehouse.read import open_current


@pytest.fixture(autouse=True)
def _home(demo_home, monkeypatch, tmp_path):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    monkeypatch.chdir(tmp_path)


def hubscope_export(*arguments: str):
    return CliRunner().invoke(export, list(arguments))


def test_every_figure_is_on_a_page_that_can_be_exported():
    exported = {figure.key for sheet in EXPORTED for figure in sheet.figures}
    assert {figure.key for figure in figures.FIGURES} - exported == {"explore.history"}, "it needs chosen repositories"


def test_only_figures_that_can_be_weighed_change_with_the_weight(demo_home):
    chapter = chapters.page(open_current(demo_home), SHEET["tasks"], Choices(weight="downloads_30d"))
    weights = {part.key: part.choices.weight for part in chapter.exhibits}
    assert weights["tasks.coverage"] == "downloads_30d"
    assert weights["tasks.by_kind"] == "repositories"


@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (("chart", "licences.classes"), "hubscope-licences-classes-en.png"),
        (("chart", "licences.classes", "--lang", "zh", "-o", "图.svg"), "图.svg"),
        (("chart", "licences.classes", "--format", "citation", "--dark"), "hubscope-licences-classes-en.zip"),
        (("page", "licences", "--format", "html", "--kind", "dataset"), "hubscope-licences-en.html"),
        (("lesson", "origins", "--lang", "zh"), "hubscope-origins-zh.pptx"),
    ],
)
def test_an_export_is_named_for_what_it_is(arguments, made, tmp_path):
    asked = hubscope_export(*arguments)
    assert asked.exit_code == 0, asked.output
    assert [path.name for path in tmp_path.iterdir()] == [made]
    assert (tmp_path / made).stat().st_size > 5_000


def test_several_pictures_come_in_a_folder_that_says_who_made_it(tmp_path):
    asked = hubscope_export("page", "licences", "--format", "svg", "-o", "figures")
    assert asked.exit_code == 0, asked.output
    assert len(list((tmp_path / "figures").glob("*.svg"))) == len(SHEET["licences"].figures) == 5
    assert json.loads((tmp_path / "figures" / MARK).read_text())["made_by"] == "hubscope export"


def test_a_link_to_a_view_gives_the_picture_of_that_view(tmp_path):
    view = "http://localhost:8501/growth?lang=zh&tab=cumulative&scale=log"
    assert hubscope_export("chart", "growth.cumulative", "-o", "log.svg", "--view", view).exit_code == 0
    assert hubscope_export("chart", "growth.cumulative", "-o", "linear.svg").exit_code == 0
    assert (tmp_path / "log.svg").read_text() != (tmp_path / "linear.svg").read_text()


def test_a_day_means_the_newest_snapshot_of_that_day_or_before(demo_home, tmp_path):
    moments = sorted(open_current(demo_home).query("snapshot_list")["snapshot_at"].unique())
    asked = hubscope_export("chart", "licences.classes", "-o", "then.svg", "--as-of", f"{moments[2]:%Y-%m-%d}")
    assert asked.exit_code == 0, asked.output
    assert f"{moments[2].day} {moments[2]:%b %Y}" in (tmp_path / "then.svg").read_text()


def test_a_key_that_is_not_known_is_answered_with_those_that_look_like_it():
    asked = hubscope_export("chart", "licence.class")
    assert asked.exit_code == 2
    assert "licences.classes" in asked.output


@pytest.mark.parametrize("day", ["yesterday", "2026-02-31", "20261399T000000Z"])
def test_a_day_that_does_not_exist_is_refused(day):
    asked = hubscope_export("chart", "licences.classes", "--as-of", day)
    assert asked.exit_code == 2
    assert "neither a day" in asked.output


def test_before_the_first_snapshot_nothing_is_written(tmp_path):
    asked = hubscope_export("lesson", "origins", "--as-of", "2001-01-01")
    assert isinstance(asked.exception, ExportError)
    assert asked.exception.exit_code == NoWarehouse.exit_code
    assert list(tmp_path.iterdir()) == []


def test_the_list_names_every_key_in_the_readers_language():
    english, chinese = (hubscope_export("list", "--lang", language).output for language in ("en", "zh"))
    for figure in CHARTS:
        assert f"chart   {figure.key}" in english
    assert "许可证" in chinese
    assert "{" not in english


def test_a_site_never_replaces_a_folder_of_other_files(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    refused = hubscope_export("--site", str(tmp_path))
    assert isinstance(refused.exception, ExportError)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("arguments", [("--site", "public", "course"), ("--as-of", "2026-11-24", "course")])
def test_a_site_is_not_mixed_with_a_part(arguments):
    asked = hubscope_export(*arguments)
    assert asked.exit_code == 2
    assert "--site" in asked.output
