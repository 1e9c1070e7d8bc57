"""The data behind the course: each source, its terms, and when the build last read it."""

from datetime import datetime

import pandas as pd

from dashboard.say import Say
from warehouse.listings import LISTINGS
from warehouse.read import Warehouse

SOURCES = {listing.source: listing.name for listing in LISTINGS.values() if listing.mart or listing.kind == "model"}
"""Source to the listing whose reading dates it."""


def sources(warehouse: Warehouse, say: Say, as_of: datetime | None) -> pd.DataFrame:
    """One row for each source, in words; then those of reference facts, with the line that each asks for."""
    read = warehouse.query("freshness", as_of=as_of).groupby("listing")["snapshot_at"].max()
    rows = [
        (say(f"sources.taught.{name}"), say(f"sources.taught_terms.{name}"), say.moment(read.get(listing)))
        for name, listing in SOURCES.items()
    ]
    owed = warehouse.query("attributions").drop_duplicates("attribution").to_dict("records")
    rows += [
        (row["source"], f"{row['licence']}: {row['attribution']}", say("course.sources.reference")) for row in owed
    ]
    return pd.DataFrame(rows, columns=[say(f"course.sources.{heading}") for heading in ("name", "terms", "read")])
