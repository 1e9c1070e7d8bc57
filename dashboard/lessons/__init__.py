"""The course: every lesson in one visible tuple, in the order in which they are taught.

To add one, see the recipe in CONTRIBUTING.md; `origins` is a whole example.
"""

from dataclasses import replace

from dashboard.lessons import (
    advantages,
    applications,
    case_study,
    challenges,
    ecosystem_impact,
    hub_architecture,
    models_and_tools,
    openai_architecture,
    openai_innovations,
    origins,
    side_by_side,
    synthesis,
    using_the_api,
)
from dashboard.lessons.lesson import Lesson

COURSE = (
    origins,
    hub_architecture,
    models_and_tools,
    openai_innovations,
    openai_architecture,
    using_the_api,
    side_by_side,
    applications,
    ecosystem_impact,
    advantages,
    challenges,
    case_study,
    synthesis,
)
LESSONS: tuple[Lesson, ...] = tuple(
    replace(module.LESSON, number=number) for number, module in enumerate(COURSE, start=1)
)

__all__ = ["LESSONS", "Lesson"]
