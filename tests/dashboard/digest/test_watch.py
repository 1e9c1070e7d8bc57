"""The watch list: what commands and people write into it, and what neither loses."""

import os

import pytest
from click.testing import CliRunner

from dashboard.digest.commands import watch
from dashboard.digest.watch import read_threshold, watched
from warehouse.errors import WatchError


@pytest.fixture(autouse=True)
def _home(home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))


def hubscope_watch(*arguments: str):
    return CliRunner().invoke(watch, list(arguments))


def test_figures_and_lessons_are_watched_listed_and_removed(home):
    assert hubscope_watch("add", "licences.classes", "origins", "--threshold", "2.5%").exit_code == 0
    assert watched(home) == {"licences.classes": 2.5, "origins": 2.5}
    assert hubscope_watch("add", "origins", "--threshold", "10").exit_code == 0
    listed = hubscope_watch("list").output.split()
    assert listed == ["licences.classes", "2.5%", "origins", "10%"]
    assert hubscope_watch("remove", "licences.classes").exit_code == 0
    assert watched(home) == {"origins": 10}
    assert [path.name for path in home.path.iterdir()] == ["watch.toml"], "nothing is left beside it"


def test_an_empty_list_says_how_to_begin():
    assert "hubscope watch add" in hubscope_watch("list").output


def test_a_figure_that_does_not_exist_is_answered_with_those_that_look_like_it(home):
    asked = hubscope_watch("add", "licence.classes")
    assert asked.exit_code == 2 and "licences.classes" in asked.output
    assert not home.watch.exists()


@pytest.mark.parametrize("threshold", ["much", "-5%", "5%%", "nan", "inf", "1e3", "", "1000.1%", "٥%"])
def test_a_threshold_that_makes_no_sense_is_refused(home, threshold):
    asked = hubscope_watch("add", "origins", f"--threshold={threshold}")
    assert asked.exit_code == 2 and "is not a threshold" in asked.output
    assert not home.watch.exists()


@pytest.mark.parametrize("value", [True, None, [5], {"percent": 5}, float("nan")])
def test_a_threshold_in_the_file_is_a_number_or_a_text_of_one(value):
    with pytest.raises(ValueError, match="is not a threshold"):
        read_threshold(value)


def test_what_a_person_wrote_around_a_figure_stays(home):
    home.path.mkdir()
    written = (
        '\ufeff# slides of week 3\nlicences.classes = "5%"  # slide 4\n\norigins = 2\n[downloads]\ntop = "7.5 %"\n'
    )
    home.watch.write_text(written, encoding="utf-8")
    assert watched(home) == {"licences.classes": 5, "origins": 2, "downloads.top": 7.5}
    assert hubscope_watch("add", "licences.classes", "--threshold", "8%").exit_code == 0
    assert hubscope_watch("add", "growth.created").exit_code == 0
    assert hubscope_watch("remove", "origins").exit_code == 0
    assert home.watch.read_text(encoding="utf-8").splitlines() == [
        "# slides of week 3",
        'licences.classes = "8%"  # slide 4',
        "",
        '"growth.created" = "5%"',
        "[downloads]",
        'top = "7.5 %"',
    ]


def test_a_form_that_only_its_author_can_change_is_left_to_them(home):
    home.path.mkdir()
    home.watch.write_text('[licences]\nclasses = "5%"\n')
    refused = hubscope_watch("remove", "licences.classes")
    assert isinstance(refused.exception, WatchError) and "by hand" in str(refused.exception)
    assert home.watch.read_text() == '[licences]\nclasses = "5%"\n'


@pytest.mark.parametrize(
    "written",
    [
        b'"licences.classes" = 5%',
        b"<<<<<<< HEAD",
        b'origins = "5%"\norigins = "6%"',
        b'origins = "a lot"',
        b"origins = true",
        b'origins = ["5%"]',
        b"\xff\xfe\x00",
    ],
)
@pytest.mark.parametrize("command", [("add", "growth.created"), ("remove", "origins"), ("list",)])
def test_a_file_that_makes_no_sense_is_named_with_its_remedy_and_stays(home, written, command):
    home.path.mkdir()
    home.watch.write_bytes(written)
    refused = hubscope_watch(*command)
    assert isinstance(refused.exception, WatchError) and refused.exception.exit_code == 2
    assert str(home.watch) in str(refused.exception) and "Correct it" in str(refused.exception)
    assert home.watch.read_bytes() == written


def test_a_name_that_no_figure_has_any_more_is_told_and_can_be_removed(home):
    home.path.mkdir()
    home.watch.write_text('"growth.gone" = "5%"\n')
    assert "no figure has this name" in hubscope_watch("list").output
    assert hubscope_watch("remove", "growth.gone").exit_code == 0
    assert watched(home) == {}


def test_removing_what_is_not_watched_changes_nothing(home):
    hubscope_watch("add", "origins")
    before = home.watch.read_bytes()
    refused = hubscope_watch("remove", "licences.classes")
    assert isinstance(refused.exception, WatchError) and "is not watched" in str(refused.exception)
    assert home.watch.read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_home_that_may_not_be_written_is_an_error_with_its_remedy(home):
    hubscope_watch("add", "origins")
    home.path.chmod(0o500)
    refused = hubscope_watch("add", "growth.created")
    home.path.chmod(0o700)
    assert isinstance(refused.exception, WatchError) and "writable" in str(refused.exception)
    assert watched(home) == {"origins": 5}


def test_a_disk_that_refuses_leaves_the_list_as_it_was(home, monkeypatch):
    hubscope_watch("add", "origins")

    def refuse(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboard.digest.watch.write_atomically", refuse)
    refused = hubscope_watch("add", "growth.created")
    assert isinstance(refused.exception, WatchError) and "No space left" in str(refused.exception)
    assert watched(home) == {"origins": 5}
