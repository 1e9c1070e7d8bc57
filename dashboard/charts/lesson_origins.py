"""How the Hub grew, told with what happened on the way."""

import altair as alt
import pandas as pd

from dashboard.charts.growth import Chart, cumulative
from dashboard.say import Say

APART = 0.022  # of the whole time: what a name needs beside the next one
NAME = 20
"""Points that the last name has beyond its rule."""
ELSEWHERE = "dataset_downloads"
"""Subject of milestones that are not about how many repositories there are."""


def told(months: pd.DataFrame, milestones: pd.DataFrame, say: Say, *, log: bool) -> Chart:
    """The lines of growth from the first milestone on, each milestone with its name along its rule.

    months: as `growth.cumulative` takes them. milestones: milestone_date, subject, title_en, title_zh, in order. The
    years before the lines are empty on purpose: nobody kept the dates of what was created then.
    """
    until = months["created_month"].max()
    known = milestones[(milestones["subject"] != ELSEWHERE) & (milestones["milestone_date"] <= until)]
    lines = cumulative(months, milestones.head(0), say, log=log)
    if known.empty:
        return lines
    spread = known.assign(words=known[f"title_{say.language}"], beside=_spread(known["milestone_date"], until))
    base = alt.Chart(spread).encode(
        tooltip=[
            alt.Tooltip("milestone_date:T", format="%Y-%m-%d").title(say.column("milestone_date")),
            alt.Tooltip("words:N").title(say.column("milestone")),
        ]
    )
    at = alt.X("milestone_date:T").scale(padding=NAME)
    rules = base.mark_rule(strokeDash=[2, 5], opacity=0.55).encode(x=at)
    names = base.mark_text(angle=270, align="right", baseline="top", dx=-4, dy=2).encode(
        x="beside:T", y=alt.value(0), text="words:N"
    )
    return alt.layer(rules, lines, names, description=f"{lines.description} {_listed(spread, say)}")


def _spread(dates: pd.Series, until: pd.Timestamp) -> list[pd.Timestamp]:
    """Where the names stand: at their dates, or as much later as the name before needs."""
    apart = (until - dates.min()) * APART
    places: list[pd.Timestamp] = []
    for date in dates:
        places.append(max(date, places[-1] + apart) if places else date)
    return places


def _listed(milestones: pd.DataFrame, say: Say) -> str:
    return say.listing([f"{say.month(row['milestone_date'])} {row['words']}" for row in milestones.to_dict("records")])
