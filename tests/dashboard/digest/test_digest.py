"""What changed since last class, from the command line, after a run, and on the discussion page."""

import csv
import io
import json
from dataclasses import replace
from datetime import datetime

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

import hubscope
from collector.commands import follow_up
from dashboard.choices import Choices
from dashboard.digest.commands import changes
from dashboard.digest.digest import write_digest
from dashboard.digest.watch import KNOWN, watch
from dashboard.export.compared import Stated, Step, compare, stated
from dashboard.export.markdown import unread
from dashboard.figures.changes import two_snapshots
from dashboard.say import LANGUAGES, Say
from dashboard.sentences import Amount, Month, Sentence
from warehouse.errors import NothingToCompare, NoWarehouse, WatchError
from warehouse.read import open_current
from warehouse.settings import Home

UNDATED = {
    *(
        "growth.published",
        "data.series",
        "course_facts.accelerators",
        "open_closed.flagships",
        "open_closed.retirements",
    ),
    *("openness.families", "openness.criteria", "openness.framework", "openness.transparency"),
}
"""Of reference facts, which no snapshot dates."""
FIRST = datetime(2026, 6, 2)  # the demo has one snapshot by then


@pytest.fixture
def watching(demo_home, tmp_path, monkeypatch) -> Home:
    """The demo under a home of its own, in which figures can be watched."""
    home = Home(tmp_path / "home")
    home.path.mkdir()
    for folder in ("lake", "builds"):
        (home.path / folder).symlink_to(demo_home.path / folder, target_is_directory=True)
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    return home


@pytest.fixture(scope="module")
def warehouse(demo_home):
    return open_current(demo_home)


@pytest.fixture(scope="module")
def between(warehouse):
    return two_snapshots(warehouse, Choices(coverage="full"))


def hubscope_changes(*arguments: str):
    return CliRunner().invoke(changes, list(arguments))


def _step(before: float | str | None, now: float | str | None) -> Step:
    return Step("see.n", Stated(before), Stated(now))


@pytest.mark.parametrize(
    ("step", "change", "is_beyond"),
    [
        (_step(100, 106), 0.06, True),
        (_step(100, 94), -0.06, True),
        (_step(100, 105), 0.05, False),
        (_step(0, 3), None, True),
        (_step(0, 0), None, False),
        (_step(12, None), None, False),
        (_step(None, 12), None, False),
        (_step("Qwen", "Llama"), None, True),
        (_step("Qwen", "Qwen"), None, False),
    ],
)
def test_a_number_moved_when_it_did_by_more_than_the_threshold_and_unknown_is_never_zero(step, change, is_beyond):
    assert step.change == (None if change is None else pytest.approx(change))
    assert step.is_beyond(5) is is_beyond


def test_what_a_sentence_states_is_found_with_its_unit_and_without_dates():
    between = Sentence(
        "changes.said.compared",
        {"kind": "Models", "coverage": "all", "before": FIRST, "now": FIRST, "days": "31",
         "difference": Sentence("changes.said.same", {"total": 3, "n": 0})},
    )  # fmt: skip
    assert dict(stated(between))["difference.total"] == 3
    assert "before" not in dict(stated(between)) and "difference.n" not in dict(stated(between))
    assert dict(stated(Sentence("ui.as_of_help", {}))) == {}
    dated = Sentence("ui.picture.snapshot", {"date": Month(FIRST), "coverage": Amount(31, "days")})
    assert dict(stated(dated)) == {"coverage": Amount(31, "days")}
    assert Stated(Amount(31, "days")).number == 31 and Say("en").write(Amount(31, "days")) == "31 days"


def test_a_number_is_compared_before_it_is_rounded():
    step = _step(1_000_400, 1_004_900)
    assert Say("en").short(1_000_400) == Say("en").short(1_004_900)
    assert step.is_beyond(0.4) and not step.is_beyond(0.5)


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_compared_by_numbers_or_says_why_not(warehouse, between, name, language):
    found = compare(warehouse, name, 5, between)
    say = Say(language)
    if found.reason:
        assert name in UNDATED | {"explore.history"}
        return
    assert found.steps, "it states a number"
    assert found.before_at < found.now_at and found.before != found.now
    before, now = ("".join(map(say.write, sentences)) for sentences in (found.before, found.now))
    assert before != now
    for step in found.steps:
        assert say.write(step.before.value) in before and say.write(step.now.value) in now


def test_the_numbers_are_those_of_the_two_snapshots(warehouse, between):
    before, now = between
    (step,) = compare(warehouse, "growth.population", 0, between).moved
    assert (step.before.number, step.now.number) == (before.repository_count, now.repository_count)
    assert step.change == pytest.approx(now.repository_count / before.repository_count - 1)


def test_the_digest_says_which_watched_figures_moved_and_which_did_not(watching):
    for name, threshold in (("growth.population", 0.5), ("licences.classes", 900), ("growth.published", 5)):
        watch(watching, name, threshold)
    watch(watching, "growth.gone", 5)
    said = hubscope_changes()
    assert said.exit_code == 0, said.output
    moved, still, failed, happened = said.output.split("\n## ")[1:]
    assert "- growth.population (by more than 0.5%, in 31 days): 2,9" in moved and "(+2." in moved
    assert "  - 1 Oct 2026: " in moved and "  - 1 Nov 2026: " in moved
    assert "- licences.classes (threshold 900%, 31 days)" in still
    assert "growth.published: no snapshot dates it" in failed and "growth.gone: no figure has this name" in failed
    assert "Models, every repository, 1 Oct 2026 → 1 Nov 2026 (31 days)" in happened and "Spaces, every" in happened
    assert "The data are simulated." in said.output


def test_the_digest_is_in_chinese_when_asked(watching):
    watch(watching, "origins", 1)
    said = hubscope_changes("--language", "zh").output
    assert "有变动的关注项" in said and "发生了哪些变化" in said and "moved" not in said


def test_without_a_watch_list_the_sentences_are_said_and_how_to_watch(watching):
    said = hubscope_changes().output
    assert "No figure is watched" in said and "Downloads in 30 days" in said


def test_json_and_csv_hold_the_same_numbers(watching):
    watch(watching, "growth.population", 1)
    watch(watching, "growth.published", 1)
    told = json.loads(hubscope_changes("--format", "json").output)
    assert told["moved"] == ["growth.population"] and told["elapsed_days"] == 31 and told["is_simulated"]
    rows = list(csv.DictReader(io.StringIO(hubscope_changes("--format", "csv").output)))
    assert [row["figure"] for row in rows] == ["growth.population", "growth.published"]
    assert float(rows[0]["relative_change"]) == pytest.approx(told["watched"][0]["relative_change"])
    assert rows[1]["not_compared"] and rows[1]["now_number"] == "" and told["watched"][1]["now_number"] is None


@pytest.mark.parametrize(
    ("arguments", "days"),
    [(("--since", "2026-09-20"), 61), (("--since-last", "2"), 61), (("--since", "2026-10-01"), 31)],
)
def test_the_earlier_snapshot_can_be_chosen(watching, arguments, days):
    assert json.loads(hubscope_changes("--format", "json", *arguments).output)["elapsed_days"] == days


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--since", "2001-01-01"), "a later --since"),
        (("--since", "2030-01-01"), "not earlier"),
        (("--since-last", "99"), "only 5 earlier"),
    ],
)
def test_without_an_earlier_snapshot_the_error_says_what_to_do(watching, arguments, words):
    refused = hubscope_changes(*arguments)
    assert isinstance(refused.exception, NothingToCompare) and refused.exception.exit_code == 7
    assert words in str(refused.exception)


@pytest.mark.parametrize(
    "arguments", [("--since", "soon"), ("--since-last", "0"), ("--since", "2026-10-01", "--since-last", "1")]
)
def test_what_to_compare_with_must_make_sense(watching, arguments):
    assert hubscope_changes(*arguments).exit_code == 2


def test_before_the_first_snapshot_there_is_nothing_to_compare(home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    assert isinstance(hubscope_changes().exception, NoWarehouse)


def test_figures_of_different_coverage_are_not_compared(warehouse, between, monkeypatch):
    before, now = between
    read = warehouse.snapshot

    def of_another_length(kind, coverage=None, as_of=None):
        found = read(kind, coverage, as_of)
        return replace(found, coverage_limit=100) if as_of == before.snapshot_at else found

    monkeypatch.setattr(type(warehouse), "snapshot", lambda self, *given: of_another_length(*given))
    found = compare(warehouse, "downloads.top", 5, (before, now))
    assert "different coverage" in Say("en").write(found.reason) and not found.moved
    two_snapshots.cache_clear()
    with pytest.raises(Exception, match="changes_coverage"):
        two_snapshots(warehouse, Choices(coverage="full"))
    two_snapshots.cache_clear()


def test_after_a_run_the_digest_of_its_day_is_there_in_both_languages(watching):
    watch(watching, "origins", 1)
    said = []
    for _ in range(2):  # a second run of the day writes it anew
        said.append(hubscope.after_run(watching))
    path = watching.digests / "2026-11-01.md"
    assert said == [f"What changed since last class: {path}"] * 2
    text = path.read_text(encoding="utf-8")
    assert "# Since last class: 1 Oct 2026" in text and "# 上次课以来：2026年10月1日" in text
    assert [one.name for one in watching.digests.iterdir()] == [path.name]


def test_without_a_watch_list_a_run_writes_no_digest(watching):
    assert write_digest(watching) is None and hubscope.after_run(watching) == ""
    assert not watching.digests.exists()


def test_after_the_first_run_there_is_nothing_to_compare_and_that_is_no_fault(watching, capsys, monkeypatch):
    watch(watching, "origins", 1)
    monkeypatch.setattr("dashboard.digest.digest.newest", lambda warehouse: Choices(as_of=FIRST))
    follow_up(hubscope.after_run, watching, quiet=True)
    assert capsys.readouterr() == ("", "")
    assert hubscope.after_run(watching).startswith("No digest: There is no earlier snapshot")
    assert not watching.digests.exists()


def test_hostile_names_stay_text_in_the_file():
    assert unread("[x](javascript:a) <b> sim_a/b_c") == r"\[x\](javascript:a) \<b\> sim_a/b_c"


@pytest.mark.parametrize("quiet", [False, True])
def test_a_digest_that_fails_is_one_line_and_the_run_stands(watching, capsys, quiet):
    watching.watch.write_text("not toml at all\n")
    follow_up(hubscope.after_run, watching, quiet=quiet)
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1
    assert said.err.startswith("The snapshot is published") and str(watching.watch) in said.err


def test_a_digest_that_cannot_be_written_names_its_place(watching):
    watch(watching, "origins", 1)
    watching.digests.write_text("a file where the folder should be")
    with pytest.raises(WatchError, match="digest"):
        write_digest(watching)


def _discussion() -> None:
    from dashboard.views.course import discussion

    discussion()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_discussion_page_says_what_changed(demo_home, monkeypatch, language):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    page = AppTest.from_function(_discussion, default_timeout=30)
    page.query_params["lang"] = language
    page.run()
    assert not page.exception
    say = Say(language)
    assert say("course.discussion.changed") in [one.value for one in page.subheader]
    assert {"en": "1 Oct 2026", "zh": "2026年10月1日"}[language] in "".join(one.value for one in page.markdown)
