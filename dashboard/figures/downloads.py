"""Figures of downloads: what leads, what moved, and how concentrated it all is. Spaces are measured by likes."""

from typing import Any

import pandas as pd

from dashboard.charts import downloads as charts
from dashboard.charts.breaks import with_breaks
from dashboard.choices import Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, read_at
from dashboard.figures.narrowing import read_narrowed
from dashboard.figures.over_time import download_breaks, segments
from dashboard.needs import EARLIER, WHOLE, lacking
from dashboard.say import Say
from dashboard.sentences import Amount, Words
from dashboard.theme import Chart
from warehouse.read import Warehouse

SHOWN_REPOSITORIES = 20
SHOWN_EACH_WAY = 10
WINDOWS = ("downloads_30d", "downloads_all_time")
PARTS = {"top_50_share": 50, "top_200_share": 200}
"""Parts that are a number of repositories; the others are a share of them."""


def _lead(choices: Choices) -> str:
    """What a ranking of this kind is by."""
    return "likes" if choices.kind == "space" else "downloads_30d"


def _measure(choices: Choices) -> str:
    """What concentration is of: the window the reader chose, 30 days unless said otherwise."""
    if choices.kind == "space":
        return "likes"
    window = choices.extra("window") or choices.weight
    return window if window in WINDOWS else "downloads_30d"


def _read_top(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_narrowed(warehouse, choices, "narrowed_top", "downloads_top")
    measure = _lead(choices)
    return facts.with_(
        frame=facts.frame.drop(columns=["kind", "coverage", "snapshot_at", "repository_key"], errors="ignore"),
        shown=min(SHOWN_REPOSITORIES, len(facts.frame)),
        values={
            **facts.values,
            "shown": min(SHOWN_REPOSITORIES, len(facts.frame)),
            "n": len(facts.frame),
            "measure": Words(f"ui.weight.{measure}"),
        },
        notes=(f"downloads.caveats.{measure}",),
    )


def _draw_top(facts: Facts, say: Say, choices: Choices) -> Chart:
    measure = _lead(choices)
    head = facts.frame.head(SHOWN_REPOSITORIES)
    return charts.top(head.assign(value=head[measure]), say, measure=say(f"ui.weight.{measure}"))


def _read_movers(warehouse: Warehouse, choices: Choices) -> Facts:
    try:
        facts = read_narrowed(warehouse, choices, "narrowed_movers", "movers")
    except NothingToShow as nothing:
        is_first = nothing.reason == "none_so_narrow" and lacking((EARLIER,), warehouse, choices)
        raise (
            NothingToShow("no_movers", kind=choices.kind) if is_first or nothing.reason == "empty" else nothing
        ) from None
    measure = _lead(choices)
    first = facts.frame.iloc[0]
    ordered = facts.frame.assign(change=facts.frame[f"{measure}_change"]).sort_values("change", ascending=False)
    return facts.with_(
        frame=ordered[
            [
                "id",
                "direction",
                "change",
                "downloads_30d",
                "previous_downloads_30d",
                "downloads_all_time_change",
                "downloads_per_day",
                "likes_change",
            ]
        ].reset_index(drop=True),
        values={
            **facts.values,
            "days": _days(first["elapsed_days"]),
            "before": first["previous_snapshot_at"],
            "measure": Words(f"ui.weight.{measure}"),
        },
        notes=(f"downloads.caveats.movers_{measure}",),
    )


def _days(elapsed: float) -> str:
    """Days between two snapshots; their fraction only where it matters."""
    return f"{elapsed:.0f}" if elapsed >= 10 or elapsed == round(elapsed) else f"{elapsed:.1f}"


def _draw_movers(facts: Facts, say: Say, choices: Choices) -> Chart:
    gains = facts.frame[facts.frame["change"] > 0].head(SHOWN_EACH_WAY)
    losses = facts.frame[facts.frame["change"] < 0].tail(SHOWN_EACH_WAY)
    return charts.movers(pd.concat([gains, losses]), say, measure=say(f"downloads.change.{_lead(choices)}"))


def _read_lorenz(warehouse: Warehouse, choices: Choices) -> Facts:
    measure = _measure(choices)
    facts = read_at(warehouse, choices, "lorenz_curve", measure=measure)
    newest = _concentration(warehouse, choices, measure).frame.iloc[-1]
    return facts.with_(
        shown=int(newest["repository_count"]),
        undeclared=(facts.total or 0) - int(newest["repository_count"]),
        values={
            "measure": Words(f"ui.weight.{measure}"),
            "gini": Amount(newest["gini"], "gini"),
            "hhi": Amount(newest["hhi"], "hhi"),
            "zero": int(newest["zero_count"]),
        },
    )


def _draw_lorenz(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.lorenz(
        facts.frame, say, gini=facts.values["gini"].number, measure=say(f"ui.weight.{_measure(choices)}")
    )


def _concentration(warehouse: Warehouse, choices: Choices, measure: str) -> Facts:
    facts = read_at(warehouse, choices, "concentration_of_measure", measure=measure)
    frame = facts.frame.dropna(subset="gini")  # null where the total is 0: nothing is spread
    if frame.empty:
        raise NothingToShow("not_counted", kind=choices.kind)
    return facts.with_(frame=frame)


def _read_concentration(warehouse: Warehouse, choices: Choices) -> Facts:
    measure = _measure(choices)
    facts = _concentration(warehouse, choices, measure)
    newest = facts.frame.iloc[-1]
    return facts.with_(
        shown=int(newest["repository_count"]),
        undeclared=(facts.total or 0) - int(newest["repository_count"]),
        beside={"breaks": download_breaks(warehouse, choices, measure)},
        values={
            "measure": Words(f"ui.weight.{measure}"),
            "one": Amount(newest["top_1pct_share"], "share"),
            "one_n": -(-int(newest["repository_count"]) // 100),
            "fifty": Amount(newest["top_50_share"], "share"),
            "count": len(facts.frame),
        },
        notes=("downloads.caveats.one_snapshot",) if len(facts.frame) == 1 else (),
    )


def _draw_concentration(facts: Facts, say: Say, choices: Choices) -> Chart:
    drawn = charts.concentration(_parts(segments(facts.frame)), say)
    return with_breaks(drawn, facts.frame["snapshot_at"], facts.beside["breaks"], say)


def _parts(frame: pd.DataFrame) -> pd.DataFrame:
    """One row for each snapshot and part, with the number of repositories in the part."""
    rows: list[dict[str, Any]] = []
    for row in frame.to_dict("records"):
        known = int(row["repository_count"])
        counts = {"top_1pct_share": -(-known // 100), "top_1_5pct_share": -(-known * 15 // 1000), **PARTS}
        rows += [
            {
                "snapshot_at": row["snapshot_at"],
                "segment": row["segment"],
                "part": part,
                "share": row[part],
                "n": min(n, known),
            }
            for part, n in counts.items()
        ]
    return pd.DataFrame(rows)


TOP = Figure("downloads.top", _read_top, _draw_top)
MOVERS = Figure(
    "downloads.movers",
    _read_movers,
    _draw_movers,
    finding=findings.gained,
)
LORENZ = Figure(
    "downloads.lorenz",
    _read_lorenz,
    _draw_lorenz,
    caveats=("downloads.caveats.lorenz",),
    needs=(WHOLE,),
    finding=findings.unused,
)
CONCENTRATION = Figure(
    "downloads.concentration",
    _read_concentration,
    _draw_concentration,
    caveats=("downloads.caveats.units",),
    needs=(WHOLE,),
    finding=findings.changed("snapshot_at", "top_1pct_share", "findings.name.top_1pct", unit="share"),
)

FIGURES = (TOP, MOVERS, LORENZ, CONCENTRATION)
