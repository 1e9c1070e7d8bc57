"""What repositories are for: tasks, libraries, languages, and what OpenAI's models serve."""

import streamlit as st

from dashboard import figures
from dashboard.page import UNDECLARED, WEIGHT, open_page, show


def render() -> None:
    page = open_page("tasks", controls=(WEIGHT, UNDECLARED))
    show(page, figures.tasks.COVERAGE)
    show(page, figures.tasks.BY_KIND)
    show(page, figures.tasks.OPENAI)
    st.divider()
    show(page, figures.tasks.LIBRARIES)
    show(page, figures.tasks.LANGUAGES)
