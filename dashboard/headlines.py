"""Cards of the overview: one population each, in a few lines of Markdown."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from dashboard.figures.facts import coverage_words
from dashboard.say import Say
from warehouse.listings import WHOLE

Row = Mapping[Hashable, Any]
"""A row of the query `headlines`."""


def lines(say: Say, now: Row) -> list[str]:
    """How a population changes a day, and what is known of it."""
    used = "likes" if pd.isna(now["downloads_30d"]) else "downloads"
    return [
        _change(say, now),
        say(f"overview.{used}", n=say.short(now["downloads_30d" if used == "downloads" else "likes"])),
        say("overview.authors", n=say.short(now["author_count"])),
        _licensed(say, now),
    ]


def _licensed(say: Say, now: Row) -> str:
    """Of the repositories whose licence the listing tells; unknown where it tells of none."""
    known = now["repository_count"] - now["licence_unknown_count"]
    if not known:
        return say("overview.licence_unknown")
    return say("overview.licensed", share=say.share(now["licence_declared_count"] / known))


def as_of(say: Say, now: Row) -> str:
    """Date and coverage of a card."""
    covered = coverage_words(now["kind"], now["coverage"], now["coverage_limit"], say)
    return say("overview.as_of", date=say.moment(now["snapshot_at"]), coverage=covered)


def _change(say: Say, now: Row) -> str:
    """The change since the snapshot before, divided by the days that really passed; of a top-N list what it is a part of."""
    if now["coverage"] not in WHOLE:
        is_counted = pd.notna(now["census_count"])
        return say("overview.of_hub", n=say.short(now["census_count"])) if is_counted else say("overview.of_list")
    if pd.isna(now["previous_repository_count"]) or not now["elapsed_days"]:
        return say("overview.first")
    a_day = (now["repository_count"] - now["previous_repository_count"]) / now["elapsed_days"]
    sign = "+" if a_day > 0 else ""
    decimals = 0 if abs(a_day) >= 10 else 1
    return say("overview.a_day", n=f"{sign}{say.number(a_day, decimals)}", days=say.number(now["elapsed_days"]))
