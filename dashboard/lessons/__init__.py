"""The course: every lesson in one visible tuple, in the order in which they are taught.

To add a lesson: `dashboard/lessons/<slug>.py` with a `LESSON`, its words in `locales/en/lesson_<slug>.toml` and
`locales/zh/lesson_<slug>.toml`, and its place in the tuple below. `origins` is a whole example.
"""

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

LESSONS: tuple[Lesson, ...] = (
    origins.LESSON,
    hub_architecture.LESSON,
    models_and_tools.LESSON,
    openai_innovations.LESSON,
    openai_architecture.LESSON,
    using_the_api.LESSON,
    side_by_side.LESSON,
    applications.LESSON,
    ecosystem_impact.LESSON,
    advantages.LESSON,
    challenges.LESSON,
    case_study.LESSON,
    synthesis.LESSON,
)

__all__ = ["LESSONS", "Lesson"]
