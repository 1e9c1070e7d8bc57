"""CONTRIBUTING's recipes against the house: each names exactly the files in which an example of its kind is written."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
READ = (".py", ".sql", ".toml", ".csv", ".j2", ".md", ".txt")


@dataclass(frozen=True)
class Example:
    """Something that is there, whose places the recipe must name."""

    fills: dict[str, str]
    """What stands for each placeholder."""
    trace: str
    """The names that it leaves behind."""
    most: int
    """How many files it may take."""
    elsewhere: tuple[str, ...] = ()
    """Files that use the example, and would not be touched to add it."""


EXAMPLES = {
    "A source": Example(
        {"listing": "pypi_downloads"},
        r"pypi_downloads|(?i:pypistats)|PyPIDownloads",
        15,
        (
            "tests/collector/test_*",
            "tests/dashboard/homes.py",
            "dashboard/needs.py",
            "tests/dashboard/lessons/*",
            "dashboard/figures/*",
            "dashboard/locales/*/lesson_*",
            "dashboard/locales/*/open_closed.toml",
            "warehouse/sql/queries/*",
            "warehouse/sql/practice/*",
            "dashboard/practice/exercises.py",
            "warehouse/publication/inventory.py",
        ),
    ),
    "A mart with its chart": Example(
        {"mart": "size_percentiles", "subject": "sizes", "page": "open_closed", "topic": "repositories"},
        r"size_percentiles|PERCENTILES",
        12,
        ("warehouse/sql/practice/*",),
    ),
    "A figure": Example(
        {"query": "openai_arrivals", "subject": "open_closed", "page": "open_closed"},
        r"openai_arrivals|ARRIVALS|^\[arrivals\]|def arrivals|^arrivals = ",
        8,
    ),
    "A page": Example(
        {"page": "claims"},
        r'^        "claims",$|"claims": claims\.|open_sheet\("claims"|run\("claims"|^claims = ',
        8,
    ),
    "A lesson": Example(
        {"lesson": "origins"},
        r'lesson_origins|^    origins[,.]|slug="origins"|lessons import origins|^\| 1 \| Origins|_lesson\($\s+"origins"|^\[origins\.',
        12,
        ("tests/benchmarks/*",),
    ),
}


def _recipe(title: str) -> str:
    found = re.search(rf"^### {title}\n(.*?)(?=^##)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def _named(title: str) -> dict[str, bool]:
    """File of the recipe, placeholders filled, to whether it is touched at all times."""
    named = {}
    for line in re.findall(r"^- (.+)", _recipe(title), re.MULTILINE):
        places, _, why = line.partition(":")
        for place in re.findall(r"`([^`]+)`", places):
            filled = re.sub(r"<(\w+)>", lambda match: EXAMPLES[title].fills[match[1]], place)
            named[filled] = not why.strip().startswith("if ")
    return named


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every file in which something of the house is written, by its path."""
    folders = [ROOT / name for name in ("collector", "warehouse", "dashboard", "tests", "docs")]
    paths = [ROOT / "README.md", *(path for folder in folders for path in folder.rglob("*") if path.suffix in READ)]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths if path != Path(__file__)
    }


def test_every_recipe_has_an_example_and_every_example_a_recipe():
    assert re.findall(r"^### (.+)", TEXT, re.MULTILINE) == list(EXAMPLES)


@pytest.mark.parametrize("title", EXAMPLES)
def test_a_recipe_names_files_that_are_there_and_hold_its_example(title, texts):
    trace = re.compile(EXAMPLES[title].trace, re.MULTILINE)
    fills = EXAMPLES[title].fills.values()
    for name, always in _named(title).items():
        if always:
            assert trace.search(texts[name]) or any(fill in Path(name).stem for fill in fills), name
        else:
            assert (ROOT / name).exists(), name


@pytest.mark.parametrize("title", EXAMPLES)
def test_no_other_file_must_be_touched_than_those_that_a_recipe_names(title, texts):
    example = EXAMPLES[title]
    trace = re.compile(example.trace, re.MULTILINE)
    touched = {name for name, text in texts.items() if trace.search(text)} - _named(title).keys()
    assert {name for name in touched if not any(Path(name).match(other) for other in example.elsewhere)} == set()


@pytest.mark.parametrize("title", EXAMPLES)
def test_a_recipe_stays_short(title):
    assert sum(_named(title).values()) <= EXAMPLES[title].most
