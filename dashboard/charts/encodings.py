"""What nearly every chart writes: the lines of a tooltip, and an axis of large numbers."""

from typing import Any

import altair as alt

from dashboard.say import Say


def tip(say: Say, field: str, title: str | None = None, *, form: str | None = None) -> alt.Tooltip:
    """One line of a tooltip, `field` as Altair takes it ("snapshot_at:T").

    Unless said otherwise its title is the heading of that column, and its type and name say how it is written: days, or
    months where the name ends in `_month`; shares in per cent; other numbers with every digit.
    """
    name, _, kind = field.partition(":")
    usual = {"T": "%Y-%m" if name.endswith("_month") else "%Y-%m-%d", "Q": ".1%" if name.endswith("share") else ","}
    written = form or usual.get(kind)
    tooltip = alt.Tooltip(field, format=written) if written else alt.Tooltip(field)
    return tooltip.title(title or say.column(name))


def count_axis(say: Say, **more: Any) -> alt.Axis:
    """An axis of numbers in the units of the language (1M, 100万), with its grid."""
    return alt.Axis(labelExpr=say.axis_numbers(), grid=True, **more)
