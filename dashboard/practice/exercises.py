"""The exercises of the course, lesson by lesson: one on a page, one with SQL, one with code."""

from dashboard.needs import CATALOGUE, LEADING, LISTED, OPENAI, PYPI, WHOLE, Need
from dashboard.practice.exercise import Exercise, Name, Number, Seen

COUNT = Number()
READ = 0.02
"""What is read from a picture or rounded on the way may be off by so much."""
Made = tuple[Exercise, ...]


def _lesson(slug: str, page: Exercise, sql: Exercise, code: Exercise) -> tuple[str, Made]:
    return slug, (page, sql, code)


def _page(
    slug: str,
    answer: Number | Name,
    opens: str,
    listing: str = "model",
    needs: tuple[Need, ...] = (LISTED,),
    **view: str,
) -> Exercise:
    return Exercise(slug, "page", answer, listing, needs, opens, tuple(view.items()))


def _sql(slug: str, answer: Number | Name, listing: str = "model", needs: tuple[Need, ...] = (LISTED,)) -> Exercise:
    return Exercise(slug, "sql", answer, listing, needs, "sql")


def _code(slug: str, answer: Number | Seen, listing: str = "model", needs: tuple[Need, ...] = (LISTED,)) -> Exercise:
    return Exercise(slug, "code", answer, listing, needs if isinstance(answer, Number) else ())


PRACTICE: dict[str, Made] = dict(
    (
        _lesson(
            "origins",
            _page(
                "origins", Number("months", within=1), "growth", "dataset", (WHOLE,), kind="dataset", tab="cumulative"
            ),
            _sql("origins", COUNT, needs=(WHOLE,)),
            _code("origins", Seen()),
        ),
        _lesson(
            "hub_architecture",
            _page("hub_architecture", Name(), "tasks", tab="libraries", weight="downloads_30d"),
            _sql("hub_architecture", COUNT),
            _code("hub_architecture", Number("share", within=0.002)),
        ),
        _lesson(
            "models_and_tools",
            _page("models_and_tools", COUNT, "downloads", needs=(LEADING,), tab="top"),
            _sql("models_and_tools", Name()),
            _code("models_and_tools", Seen()),
        ),
        _lesson(
            "openai_innovations",
            _page("openai_innovations", Name(), "open_closed", "catalogue_models", (CATALOGUE,), tab="cheaper"),
            _sql("openai_innovations", Number("year"), "openai_models", (OPENAI,)),
            _code("openai_innovations", Number("days", within=1), "openai_models", (OPENAI,)),
        ),
        _lesson(
            "openai_architecture",
            _page("openai_architecture", COUNT, "tasks", "catalogue_models", (CATALOGUE, LISTED), tab="openai"),
            _sql("openai_architecture", COUNT, "catalogue_models", (CATALOGUE,)),
            _code("openai_architecture", Number(within=1), "catalogue_models", (CATALOGUE,)),
        ),
        _lesson(
            "using_the_api",
            _page(
                "using_the_api", Number("factor", part=READ), "lesson_using_the_api", "catalogue_models", (CATALOGUE,)
            ),
            _sql("using_the_api", Name(), "catalogue_models", (CATALOGUE,)),
            _code("using_the_api", Number("short", part=READ), "catalogue_models", (CATALOGUE,)),
        ),
        _lesson(
            "side_by_side",
            _page(
                "side_by_side", Number("factor", part=0.05), "open_closed", "pypi_downloads", (PYPI,), tab="packages"
            ),
            _sql("side_by_side", COUNT, "catalogue_models", (CATALOGUE,)),
            _code("side_by_side", Seen()),
        ),
        _lesson(
            "applications",
            _page("applications", Name(), "lesson_applications", needs=(LEADING, LISTED)),
            _sql("applications", COUNT, needs=(LEADING, LISTED)),
            _code("applications", Number("gb", part=READ), needs=(LEADING, LISTED)),
        ),
        _lesson(
            "ecosystem_impact",
            _page("ecosystem_impact", Name(), "lineage", tab="bases"),
            _sql("ecosystem_impact", Number("days", part=READ), needs=(WHOLE,)),
            _code("ecosystem_impact", Seen()),
        ),
        _lesson(
            "advantages",
            _page(
                "advantages",
                Number("share", within=0.005),
                "licences",
                "dataset",
                kind="dataset",
                tab="now",
                weight="downloads_30d",
            ),
            _sql("advantages", Number("share", within=0.001)),
            _code("advantages", COUNT, needs=()),
        ),
        _lesson(
            "challenges",
            _page("challenges", Number("parameters", part=READ), "open_closed", needs=(WHOLE,), tab="sizes"),
            _sql("challenges", COUNT, needs=(WHOLE,)),
            _code("challenges", COUNT, needs=(WHOLE,)),
        ),
        _lesson(
            "case_study",
            _page("case_study", COUNT, "lesson_case_study", family="bert"),
            _sql("case_study", COUNT),
            _code("case_study", Number("share", within=0.002)),
        ),
        _lesson(
            "synthesis",
            _page("synthesis", Name(), "tasks", tab="languages"),
            _sql("synthesis", Number("share", within=0.002), needs=(WHOLE,)),
            _code("synthesis", Seen()),
        ),
    )
)
"""The slug of a lesson to its exercises, in the order of PARTS."""
EXERCISES = tuple(exercise for made in PRACTICE.values() for exercise in made)
