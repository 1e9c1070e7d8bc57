"""What each page of the dashboard shows, in one visible table; `tests/dashboard/test_export_chapters.py` compares it with the views."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard import figures
from dashboard.choices import KINDS, Choices
from dashboard.figures.changes_sentences import sentences as what_changed
from dashboard.figures.changes_tables import TABLES as CHANGES_TABLES
from dashboard.figures.facts import Figure, Table
from dashboard.lessons import LESSONS
from dashboard.say import Say
from warehouse.read import Warehouse


@dataclass(frozen=True)
class Sheet:
    """What one page shows."""

    key: str
    figures: tuple[Figure, ...]
    weighed: tuple[Figure, ...] = ()
    """Those that change with what is weighed: repositories or downloads."""
    kinds: tuple[str, ...] = KINDS[:1]
    """The kinds that the page can be of."""
    tables: tuple[Table, ...] = ()
    """Those that stand under the figures."""
    sentences: Callable[[Warehouse, Choices, Say], list[str]] | None = None
    """What the page says before its figures, computed from the numbers; may raise NothingToShow."""


CHARTS = (*figures.FIGURES, *(taught.figure for taught in LESSONS if taught.figure not in figures.FIGURES))
"""Every figure there is, those of pages first."""
SHEETS = (
    Sheet("overview", (figures.growth.POPULATION, figures.growth.CUMULATIVE, figures.growth.PUBLISHED)),
    Sheet("growth", figures.growth.FIGURES, kinds=KINDS),
    Sheet(
        "licences",
        (figures.licences.CLASSES, figures.licences.MIX, figures.licences.BY_MONTH),
        weighed=figures.licences.FIGURES,
        kinds=KINDS,
    ),
    Sheet(
        "tasks",
        (
            figures.tasks.COVERAGE,
            figures.tasks.BY_KIND,
            figures.tasks.OPENAI,
            figures.tasks.LIBRARIES,
            figures.tasks.LANGUAGES,
        ),
        weighed=(figures.tasks.COVERAGE, figures.tasks.LIBRARIES, figures.tasks.LANGUAGES),
        kinds=KINDS,
    ),
    Sheet(
        "downloads",
        (
            figures.downloads.TOP,
            figures.downloads.MOVERS,
            figures.downloads.CONCENTRATION,
            figures.downloads.LORENZ,
        ),
        kinds=KINDS,
    ),
    Sheet(
        "lineage",
        (
            figures.lineage.STATED,
            figures.lineage.FAMILIES,
            figures.lineage.BY_MONTH,
            figures.lineage.BASES,
            figures.lineage.SPEED,
        ),
    ),
    Sheet(
        "open_closed",
        (
            figures.open_closed.HUB_LISTING,
            figures.open_closed.OPENAI_LISTING,
            figures.open_closed.TIMELINE,
            figures.open_closed.ARRIVALS,
            figures.open_closed.PRICE_STEPS,
            figures.open_closed.CONTEXT,
            figures.open_closed.RELEASES,
            figures.open_closed.PACKAGES,
            figures.sizes.BY_MONTH,
            figures.sizes.PERCENTILES,
        ),
        weighed=(figures.sizes.BY_MONTH,),
    ),
    Sheet(
        "changes",
        figures.changes.FIGURES,
        weighed=(figures.changes.LICENCES, figures.changes.TASKS),
        kinds=KINDS,
        tables=CHANGES_TABLES,
        sentences=what_changed,
    ),
    Sheet("claims", figures.claims.FIGURES, tables=(figures.claims.TABLE,)),
    Sheet("data", figures.data.FIGURES, kinds=KINDS),
)
