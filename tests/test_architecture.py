"""The structure of the house, read from the source itself: who may import what, no circles, and a map that is true."""

import ast
import re
import sys
import tomllib
from collections import Counter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import house
from tests.house import MAY_IMPORT, OWNERS, PACKAGES, ROOT

WITHOUT_STREAMLIT = (
    "dashboard/charts",
    "dashboard/lessons",
    "dashboard/export",
    "dashboard/figures",
    "dashboard/digest",
    "dashboard/practice",
    "dashboard/captions.py",
    "dashboard/choices.py",
    "dashboard/headlines.py",
    "dashboard/observatory.py",
    "dashboard/printable.py",
    "dashboard/published.py",
    "dashboard/say.py",
    "dashboard/sentences.py",
    "dashboard/sheets.py",
    "dashboard/text_fit.py",
    "dashboard/theme.py",
)
"""All that exports are made of, and what they stand on."""
SUBJECT_ROOMS = ("dashboard/charts", "dashboard/figures", "dashboard/views")
"""A subject has one file in each, of one name."""
LARGEST_ROOM = 10
GROUND_FLOOR = 10
NAMES_IN_TWO_ROOMS = 8
SQL_TEXT = re.compile(
    r"\bselect\b.+\bfrom\b|\b(create|replace) (temp )?(table|view|macro)\b|\binsert into\b|^\s*from \w+ ", re.I | re.S
)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


SOURCES = [path for path in house.files().values() if path.parent != ROOT]


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_package_imports_only_what_the_house_allows(path):
    package = path.relative_to(ROOT).parts[0]
    imported = house.libraries(path)
    assert imported & set(PACKAGES) <= MAY_IMPORT[package]
    assert {name for name in imported if name in OWNERS and OWNERS[name] != package} == set()


@pytest.mark.parametrize("path", [path for path in SOURCES if _name(path).startswith(WITHOUT_STREAMLIT)], ids=_name)
def test_what_exports_are_made_of_does_not_need_a_running_page(path):
    assert "streamlit" not in house.libraries(path)


def test_all_that_exports_stand_on_is_held_to_do_without_a_running_page():
    stood_on = {
        other
        for name, known in house.between_files().items()
        if house.room(name) == "dashboard/export"
        for other in known
    }
    paths = {_name(house.files()[name]) for name in stood_on if name.startswith("dashboard.")}
    assert {path for path in paths if not path.startswith(WITHOUT_STREAMLIT)} == set()


def test_no_files_import_each_other_in_a_circle():
    assert house.circle(house.between_files()) == []


def test_no_rooms_stand_on_each_other_in_a_circle():
    assert house.circle(house.between_rooms()) == []


@pytest.mark.parametrize("arrows", [{"a": {"b"}, "b": {"c"}, "c": {"a"}}, {"a": {"b"}, "b": {"a"}, "c": {"a"}}])
def test_a_circle_is_found_wherever_it_begins(arrows):
    assert {"a", "b"} <= set(house.circle(arrows))


def _texts(path: Path) -> list[str]:
    """What a file writes as text, docstrings left out; a text with values in it as one, each value a blank."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            texts.append("".join(part.value if isinstance(part, ast.Constant) else " " for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented | parts:
            texts.append(node.value)
    return texts


def test_sql_is_written_in_the_warehouse_alone():
    elsewhere = [path for path in (ROOT / "hubscope.py", *SOURCES) if "warehouse" not in path.relative_to(ROOT).parts]
    found = [(_name(path), text) for path in elsewhere for text in _texts(path) if SQL_TEXT.search(text)]
    assert found == []
    assert [path for package in ("collector", "dashboard") for path in (ROOT / package).rglob("*.sql")] == []


def test_every_named_query_is_called():
    """By its whole name: the test that runs each of them would keep one alive that nothing asks."""
    called = {
        node.value
        for path in house.files().values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {path.stem for path in (ROOT / "warehouse" / "sql" / "queries").glob("*.sql")} - called == set()


def test_a_query_between_other_words_and_values_is_known_for_sql(tmp_path):
    source = tmp_path / "module.py"
    source.write_text(
        '"""select a from documentation"""\nname = f"select {1} from {2}"\nother = "create temp view v"\n'
    )
    assert [text for text in _texts(source) if SQL_TEXT.search(text)] == ["select   from  ", "create temp view v"]


def test_a_room_of_the_warehouse_is_taken_in_at_a_glance():
    counted = Counter(
        path.parent for path in SOURCES if path.relative_to(ROOT).parts[0] == "warehouse" and path.stem != "__init__"
    )
    ground = counted.pop(ROOT / "warehouse")
    assert ground <= GROUND_FLOOR
    assert {_name(folder): count for folder, count in counted.items() if count > LARGEST_ROOM} == {}


def test_few_modules_bear_the_name_of_another():
    """But where the folder says the difference: a package's commands, and the files of one subject."""
    names = Counter()
    for folder in {path.parent for path in SOURCES}:
        stems = {path.stem for path in SOURCES if path.parent == folder} - {"__init__", "__main__", "commands"}
        names.update(
            stems
            if _name(folder) not in SUBJECT_ROOMS[1:]
            else stems - {path.stem for path in SOURCES if _name(path.parent) == SUBJECT_ROOMS[0]}
        )
    assert len([name for name, count in names.items() if count > 1]) <= NAMES_IN_TWO_ROOMS


def _providers() -> dict[str, set[str]]:
    """Top-level module → the installed distributions that provide it, but for our own."""
    return {
        module: {canonicalize_name(name) for name in names} - {"hubscope"}
        for module, names in packages_distributions().items()
    }


def test_no_module_of_the_dashboard_shadows_a_dependency_or_the_standard_library():
    """`streamlit run` puts dashboard/ first on the import path."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    provided = {module for module, names in _providers().items() if names & wanted}
    assert len(provided) >= len(wanted)
    names = {path.stem for path in (ROOT / "dashboard").iterdir()} - {"__init__", "__pycache__"}
    assert names & (provided | sys.stdlib_module_names | _providers().keys()) == set()


def test_no_other_installed_distribution_provides_the_names_of_our_packages():
    """PyPI knows a `collector` and a `dashboard` too: they and we need environments of our own."""
    assert {
        module: names for module, names in _providers().items() if module in {*PACKAGES, "hubscope"} and names
    } == {}


def test_the_map_shows_the_house_as_it_is():
    text = house.MAP.read_text(encoding="utf-8")
    assert house.drawn(text) == text, "the house has changed: run `python -m tests.house`, and commit ARCHITECTURE.md"


def test_every_place_that_the_map_names_is_there():
    text = house.MAP.read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:collector|warehouse|dashboard|tests|docs|examples)/[\w./*-]*|[\w-]+\.(?:py|md|toml))`", text
    )
    assert len(named) > 40
    assert [name for name in named if not list(ROOT.glob(name.rstrip("/")))] == []
