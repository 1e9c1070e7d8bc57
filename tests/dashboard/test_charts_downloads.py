"""Charts of downloads: changes have a direction and days, concentration has a unit, pauses are pauses."""

import pandas as pd
import pytest

from dashboard import figures
from dashboard.charts import downloads as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Figure, NothingToShow, title_of
from dashboard.say import Say
from tests.warehouse.marts import MODELS, SPACES, TOP, built, model, space
from warehouse.read import open_current

SAY = Say("en")


def _title(figure: Figure, home, choices: Choices = Choices()) -> str:  # noqa: B008 - frozen
    return SAY.write(title_of(figure, figure.read(open_current(home), choices), choices))


def test_movers_state_the_days_between_the_snapshots_and_warn_of_rolling_windows(home):
    built(home, {MODELS: [model("up", 10), model("down", 90)]}, {MODELS: [model("up", 60), model("down", 20)]})
    facts = figures.downloads.MOVERS.read(open_current(home), Choices())
    assert list(zip(facts.frame["id"], facts.frame["change"], strict=True)) == [("a/up", 50), ("a/down", -70)]
    assert _title(figures.downloads.MOVERS, home) == "Models that moved most in 1 days · 30-day downloads"
    assert "rolling" in SAY(facts.notes[0], before="", days="")


def test_losses_point_to_the_left_of_the_gains():
    frame = pd.DataFrame({"id": ["a", "b"], "direction": ["up", "down"], "change": [5, -3]})
    spec = charts.movers(frame, SAY, measure="Change").to_dict()
    low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low < -3 and high > 5
    assert "largest loss b" in spec["description"]


def test_spaces_move_by_likes(home):
    built(home, {SPACES: [space("s", 3)]}, {SPACES: [space("s", 9)]})
    assert _title(figures.downloads.MOVERS, home, Choices(kind="space")).endswith("Likes")


def test_movers_need_two_snapshots_of_the_same_coverage(home):
    built(home, {MODELS: [model("a", 1)]}, {TOP: [model("a", 9)]})
    with pytest.raises(NothingToShow, match="no_movers"):
        figures.downloads.MOVERS.read(open_current(home), Choices(coverage="full"))


def test_the_title_of_concentration_says_unit_number_and_window(home):
    built(home, {MODELS: [model("big", 9_900), *(model(f"m{n}", 1) for n in range(100))]})
    assert _title(figures.downloads.CONCENTRATION, home) == (
        "Models: the largest 1 % (2) hold 99.0% of 30-day downloads"
    )
    all_time = Choices(extras=(("window", "downloads_all_time"),))
    assert "All-time downloads" in _title(figures.downloads.CONCENTRATION, home, all_time)


def test_unknown_downloads_are_left_out_of_concentration_and_counted(home):
    built(home, {MODELS: [model("a", 5), model("b", 0), model("c", None)]})
    facts = figures.downloads.LORENZ.read(open_current(home), Choices())
    assert (facts.shown, facts.undeclared, facts.total) == (2, 1, 3)
    assert facts.values["zero"] == 1


def test_a_single_snapshot_is_drawn_as_points_and_says_why_there_is_no_line(home):
    built(home, {MODELS: [model("a", 5)]})
    facts = figures.downloads.CONCENTRATION.read(open_current(home), Choices())
    assert facts.notes == ("downloads.caveats.one_snapshot",)


def test_without_any_download_nothing_is_concentrated(home):
    built(home, {MODELS: [model("a", 0)]})
    with pytest.raises(NothingToShow, match=r"empty|not_counted"):
        figures.downloads.LORENZ.read(open_current(home), Choices())


def test_the_lines_of_the_four_parts_differ_by_dash_and_colour_and_break_at_pauses():
    frame = pd.DataFrame(
        [
            {"snapshot_at": pd.Timestamp("2026-01-01"), "segment": 0, "part": part, "share": 0.5, "n": 1}
            for part in charts.SHARES
        ]
    )
    encoding = charts.concentration(frame, SAY).to_dict()["layer"][0]["encoding"]
    assert len(set(encoding["color"]["scale"]["range"])) == 4
    assert len({tuple(dash) for dash in encoding["strokeDash"]["scale"]["range"]}) == 4
    assert encoding["detail"]["field"] == "segment"
