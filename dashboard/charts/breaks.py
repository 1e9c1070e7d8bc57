"""Where a counter changed its meaning: a rule across the time series, so that nobody reads the step as growth."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.lines import sum_of
from dashboard.say import Say
from dashboard.theme import Chart


def with_breaks(chart: Chart, moments: pd.Series, breaks: pd.DataFrame, say: Say) -> Chart:
    """The chart of a series observed at `moments`, with a labelled rule at each break that falls between them.

    breaks: milestone_date, title_en, title_zh.
    """
    within = breaks[breaks["milestone_date"].between(moments.min(), moments.max())]
    if within.empty:
        return chart
    titles = f"title_{say.language}"
    at = alt.Chart(within).encode(x="milestone_date:T")
    rule = at.mark_rule(color=theme.CORAL, strokeWidth=2, strokeDash=[6, 4])
    note = at.mark_text(align="left", baseline="top", dx=6).encode(y=alt.value(4), text=f"{titles}:N")
    said = [f"{say.month(row['milestone_date'])}: {row[titles]}" for row in within.to_dict("records")]
    return sum_of(chart, rule, note).properties(description=" ".join([str(chart.description), *said]))
