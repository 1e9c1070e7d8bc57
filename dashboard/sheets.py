"""Every page of the dashboard, described once: its address, its tabs and what stands in them, and what a reader can choose.

Navigation, pages, exports and the static site read this table. What a page does beyond showing figures and tables is in
`dashboard/views/<key>.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard import figures
from dashboard.choices import KINDS, LONGEST_PIN, Choices, Extra
from dashboard.figures.changes import SINCE
from dashboard.figures.changes_sentences import sentences as what_changed
from dashboard.figures.changes_tables import TABLES as CHANGES_TABLES
from dashboard.figures.downloads import WINDOWS
from dashboard.figures.explore import MEASURES
from dashboard.figures.facts import Figure, Table
from dashboard.figures.narrowing import EXTRAS as NARROWING
from dashboard.lessons import LESSONS
from dashboard.sentences import Sentence
from warehouse.read import Warehouse

WEIGHT = "weight"
WITH_UNDECLARED = "with_undeclared"
"""Controls that pages share: what is weighed by, and whether the undeclared are drawn."""


@dataclass(frozen=True)
class Tab:
    """One tab: `<page>.tabs.<name>` is its label."""

    name: str
    shown: tuple[Figure | Table, ...] = ()
    """What stands in it, one below the other; a view may add to it, or show it in its own way."""
    controls: tuple[str, ...] = ()
    """Those that only this tab needs."""


@dataclass(frozen=True)
class Sheet:
    """What one page is made of. Its words are `ui.pages.<key>` and, when there are any, `<key>.lead`."""

    key: str
    """Its address, and the section of its words."""
    icon: str
    """A Material symbol."""
    tabs: tuple[Tab, ...] = ()
    kinds: tuple[str, ...] = KINDS[:1]
    """The kinds of repositories that the page can be of."""
    controls: tuple[str, ...] = ()
    """Those of all tabs."""
    extras: tuple[Extra, ...] = ()
    """Choices of this page alone: one of a few becomes a control under the title, all others are drawn by the view."""
    sentences: Callable[[Warehouse, Choices], list[Sentence]] | None = None
    """What the page says before its figures, computed from the numbers; may raise NothingToShow."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of all tabs, in their order."""
        return tuple(dict.fromkeys(one for tab in self.tabs for one in tab.shown if isinstance(one, Figure)))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of all tabs, in their order."""
        return tuple(dict.fromkeys(one for tab in self.tabs for one in tab.shown if isinstance(one, Table)))

    @property
    def is_weighed(self) -> bool:
        """Whether any of its figures changes with what is weighed."""
        return any(figure.is_weighed for figure in self.figures)


SHEETS = (
    Sheet(
        "overview",
        "travel_explore",
        (
            Tab("population", (figures.growth.POPULATION,)),
            Tab("created", (figures.growth.CUMULATIVE,)),
            Tab("census", (figures.census.TOTALS,)),
            Tab("published", (figures.growth.PUBLISHED,)),
            Tab("freshness"),
        ),
    ),
    Sheet(
        "growth",
        "trending_up",
        (
            Tab("cumulative", (figures.growth.CUMULATIVE,)),
            Tab("created", (figures.growth.CREATED,)),
            Tab("population", (figures.growth.POPULATION,)),
            Tab("census", (figures.census.TOTALS,)),
            Tab("published", (figures.growth.PUBLISHED,)),
        ),
        kinds=KINDS,
        extras=(Extra("scale", "linear", ("linear", "log"), tabs=("cumulative", "population")),),
    ),
    Sheet(
        "licences",
        "license",
        (
            Tab("now", (figures.licences.CLASSES,), (WEIGHT, WITH_UNDECLARED)),
            Tab("licences", (figures.licences.MIX,), (WEIGHT, WITH_UNDECLARED)),
            Tab("by_month", (figures.licences.BY_MONTH,), (WEIGHT, WITH_UNDECLARED)),
            Tab("census", (figures.census.LICENCES,)),
            Tab("by_task", (figures.task_licences.BY_TASK,)),
            Tab("classes"),
            Tab("rules", (figures.course_facts.LICENCE_RULES,)),
        ),
        kinds=KINDS,
        extras=NARROWING,
    ),
    Sheet(
        "tasks",
        "category",
        (
            Tab("tasks", (figures.tasks.COVERAGE,), (WEIGHT, WITH_UNDECLARED)),
            Tab("by_kind", (figures.tasks.BY_KIND,)),
            Tab("openai", (figures.tasks.OPENAI,)),
            Tab("libraries", (figures.tasks.LIBRARIES,), (WEIGHT, WITH_UNDECLARED)),
            Tab("languages", (figures.tasks.LANGUAGES,), (WEIGHT, WITH_UNDECLARED)),
            Tab("census", (figures.census.TASKS, figures.census.LIBRARIES, figures.census.LANGUAGES)),
        ),
        kinds=KINDS,
    ),
    Sheet(
        "downloads",
        "download",
        (
            Tab("top", (figures.downloads.TOP,)),
            Tab("movers", (figures.downloads.MOVERS,)),
            Tab("concentration", (figures.downloads.CONCENTRATION,)),
            Tab("lorenz", (figures.downloads.LORENZ,)),
        ),
        kinds=KINDS,
        extras=(Extra("window", WINDOWS[0], WINDOWS, tabs=("concentration", "lorenz")), *NARROWING),
    ),
    Sheet(
        "lineage",
        "account_tree",
        (
            Tab("stated", (figures.lineage.STATED,)),
            Tab("families", (figures.lineage.FAMILIES,)),
            Tab("by_month", (figures.lineage.BY_MONTH,)),
            Tab("makers", (figures.lineage.MAKERS,)),
            Tab("bases", (figures.lineage.BASES,)),
            Tab("speed", (figures.lineage.SPEED,)),
        ),
        extras=NARROWING,
    ),
    Sheet(
        "publishers",
        "public",
        (
            Tab("regions", (figures.publishers.REGIONS, figures.publishers.REGIONS_OVER_TIME), (WEIGHT,)),
            Tab(
                "organisations",
                (figures.publishers.ORGANISATIONS, figures.publishers.ORGANISATIONS_OVER_TIME),
                (WEIGHT,),
            ),
            Tab("disputes", (figures.publishers.DISPUTES,)),
        ),
        kinds=KINDS,
    ),
    Sheet(
        "openness",
        "lock_open",
        (
            Tab("families", (figures.openness.FAMILIES,)),
            Tab("criteria", (figures.openness.CRITERIA,)),
            Tab("framework", (figures.openness.FRAMEWORK, figures.openness.VERDICTS)),
            Tab("transparency", (figures.openness.TRANSPARENCY,)),
        ),
        extras=(Extra("family"),),
    ),
    Sheet(
        "open_closed",
        "compare_arrows",
        (
            Tab("populations", (figures.open_closed.HUB_LISTING, figures.open_closed.OPENAI_LISTING)),
            Tab("timeline", (figures.open_closed.TIMELINE,)),
            Tab("arrivals", (figures.open_closed.ARRIVALS,)),
            Tab("endings", (figures.price_history.RETIREMENTS,)),
            Tab("prices", (figures.open_closed.PRICE_STEPS,)),
            Tab("cheaper", (figures.price_history.FLAGSHIPS, figures.price_history.CHEAPEST)),
            Tab("context", (figures.open_closed.CONTEXT,)),
            Tab("releases", (figures.open_closed.RELEASES,)),
            Tab("packages", (figures.open_closed.PACKAGES,)),
            Tab(
                "sizes",
                (figures.sizes.BY_MONTH, figures.sizes.PERCENTILES, figures.course_facts.ACCELERATORS),
                (WEIGHT, WITH_UNDECLARED),
            ),
        ),
        extras=(
            Extra("models"),
            Extra("price"),
            Extra("prices", longest=600),
            Extra("score"),
            Extra("packages", longest=600),
        ),
    ),
    Sheet(
        "changes",
        "history",
        (
            Tab("licences", (figures.changes.LICENCES,), (WITH_UNDECLARED,)),
            Tab("tasks", (figures.changes.TASKS,), (WITH_UNDECLARED,)),
            Tab("movers", (figures.changes.MOVERS,)),
            Tab("repositories", (figures.changes.NEW, figures.changes.VANISHED)),
            Tab("openai", CHANGES_TABLES),
        ),
        kinds=KINDS,
        extras=(Extra(SINCE, longest=LONGEST_PIN),),
        sentences=what_changed,
    ),
    Sheet(
        "claims",
        "fact_check",
        (
            Tab("concentration", (figures.claims.CONCENTRATION, figures.claims.TABLE)),
            Tab("use", (figures.claims.USE, figures.claims.TABLE)),
            Tab("licences", (figures.claims.LICENCES, figures.claims.TABLE)),
            Tab("metadata", (figures.claims.METADATA, figures.claims.TABLE)),
            Tab("lineage", (figures.claims.LINEAGE, figures.claims.TABLE)),
            Tab("sizes", (figures.claims.SIZES, figures.claims.TABLE)),
            Tab("counts", (figures.claims.COUNTS, figures.claims.TABLE)),
            Tab("elsewhere", (figures.claims.TABLE,)),
            Tab("impact", (figures.claims.IMPACT,)),
        ),
    ),
    Sheet("course", "school"),
    Sheet(
        "explore",
        "search",
        kinds=KINDS,
        extras=(
            *(Extra(name) for name in ("text", "licence_class", "task", "library", "family")),
            Extra("least", "0"),
            Extra("ids", longest=1_000),
            Extra("measure", MEASURES[0]),
        ),
    ),
    Sheet("sql", "terminal", kinds=()),
    Sheet(
        "data",
        "database",
        (
            Tab("snapshots", (figures.data.SERIES,)),
            Tab("coverage", (figures.data.DECLARED, figures.census.COMPARED)),
            Tab("runs"),
            Tab("reference"),
        ),
        kinds=KINDS,
    ),
)
"""In the order of the navigation; the first is where a reader arrives. Lessons stand behind the page of the course."""
SHEET = {sheet.key: sheet for sheet in SHEETS}
EXPORTED = tuple(sheet for sheet in SHEETS if sheet.figures)
"""Pages that can be taken away: those with figures."""
CHARTS = (*figures.FIGURES, *(taught.figure for taught in LESSONS if taught.figure not in figures.FIGURES))
"""Every figure there is, those of pages first."""
