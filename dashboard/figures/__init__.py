"""Every figure there is, in one visible tuple.

To add one, see the recipe in CONTRIBUTING.md; `growth.CUMULATIVE` is a whole example.
"""

from dashboard.figures import (
    census,
    changes,
    claims,
    course_facts,
    data,
    downloads,
    explore,
    growth,
    licences,
    lineage,
    open_closed,
    openness,
    price_history,
    publishers,
    sizes,
    task_licences,
    tasks,
)
from dashboard.figures.facts import Figure

SUBJECTS = (
    growth,
    census,
    licences,
    task_licences,
    tasks,
    downloads,
    lineage,
    publishers,
    openness,
    open_closed,
    price_history,
    sizes,
    explore,
    changes,
    claims,
    course_facts,
    data,
)
FIGURES: tuple[Figure, ...] = tuple(figure for subject in SUBJECTS for figure in subject.FIGURES)
