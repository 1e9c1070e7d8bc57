"""A home that follows a copy shows what its publisher's shows: every query, page and lesson, from the file server alone."""

from collections.abc import Iterator
from datetime import datetime

import pandas as pd
import pytest

from collector.copies.pulling import pull
from dashboard.choices import Choices
from dashboard.export import chapters
from dashboard.export.exhibit import Exhibit, Missing
from dashboard.lessons import LESSONS
from dashboard.say import Say
from dashboard.sheets import SHEETS
from tests.collector.copy_server import CopyServer, serving_copy
from warehouse.duck import SQL
from warehouse.marts.queries import PARAMETER, query_text
from warehouse.publication.folder import publish_to_folder
from warehouse.publication.inventory import told
from warehouse.read import Warehouse, open_current
from warehouse.settings import Home

DAY = datetime(2026, 11, 1)
OF_OWN_FILES = {"lake_files"}
"""What a copy's own files are is another thing."""
SAY = Say("en")
ASKED = sorted(
    {path.stem for path in (*SQL.glob("queries/*.sql"), *SQL.glob("practice/*.sql"))} | set(told()) - {"author_origins"}
)


@pytest.fixture(scope="module")
def served(demo_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CopyServer]:
    folder = tmp_path_factory.mktemp("public")
    publish_to_folder(demo_home, folder)
    with serving_copy(folder) as server:
        yield server


@pytest.fixture(scope="module")
def both(demo_home: Home, served: CopyServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[Warehouse, Warehouse]:
    """The publisher's build, and the one that was made of its copy."""
    home = Home(tmp_path_factory.mktemp("follower") / "home")
    pull(home, served.url, now=DAY, upstream=served.upstream())
    return open_current(demo_home), open_current(home)


@pytest.fixture(scope="module")
def given(demo_home: Home) -> dict[str, object]:
    """What every query may be asked with."""
    publisher = open_current(demo_home)
    since = publisher.rows("snapshots")[-1]["snapshot_at"]
    (leading,) = publisher.run_sql("select repository_key from repositories order by downloads desc limit 1").to_numpy()
    return {
        "kind": "model",
        "coverage": "full",
        "snapshot_at": DAY,
        "as_of": DAY,
        "text": "a",
        "limit": 50,
        "ids": ["meta-llama/Llama-3.1-8B", "openai/whisper-large-v3"],
        "repository_key": leading[0],
        "provider_id": "openai",
        "family_id": "bert",
        "measure": "downloads_30d",
        "family": None,
        "provider": "openai",
        "least": 0,
        "library": None,
        "licence_class": None,
        "task": None,
        "since": since,
        "since_at": since,
        "states": ["new", "vanished", "arrived", "removed"],
        "topic": "licences",
        "weight": "downloads_30d",
        "with_undeclared": True,
        "benchmark": "GPQA",
        "score": 50,
        "listing": "openai_models",
        "language": None,
        "author": None,
        "facet": "licence",
        "is_simulated": True,
    }


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in an order of their own: a query that orders them by a part of its columns leaves the rest open."""
    return frame.sort_values(list(frame.columns), key=lambda values: values.astype(str)).reset_index(drop=True)


@pytest.mark.parametrize("name", ASKED)
def test_every_query_and_table_gives_the_same(both, given, name):
    publisher, follower = both
    assert set(PARAMETER.findall(query_text(name))) <= given.keys()
    expected, found = publisher.query(name, **given), follower.query(name, **given)
    if name in (
        "snapshots",
        "snapshot_at",
        "snapshot_list",
        "run_log",
    ):  # what stands there in place of addresses of ours
        expected, found = (frame.drop(columns="endpoint") for frame in (expected, found))
    if name == "table_columns":
        expected, found = (frame[~frame["table_name"].isin(OF_OWN_FILES)] for frame in (expected, found))
    pd.testing.assert_frame_equal(plain(found), plain(expected), check_exact=True)


LESSONS_OF_EACH = {"challenges", "case_study"}
"""Whose tables have rows that only the repositories' own records tell: they stand as not known."""


def test_the_small_edition_shows_all_but_what_each_repository_tells_and_says_what_it_lacks(
    both, served, tmp_path_factory
):
    publisher, _ = both
    home = Home(tmp_path_factory.mktemp("small") / "home")
    small = pull(home, served.url, now=DAY, edition="small", upstream=served.upstream()).warehouse
    assert small.run_sql("select count(*) from repositories").iloc[0, 0] == 0
    for sheet in SHEETS:
        for mine, theirs in zip(
            chapters.page(publisher, sheet, Choices()).parts, chapters.page(small, sheet, Choices()).parts, strict=True
        ):
            if isinstance(theirs, Missing) and isinstance(mine, Exhibit):
                assert theirs.reason.reason == "small_edition" and sheet.key in ("changes", "explore")
            else:
                assert seen(theirs) == seen(mine)
    for taught in LESSONS:
        ours, theirs = (chapters.lesson(warehouse, taught, Choices()) for warehouse in (publisher, small))
        if taught.slug.replace("-", "_") not in LESSONS_OF_EACH:
            assert [seen(part) for part in theirs.parts] == [seen(part) for part in ours.parts]


def seen(part: object) -> object:
    """All that an exhibit shows, and what it says where it has nothing to show."""
    if not isinstance(part, Exhibit):
        return part.why(SAY)
    return [part.title(SAY), part.caveats(SAY), part.rows(SAY).to_csv(), part.spec(SAY, mode="light")]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_every_page_shows_the_same_and_says_whose_copy_it_is(both, served, sheet):
    ours, theirs = (chapters.page(warehouse, sheet, Choices()) for warehouse in both)
    compare(ours, theirs, served)


@pytest.mark.parametrize("taught", LESSONS, ids=lambda taught: taught.slug)
def test_every_lesson_shows_the_same_and_says_whose_copy_it_is(both, served, taught):
    ours, theirs = (chapters.lesson(warehouse, taught, Choices()) for warehouse in both)
    compare(ours, theirs, served)


def compare(ours, theirs, served: CopyServer) -> None:
    assert theirs.points(SAY) == ours.points(SAY)
    assert [seen(part) for part in theirs.parts] == [seen(part) for part in ours.parts]
    for mine, copied in zip(ours.exhibits, theirs.exhibits, strict=True):
        own, of_copy = mine.provenance(SAY), copied.provenance(SAY)
        told = f"Copy of {served.url}, 1 Nov 2026, 00:00 UTC"
        assert told in of_copy and of_copy.replace(f"{told} · ", "") == own
