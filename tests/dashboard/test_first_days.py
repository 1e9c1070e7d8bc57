"""What is said on each kind of home, from the first evening on: nothing that its data do not tell, nothing unknown as a number."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from dashboard.choices import KINDS, Choices
from dashboard.digest.digest import digest, text
from dashboard.export import chapters
from dashboard.export.exhibit import Exhibit, Missing
from dashboard.figures.facts import Figure
from dashboard.headlines import as_of, lines
from dashboard.lessons import LESSONS
from dashboard.say import LANGUAGES, Say
from dashboard.sheets import SHEETS
from tests.conftest import REAL_DATA
from tests.dashboard import homes
from warehouse.read import Warehouse, open_current

pytestmark = pytest.mark.slow
A_REMEDY = re.compile(r"`hubscope \w+|Choose|Weigh by|请在侧栏选择|请选择|请换")
OF_THE_WHOLE = re.compile(
    r"Gini \d|had no download|publish the \d|The Hub holds|what is uploaded|of all models|on the Hub, what|"
    r"基尼系数 ?\d|没有任何下载|发布了 \d|Hub 的模型数为|全部模型中"
)
"""What only a list of every repository can say."""
A_LISTING = re.compile(r"\blisted\b|列出|在列")
NAMES_ITS_LIST = re.compile(r"most downloaded|most liked|下载最多|点赞最多")
NOTHING_OR_ALL = re.compile(r"(?<![\d.,])(0\.0|100\.0)%")
TOLD_IN_FULL = re.compile(
    r"(Not in this listing|列表中没有该信息)[：: ]*100\.0%|(Downloads in 30 days|30 天下载量) 100\.0% +\(926\)"
)
"""What is true of all of it: that the list does not tell it, or that it tells the downloads of each."""


@pytest.fixture
def warehouse(request, tmp_path) -> Iterator[Warehouse]:
    runs = homes.HOMES[request.param]()
    with open_current(homes.make(tmp_path / "home", *runs)).holding() as held:
        yield held


def _parts(warehouse: Warehouse) -> Iterator[tuple[chapters.Chapter, Exhibit | Missing]]:
    for taught in LESSONS:
        chapter = chapters.lesson(warehouse, taught, Choices())
        yield from ((chapter, part) for part in chapter.parts)
    for sheet in SHEETS:
        if sheet.figures:
            for kind in sheet.kinds[:1]:
                chapter = chapters.page(warehouse, sheet, Choices(kind=kind))
                yield from ((chapter, part) for part in chapter.parts)


def _said(chapter: chapters.Chapter, part: Exhibit, say: Say) -> list[str]:
    """Everything in words but the picture's own."""
    cells = [] if part.is_figure else [cell for row in part.rows(say).to_numpy() for cell in map(str, row)]
    told = [chapter.question(part, say), chapter.see(part, say)]
    return [part.title(say), part.provenance(say), *part.caveats(say), *cells, *[text for text in told if text]]


def _alternative_text(part: Exhibit, say: Say) -> str:
    spec = part.spec(say, mode="light")
    if spec is None:
        return ""
    assert any(spec["datasets"].values()), f"{part.key} is an empty frame"
    return str(spec["description"])


def _everything(warehouse: Warehouse, drawn_in: str) -> Iterator[tuple[Exhibit, list[str]]]:
    """Each part that the home can show, with its words in both languages; pictures in one, for they cost most.

    What it cannot show says what to do.
    """
    seen = set()
    for chapter, part in _parts(warehouse):
        if isinstance(part, Missing):
            for language in LANGUAGES:
                assert A_REMEDY.search(part.why(Say(language))), part.why(Say(language))
        elif (part.key, part.choices) not in seen:
            seen.add((part.key, part.choices))
            texts = [text for language in LANGUAGES for text in _said(chapter, part, Say(language))]
            yield part, [*texts, _alternative_text(part, Say(drawn_in))]


def _is_of_part(part: Exhibit) -> bool:
    """Whether its numbers are of a list of repositories that is not the whole."""
    snapshot = part.facts.snapshot
    return snapshot is not None and snapshot.kind in KINDS and not snapshot.is_whole


@pytest.mark.parametrize("warehouse", [*homes.HOMES], indirect=True)
def test_each_kind_of_home_shows_what_it_has_and_says_what_it_lacks(warehouse, request):
    drawn_in = LANGUAGES[len(request.node.name) % 2]
    lessons = {one.figure.key for one in LESSONS} | {one.table.key for one in LESSONS}
    for part, texts in _everything(warehouse, drawn_in):
        said = "\n".join(texts)
        if _is_of_part(part) and not part.key.startswith("claims."):
            answers = [text for text in texts if text not in part.caveats(Say("en")) + part.caveats(Say("zh"))]
            assert not OF_THE_WHOLE.search("\n".join(answers)), (part.key, OF_THE_WHOLE.search("\n".join(answers)))
            assert part.key not in lessons or "%" not in said or NAMES_ITS_LIST.search(said), part.key
            for title in map(part.title, map(Say, LANGUAGES)):
                length = f"{part.facts.snapshot.repository_count:,}"
                assert length not in title or NAMES_ITS_LIST.search(title) or A_LISTING.search(title), title
        if isinstance(part.shown, Figure):
            assert len(part.facts.frame), part.key
    for row in warehouse.query("headlines", as_of=None).to_dict("records"):
        assert all((*lines(Say(drawn_in), row), as_of(Say(drawn_in), row)))


@pytest.mark.parametrize("warehouse", ["quick twice", "whole with history"], indirect=True)
def test_a_digest_names_the_list_that_it_compares_and_says_nothing_unknown_as_a_number(warehouse):
    found = digest(warehouse, {one.figure.key: 0.0 for one in LESSONS}, Choices())
    for language in LANGUAGES:
        said = text(found, Say(language))
        assert not re.search(r"\b(nan|None|NaT)\b", said), said
        if not found.now.is_whole:
            assert not OF_THE_WHOLE.search(said), OF_THE_WHOLE.search(said)
            assert NAMES_ITS_LIST.search(said)


@pytest.mark.skipif(not REAL_DATA.is_dir(), reason="the real listings are not here")
def test_of_a_listing_that_tells_little_nothing_is_none_of_it_and_nothing_is_all_of_it(tmp_path):
    with gzip.open(REAL_DATA / homes.HUB_OF_2022, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    home = homes.make(tmp_path / "home", (datetime(2022, 7, 2, 12, tzinfo=UTC), homes.of_2022(rows[::60])))
    with open_current(home).holding() as warehouse:
        for part, texts in _everything(warehouse, "zh"):
            is_listed = part.facts.snapshot is not None and part.facts.snapshot.kind in KINDS
            is_listed &= not part.key.startswith("claims.")  # of a sixtieth of that Hub the first do have nearly all
            for text in texts if is_listed else ():
                assert not NOTHING_OR_ALL.search(TOLD_IN_FULL.sub("", text)), (part.key, text)
        (row,) = warehouse.query("headlines", as_of=None).to_dict("records")
        assert not NOTHING_OR_ALL.search(" ".join(lines(Say("en"), row)))


def test_a_listing_whose_models_bear_no_dates_beside_others_that_do_draws_no_growth_of_its_own(tmp_path):
    runs = homes.whole(homes.TODAY)
    undated = json.dumps([{"_id": "1", "id": "a/b", "downloads": 3}]).encode()
    home = homes.make(tmp_path / "home", (homes.TODAY, [homes.Listed(runs[0].series, [undated]), *runs[1:]]))
    chapter = chapters.lesson(open_current(home), LESSONS[0], Choices())
    figure = chapter.parts[0]
    assert isinstance(figure, Exhibit) and figure.facts.snapshot is None, "totals as others published them"
    assert "half of them" not in str(chapter.see(figure, Say("en")))
