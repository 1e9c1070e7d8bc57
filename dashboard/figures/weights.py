"""Apply the two switches that several subjects share: what to weigh by, and whether to draw the undeclared."""

import pandas as pd

from dashboard.choices import UNDECLARED, Choices
from dashboard.figures.facts import Facts, NothingToShow

COLUMNS = {
    "repositories": "repository_count",
    "downloads_30d": "downloads_30d",
    "downloads_all_time": "downloads_all_time",
}


def weighed(facts: Facts, choices: Choices, *, category: str) -> Facts:
    """The facts with `value` (what the reader weighs by) as a column, largest first, the undeclared last or left out.

    `category` names the column of ids. NothingToShow when nobody counts that for this kind (Spaces have no downloads).
    """
    frame = facts.frame.assign(value=facts.frame[COLUMNS[choices.weight]])
    if frame["value"].isna().all():
        raise NothingToShow("not_counted", kind=choices.kind)
    is_undeclared = frame[category] == UNDECLARED
    undeclared = int(frame.loc[is_undeclared, "repository_count"].sum())
    declared = frame[~is_undeclared].dropna(subset="value").sort_values(["value", category], ascending=[False, True])
    kept = pd.concat([declared, frame[is_undeclared]]) if choices.with_undeclared else declared
    if kept.empty:
        raise NothingToShow("all_undeclared", kind=choices.kind)
    return facts.with_(
        frame=kept.reset_index(drop=True),
        shown=facts.total - undeclared if facts.total is not None else None,
        undeclared=undeclared,
    )
