"""Charts of model families."""

import textwrap
from collections.abc import Sequence

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.say import Say
from dashboard.theme import Chart

ROW = 26  # points
LINE = 12  # letters of a heading's line


def by_task(cells: pd.DataFrame, say: Say, *, tasks: Sequence[str], description: str) -> Chart:
    """Models of each family and task as a grid, shaded by the logarithm of their number.

    cells: family, task (words), repository_count, downloads_30d, downloads_all_time (may be unknown); families in
    the frame's own order. tasks: from the left. What no model combines has no row and stays blank.
    """
    headings = {task: "\n".join(textwrap.wrap(task, LINE, break_long_words=False)) for task in tasks}
    numbered = cells.assign(
        heading=cells["task"].map(headings), number=[say.short(count) for count in cells["repository_count"]]
    )
    base = alt.Chart(numbered).encode(
        x=alt.X("heading:N", sort=list(headings.values()))
        .title(None)
        # Below, since Vega writes the second line of a heading above into the picture.
        .axis(labelAngle=0, labelExpr="split(datum.label, '\\n')", ticks=False, domain=False),
        y=alt.Y("family:N", sort=list(dict.fromkeys(cells["family"]))).title(None).axis(ticks=False, domain=False),
        tooltip=[
            tip(say, "family:N", say.column("family")),
            tip(say, "task:N"),
            tip(say, "repository_count:Q", say.column("model_count")),
            tip(say, "downloads_30d:Q"),
            tip(say, "downloads_all_time:Q"),
        ],
    )
    shade = (
        alt.Opacity("repository_count:Q")
        .scale(type="log", domain=[1, max(10, int(cells["repository_count"].max()))], range=[0.07, 0.75])
        .legend(None)
    )
    return alt.layer(
        base.mark_rect(color=theme.PALETTE[0], stroke=None).encode(opacity=shade),
        base.mark_text().encode(text="number:N"),
        description=description,
        height=ROW * cells["family"].nunique(),
    )
