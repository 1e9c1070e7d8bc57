"""Tables of what OpenAI did between two snapshots: models that came and went, and prices that changed."""

from dataclasses import replace

import pandas as pd

from dashboard.choices import Choices
from dashboard.figures.changes import two_snapshots
from dashboard.figures.facts import Facts, NothingToShow, Table
from dashboard.figures.open_closed import CATALOGUE
from dashboard.figures.open_closed import OPENAI as OPENAI_LIST
from dashboard.figures.over_time import listing_snapshot
from dashboard.say import Say
from dashboard.sentences import Listing, Sentence
from warehouse.read import Warehouse

NAMED = 8
"""Models that one cell names at most."""
SHOWN_PRICES = 20
PROVIDER = "openai"


def _read(warehouse: Warehouse, choices: Choices, query: str, *, listing: str, lacking: str, same: str) -> Facts:
    """Rows about a side list between the two snapshots; it must have been read by both."""
    before, now = two_snapshots(warehouse, choices)
    then = listing_snapshot(warehouse, replace(choices, as_of=before.snapshot_at), listing, lacking=lacking)
    later = listing_snapshot(warehouse, replace(choices, as_of=now.snapshot_at), listing, lacking=lacking)
    at = {"since_at": then.snapshot_at, "snapshot_at": later.snapshot_at, "provider": PROVIDER}
    frame = warehouse.query(query, **at)
    if frame.empty:
        raise NothingToShow(same)
    return Facts(
        frame,
        warehouse.sql(query, **at),
        later,
        values={"before": then.snapshot_at, "shown": min(SHOWN_PRICES, len(frame)), "n": len(frame)},
    )


def _read_openai(warehouse: Warehouse, choices: Choices) -> Facts:
    return _read(
        warehouse,
        choices,
        "changes_openai",
        listing=OPENAI_LIST,
        lacking="changes_no_openai",
        same="changes_openai_same",
    )


def _lay_openai(facts: Facts, say: Say) -> pd.DataFrame:
    """One row for each day and event, its models named."""
    rows = [
        (say.date(day), say(f"changes.event.{event}"), say.write(named(_with_dates(models, say))))
        for (day, event), models in facts.frame.groupby(["event_at", "event"], sort=False)
    ]
    return pd.DataFrame(rows, columns=[say(f"changes.openai.{heading}") for heading in ("date", "event", "models")])


def _with_dates(models: pd.DataFrame, say: Say) -> list[str]:
    """Names; where the event is about a shutdown, its date beside them."""
    return [
        say("changes.openai.with_date", model=row["model_id"], date=say.date(row["shutdown_date"]))
        if row["event"].startswith("shutdown") and pd.notna(row["shutdown_date"])
        else row["model_id"]
        for row in models.to_dict("records")
    ]


def named(models: list[str], most: int = NAMED) -> Listing | Sentence:
    """The first few, and how many more."""
    first = Listing(tuple(models[:most]))
    return first if len(models) <= most else Sentence("changes.openai.more", {"models": first, "n": len(models) - most})


def _read_prices(warehouse: Warehouse, choices: Choices) -> Facts:
    return _read(
        warehouse,
        choices,
        "changes_prices",
        listing=CATALOGUE,
        lacking="changes_no_catalogue",
        same="changes_prices_same",
    )


def _lay_prices(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            say.date(row["valid_from"]),
            row["model_id"],
            *(_step(say, row[f"previous_{side}_usd_per_mtok"], row[f"{side}_usd_per_mtok"]) for side in SIDES),
        )
        for row in facts.frame.head(SHOWN_PRICES).to_dict("records")
    ]
    headings = [say(f"changes.prices.{heading}") for heading in ("date", "model", *SIDES)]
    return pd.DataFrame(rows, columns=headings)


SIDES = ("input", "output")


def _step(say: Say, before: float, now: float) -> str:
    """A price before and after; alone where it stayed, or where one of the two is not known."""
    if pd.isna(now):
        return say("ui.unknown")
    if pd.isna(before) or before == now:
        return say("changes.prices.same", now=_usd(now))
    change = f"{now / before - 1:+.0%}" if before else say("ui.unknown")
    return say("changes.prices.step", before=_usd(before), now=_usd(now), change=change)


def _usd(price: float) -> str:
    return f"{price:,.2f}" if price >= 0.1 or price == 0 else f"{price:.2g}"


OPENAI = Table("changes.openai", _read_openai, _lay_openai, caveats=("changes.caveats.openai",), source="openai")
PRICES = Table("changes.prices", _read_prices, _lay_prices, caveats=("changes.caveats.prices",), source="catalogue")

TABLES = (OPENAI, PRICES)
