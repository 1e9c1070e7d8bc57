"""Not drawn yet."""

from dashboard.page import open_page


def render() -> None:
    open_page("data")
