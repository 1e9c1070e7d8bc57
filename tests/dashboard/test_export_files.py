"""An export is there whole, or what stood there before still is."""

import os
from pathlib import Path

import pytest

from dashboard.export.outputs import MARK, whole_folder, write_file
from warehouse.errors import ExportError


def _left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_in_one_step_and_leaves_nothing_beside(tmp_path):
    target = tmp_path / "slides.pptx"
    target.write_bytes(b"old")
    write_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert _left(tmp_path) == ["slides.pptx"]


def test_a_file_that_another_program_holds_stays_as_it_was(tmp_path, monkeypatch):
    target = tmp_path / "slides.pptx"
    target.write_bytes(b"old")

    def refuse(self, other):
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ExportError, match="close it"):
        write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert _left(tmp_path) == ["slides.pptx"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_is_an_error_with_its_remedy(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(ExportError, match="a place that you may write to"):
        write_file(tmp_path / "chart.png", b"new")


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ExportError, match="There is no folder"):
        write_file(tmp_path / "nowhere" / "chart.png", b"new")


def test_a_folder_of_an_earlier_export_is_replaced_whole(tmp_path):
    target = tmp_path / "site"
    for name in ("old.html", "new.html"):
        with whole_folder(target, {"made_by": "test"}) as folder:
            (folder / name).write_text(name)
    assert _left(target) == [MARK, "new.html"]
    assert _left(tmp_path) == ["site"]


def test_an_export_that_fails_midway_leaves_the_folder_of_the_one_before(tmp_path):
    target = tmp_path / "site"
    with whole_folder(target, {}) as folder:
        (folder / "page.html").write_text("old")
    with pytest.raises(ExportError, match="disk full"), whole_folder(target, {}) as folder:
        (folder / "page.html").write_text("new")
        raise OSError(28, "disk full")
    assert (target / "page.html").read_text() == "old"
    assert _left(tmp_path) == ["site"]


def test_a_folder_that_hubscope_did_not_write_is_never_replaced(tmp_path):
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "chapter.docx").write_text("years of work")
    with pytest.raises(ExportError, match="did not write"), whole_folder(target, {}):
        pass
    assert _left(target) == ["chapter.docx"]
