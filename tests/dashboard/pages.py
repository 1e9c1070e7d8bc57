"""Pages run without a browser: `run("growth", kind="dataset")` renders one view as a reader would open its address."""

from streamlit.testing.v1 import AppTest


def _render(name: str) -> None:
    from dashboard.navigation import PAGES

    PAGES[name]()


def _render_lesson(number: int) -> None:
    from dashboard.lessons import LESSONS
    from dashboard.views.lesson import render

    render(LESSONS[number])


def run(name: str, **address: str) -> AppTest:
    """The page after its first run. Its data are those of HUBSCOPE_HOME."""
    return _arrive(AppTest.from_function(_render, kwargs={"name": name}, default_timeout=30), address)


def open_lesson(number: int, **address: str) -> AppTest:
    """The lesson at this place of the course, as `run` opens a page."""
    return _arrive(AppTest.from_function(_render_lesson, kwargs={"number": number}, default_timeout=30), address)


def _arrive(page: AppTest, address: dict[str, str]) -> AppTest:
    for parameter, value in address.items():
        page.query_params[parameter] = value
    return page.run()


def address(page: AppTest) -> dict[str, str]:
    """The query parameters that the page left in the address bar."""
    return {name: value[0] if isinstance(value, list) else value for name, value in page.query_params.items()}


def charts(page: AppTest) -> list:
    """The pictures on the page."""
    return page.get("vega_lite_chart") + page.get("arrow_vega_lite_chart")


def captions(page: AppTest) -> str:
    """All small print, as it is read (without the marks that keep Markdown out of it)."""
    return "\n".join(caption.value for caption in page.caption).replace("\\", "")
