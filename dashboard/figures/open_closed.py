"""Figures of open and closed: the Hub, OpenAI's list and the catalogue, each on its own axis and never added up."""

from datetime import datetime

import pandas as pd

from dashboard import theme
from dashboard.charts import open_closed as charts
from dashboard.choices import SEPARATOR, Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, read_at
from dashboard.figures.over_time import listing_snapshot, segments
from dashboard.needs import WHOLE
from dashboard.say import Say
from dashboard.sentences import Words
from dashboard.theme import Chart
from warehouse.listings import COURSE_PACKAGES
from warehouse.read import Warehouse

OPENAI, CATALOGUE, PYPI = "openai_models", "catalogue_models", "pypi_downloads"
CLOSED_PACKAGE = "openai"  # what calls OpenAI's API; the other packages load open models
NEWEST_MODELS = 30
MOST_LINES = 8  # as many as there are colours
PRICES = ("input", "output")
MODELS = ("leaving", "newest", "all")


def _read_hub_listing(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "hub_listing")
    return facts.with_(shown=facts.total, values={"n": int(facts.frame["repository_count"].iloc[-1])})


def _draw_hub_listing(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.listing(
        segments(facts.frame),
        say,
        value="repository_count",
        colour=theme.KINDS["model"],
        alt_text="open_closed.hub_listing.alt",
    )


def _read_listing(warehouse: Warehouse, choices: Choices, query: str) -> Facts:
    """Rows about OpenAI's list as it stood at the reader's snapshot."""
    snapshot = listing_snapshot(warehouse, choices, OPENAI, lacking="no_openai")
    at = {"as_of": snapshot.snapshot_at}
    return Facts(warehouse.query(query, **at), warehouse.sql(query, **at), snapshot)


def _read_openai_listing(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read_listing(warehouse, choices, "openai_list_sizes")
    return facts.with_(
        frame=facts.frame[["snapshot_at", "model_count", "is_after_gap"]],
        values={"n": int(facts.frame["model_count"].iloc[-1])},
    )


def _draw_openai_listing(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.listing(
        segments(facts.frame),
        say,
        value="model_count",
        colour=theme.OPENNESS["closed"],
        alt_text="open_closed.openai_listing.alt",
    )


def _read_timeline(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read_listing(warehouse, choices, "openai_timeline")
    which = choices.extra("models") or MODELS[0]
    is_leaving = facts.frame["state"] != "listed"
    if which == "leaving" and not is_leaving.any():
        which = "newest"
    frame = {
        "leaving": facts.frame[is_leaving],
        "newest": facts.frame.head(NEWEST_MODELS),
        "all": facts.frame,
    }[which]
    counts = facts.frame["state"].value_counts()
    return facts.with_(
        frame=frame.reset_index(drop=True),
        shown=len(frame),
        total=len(facts.frame),
        values={
            "which": Words(f"open_closed.models.{which}"),
            "removed": int(counts.get("removed", 0)),
            "announced": int(counts.get("announced", 0)),
        },
    )


def _draw_timeline(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.timeline(facts.frame, say)


def _read_arrivals(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read_listing(warehouse, choices, "openai_arrivals")
    if facts.frame.empty:
        raise NothingToShow("no_events")
    counts = facts.frame.groupby("event")["model_count"].sum()
    return facts.with_(
        values={"arrived": int(counts.get("arrived", 0)), "removed": int(counts.get("removed", 0))},
    )


def _draw_arrivals(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.events(facts.frame, say)


def _read_prices(warehouse: Warehouse, choices: Choices) -> Facts:
    snapshot = listing_snapshot(warehouse, choices, CATALOGUE, lacking="no_catalogue")
    at = {"provider": "openai", "as_of": snapshot.snapshot_at}
    steps = warehouse.query("prices_of_provider", **at)
    priced = steps.dropna(subset=["input_usd_per_mtok", "output_usd_per_mtok"]).groupby("model_id")["valid_from"]
    # Those whose price changed most often first, then the newest.
    known = priced.agg(["count", "max"]).sort_values(["count", "max"], ascending=False).reset_index()
    if known.empty:
        raise NothingToShow("no_prices")
    models = list(known["model_id"])
    chosen = [name for name in choices.extra("prices").split(SEPARATOR) if name in models][:MOST_LINES]
    frame = steps[steps["model_id"].isin(chosen or models[:MOST_LINES])].reset_index(drop=True)
    price = choices.extra("price") or PRICES[0]
    is_free = frame[f"{price}_usd_per_mtok"] == 0
    if is_free.all():
        raise NothingToShow("no_prices")
    return Facts(
        frame,
        warehouse.sql("prices_of_provider", **at),
        snapshot,
        beside={"prices": known},
        values={
            "shown": frame["model_id"].nunique(),
            "n": len(known),
            "changes": int((frame.groupby("model_id").size() - 1).clip(lower=0).sum()),
            "price": Words(f"open_closed.price.{price}"),
        },
        notes=("open_closed.caveats.free",) if is_free.any() else (),
    )


def _draw_prices(facts: Facts, say: Say, choices: Choices) -> Chart:
    price = choices.extra("price") or PRICES[0]
    steps = facts.frame.rename(columns={f"{price}_usd_per_mtok": "price"})
    steps = steps[steps["price"] > 0].sort_values(["model_id", "valid_from"])  # a logarithmic axis has no 0
    # A price that was withdrawn and came back is two lines.
    previous_end = steps["valid_to"].groupby(steps["model_id"]).shift()
    steps["segment"] = (steps["valid_from"] != previous_end).cumsum()
    # A step is drawn to its end, which is now when it still holds.
    ends = steps.assign(valid_from=steps["valid_to"].fillna(pd.Timestamp(_moment(facts))))
    drawn = pd.concat([steps, ends]).drop_duplicates(["segment", "valid_from"]).sort_values(["segment", "valid_from"])
    return charts.prices(
        drawn.rename(columns={"valid_from": "changed_at"}), say, measure=say(f"open_closed.price.{price}")
    )


def _moment(facts: Facts) -> datetime:
    if facts.snapshot is None:
        raise ValueError("prices are of a snapshot")
    return facts.snapshot.snapshot_at


def _read_catalogue(warehouse: Warehouse, choices: Choices, query: str) -> Facts:
    snapshot = listing_snapshot(warehouse, choices, CATALOGUE, lacking="no_catalogue")
    at = {"as_of": snapshot.snapshot_at}
    frame = warehouse.query(query, **at)
    if frame.empty:
        raise NothingToShow("no_catalogue")
    return Facts(frame, warehouse.sql(query, **at), snapshot)


def _read_context(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read_catalogue(warehouse, choices, "context_windows")
    return facts.with_(values={"n": len(facts.frame)})


def _draw_context(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.context(facts.frame, say)


def _read_releases(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read_catalogue(warehouse, choices, "releases_by_openness")
    counts = facts.frame.groupby("openness")["model_count"].sum()
    return facts.with_(values={"open": int(counts.get("open", 0)), "closed": int(counts.get("closed", 0))})


def _draw_releases(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.releases(facts.frame, say)


def _read_packages(warehouse: Warehouse, choices: Choices) -> Facts:
    snapshot = listing_snapshot(warehouse, choices, PYPI, lacking="no_pypi")
    at = {"snapshot_at": snapshot.snapshot_at}
    frame = warehouse.query("pypi_downloads_by_week", **at)
    if frame.empty:
        raise NothingToShow("no_whole_week")
    last = frame[frame["week"] == frame["week"].max()].set_index("package")["download_count"]
    order = list(frame.groupby("package")["download_count"].max().sort_values(ascending=False).index)
    wanted = [name for name in choices.extra("packages").split(SEPARATOR) if name in order]
    shown = (wanted or [*filter(order.__contains__, COURSE_PACKAGES)] or order)[:MOST_LINES]
    return Facts(
        frame[frame["package"].isin(shown)].reset_index(drop=True),
        warehouse.sql("pypi_downloads_by_week", **at),
        snapshot,
        beside={"packages": pd.DataFrame({"package": order})},
        values={
            "week": frame["week"].max().to_pydatetime(),
            "closed": float(last.get(CLOSED_PACKAGE, float("nan"))),
            "open": float(last.get("transformers", float("nan"))),
        },
    )


def _draw_packages(facts: Facts, say: Say, choices: Choices) -> Chart:
    order = facts.frame.groupby("package")["download_count"].max().sort_values(ascending=False).index
    weeks = pd.concat([facts.frame[facts.frame["package"] == name] for name in order], ignore_index=True)
    is_after_gap = weeks.groupby("package")["week"].diff() > pd.Timedelta(days=7)
    return charts.packages(segments(weeks.assign(is_after_gap=is_after_gap), "package"), say, closed=CLOSED_PACKAGE)


HUB_LISTING = Figure(
    "open_closed.hub_listing",
    _read_hub_listing,
    _draw_hub_listing,
    kinds=("model",),
    needs=(WHOLE,),
    finding=findings.changed("snapshot_at", "repository_count", "findings.name.hub_models", unit="short"),
)
OPENAI_LISTING = Figure(
    "open_closed.openai_listing",
    _read_openai_listing,
    _draw_openai_listing,
    caveats=("open_closed.caveats.apart",),
    kinds=(),
    source="openai",
    finding=findings.changed("snapshot_at", "model_count", "findings.name.openai_models", unit="number"),
)
TIMELINE = Figure(
    "open_closed.timeline",
    _read_timeline,
    _draw_timeline,
    caveats=("open_closed.caveats.timeline",),
    kinds=(),
    source="openai",
    finding=findings.gone,
)
ARRIVALS = Figure(
    "open_closed.arrivals",
    _read_arrivals,
    _draw_arrivals,
    caveats=("open_closed.caveats.arrivals",),
    kinds=(),
    source="openai",
)
PRICE_STEPS = Figure(
    "open_closed.prices",
    _read_prices,
    _draw_prices,
    caveats=("open_closed.caveats.prices",),
    kinds=(),
    source="catalogue",
)
CONTEXT = Figure(
    "open_closed.context",
    _read_context,
    _draw_context,
    caveats=("open_closed.caveats.context",),
    kinds=(),
    source="catalogue",
)
RELEASES = Figure(
    "open_closed.releases",
    _read_releases,
    _draw_releases,
    caveats=("open_closed.caveats.releases",),
    kinds=(),
    source="catalogue",
)

PACKAGES = Figure(
    "open_closed.packages",
    _read_packages,
    _draw_packages,
    caveats=("open_closed.caveats.packages",),
    kinds=(),
    source="pypi",
)

FIGURES = (HUB_LISTING, OPENAI_LISTING, TIMELINE, ARRIVALS, PRICE_STEPS, CONTEXT, RELEASES, PACKAGES)
