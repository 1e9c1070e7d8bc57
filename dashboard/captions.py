"""What must be said under each picture and table, in words: pages, slides and files say the same."""

from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, coverage, spoken
from dashboard.say import Say


def provenance(say: Say, shown: Figure | Table, facts: Facts) -> list[str]:
    """When, which part, how many of how many, from where."""
    parts = []
    if facts.snapshot is not None:
        parts += [say("ui.caption.snapshot", date=say.moment(facts.snapshot.snapshot_at)), coverage(facts, say)]
    return [*parts, *counts(say, facts).values(), say("ui.caption.source", source=origin(say, shown, facts))]


def counts(say: Say, facts: Facts) -> dict[str, str]:
    """How many of how many the picture counts, and how many do not declare what it is about; what it does not count is left out."""
    parts = {}
    if facts.snapshot is not None and facts.shown is not None and facts.total is not None:
        kind = say.label("ui.noun", facts.snapshot.kind)
        parts["counted"] = say(
            "ui.caption.counted", n=say.number(facts.shown), total=say.number(facts.total), kind=kind
        )
    if facts.undeclared is not None:
        parts["undeclared"] = say("ui.caption.undeclared", n=say.number(facts.undeclared))
    return parts


def origin(say: Say, shown: Figure | Table, facts: Facts) -> str:
    """Who published what the numbers are made of."""
    endpoint = facts.snapshot.endpoint.partition("://")[2] if facts.snapshot is not None else ""
    source = (
        "archive" if shown.source == "hub" and facts.snapshot and facts.snapshot.coverage == "archive" else shown.source
    )
    return say(f"ui.source.{'simulated' if facts.is_simulated else source}", endpoint=endpoint)


def caveats(say: Say, shown: Figure | Table, facts: Facts) -> list[str]:
    """What a reader must know before believing it."""
    return [say(key, **spoken(facts.values, say)) for key in (*shown.caveats, *facts.notes)]


def nothing(say: Say, missing: NothingToShow) -> str:
    """Why something is not shown, and which command changes that."""
    kind = say.label("ui.noun", missing.values.get("kind", "model"))
    return say(f"ui.nothing.{missing.reason}", **{**missing.values, "kind": kind})
