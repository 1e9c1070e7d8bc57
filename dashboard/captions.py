"""Captions: provenance, counts and caveats under each picture and table, the same on pages, slides and files."""

from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, coverage
from dashboard.needs import remedy
from dashboard.say import Say
from dashboard.sentences import Label, Sentence


def provenance(say: Say, shown: Figure | Table, facts: Facts) -> list[str]:
    """The parts of the source line: snapshot, coverage, whose copy, counts, source, and whom facts are owed to."""
    parts = []
    if facts.snapshot is not None:
        parts += [say("ui.caption.snapshot", date=say.moment(facts.snapshot.snapshot_at)), coverage(facts, say)]
    if facts.copied is not None:
        publisher, newest = facts.copied
        parts.append(say("ui.caption.copy", publisher=publisher, date=say.moment(newest)))
    parts += [*map(say.write, counts(facts).values()), say("ui.caption.source", source=origin(say, shown, facts))]
    return [*parts, *facts.credits]


def counts(facts: Facts) -> dict[str, Sentence]:
    """Caption counts: shown, total and undeclared; missing ones are omitted."""
    parts = {}
    if facts.snapshot is not None and facts.shown is not None and facts.total is not None:
        counted = {"n": facts.shown, "total": facts.total, "kind": Label("ui.noun", facts.snapshot.kind)}
        parts["counted"] = Sentence("ui.caption.counted", counted)
    if facts.undeclared is not None:
        parts["undeclared"] = Sentence("ui.caption.undeclared", {"n": facts.undeclared})
    return parts


def origin(say: Say, shown: Figure | Table, facts: Facts) -> str:
    """The source of the numbers, in words."""
    endpoint = facts.snapshot.endpoint.partition("://")[2] if facts.snapshot is not None else ""
    source = facts.source or shown.source
    if source == "hub" and facts.snapshot and facts.snapshot.coverage == "archive":
        source = "archive"
    return say(f"sources.name.{'simulated' if facts.is_simulated else source}", endpoint=endpoint)


def caveats(say: Say, shown: Figure | Table, facts: Facts) -> list[str]:
    """Caveats of the figure and of these data, in words."""
    filled = {"population": facts.population, **facts.values}
    kind = facts.snapshot.kind if facts.snapshot else "model"
    return [
        *[say.write(Sentence(key, filled)) for key in (*shown.caveats, *facts.notes)],
        *[say.write(remedy(reason, {"kind": kind})) for reason in facts.lacking],
    ]


def nothing(say: Say, missing: NothingToShow) -> str:
    """Why something is not shown, and which command changes that."""
    return say.write(why(missing))


def why(missing: NothingToShow) -> Sentence:
    """The sentence of `nothing`."""
    return remedy(missing.reason, missing.values)
