"""What a class guesses, and how it fared. A guess lives as long as the session; nobody else sees it."""

import math
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import theme
from dashboard.charts import drawn_guess
from dashboard.figures.facts import Facts
from dashboard.footnotes import plain
from dashboard.lessons import Lesson
from dashboard.lessons.guess import Guess, Line, Number, Order, hits
from dashboard.say import Say
from dashboard.view import Page


def ask(page: Page, lesson: Lesson, facts: Facts) -> None:
    """The question and what it takes to answer it."""
    if not lesson.is_known(facts):
        st.info(page.say("course.guess.unknown"), icon=":material/info:")
        return
    st.markdown(f"### {plain(lesson.question(facts, page.say))}")
    match lesson.guess:
        case Number():
            _keep(lesson, _ask_number(page.say, lesson.guess, _kept(lesson)))
        case Order():
            _keep(lesson, _ask_order(page.say, lesson.guess, facts, _kept(lesson)))
        case Line():
            _keep(lesson, _ask_line(page, lesson.guess, facts, _kept(lesson)))


def compare(page: Page, lesson: Lesson, facts: Facts) -> None:
    """The guess beside what is; nothing when nobody guessed."""
    guessed = _kept(lesson)
    if guessed:
        st.markdown(plain(verdict(page.say, lesson.guess, facts, guessed)))


def verdict(say: Say, guess: Guess, facts: Facts, guessed: Any) -> str:
    """One sentence: what was guessed, what is."""
    match guess:
        case Number():
            said, true = say.measured(guessed, guess.unit), say.measured(guess.value(facts), guess.unit)
            return say("course.guess.number", guessed=said, true=true)
        case Order():
            right = guess.labels(facts, say)
            return say("course.guess.order", hits=hits(guessed, right), of=len(right), right=say.listing(right))
        case Line():
            points = guess.points(facts, say)
            last = list(points)[-1]
            said, true = say.measured(guessed[last], guess.unit), say.measured(points[last], guess.unit)
            return say("course.guess.line", point=last, guessed=said, true=true)


def _ask_number(say: Say, guess: Number, kept: float | None) -> float:
    """A slider; shares are asked for in per cent."""
    size = 100 if guess.unit == "share" else 1
    start = kept if kept is not None else guess.low + (guess.high - guess.low) / 2
    chosen = st.slider(
        say("course.guess.slider"),
        guess.low * size,
        guess.high * size,
        round(start / guess.step) * guess.step * size,
        guess.step * size,
        format="%d%%" if guess.unit == "share" else "localized",
        label_visibility="collapsed",
    )
    return float(chosen) / size


def _ask_order(say: Say, guess: Order, facts: Facts, kept: list[str] | None) -> list[str]:
    return st.multiselect(
        say("course.guess.order_how"),
        sorted(guess.labels(facts, say)),
        kept,
        placeholder=say("course.guess.order_place"),
    )


def _ask_line(page: Page, guess: Line, facts: Facts, kept: dict[str, float] | None) -> dict[str, float]:
    """One choice for each point that is not given, and the line as it stands."""
    points = guess.points(facts, page.say)
    names = list(points)
    guessed = {name: points[name] for name in names[: guess.given]}
    asked = names[guess.given :]
    steps = round_values(guessed[names[guess.given - 1]])
    for name, column in zip(asked, st.columns(len(asked)), strict=True):
        before = (kept or {}).get(name, guessed[names[guess.given - 1]])
        guessed[name] = column.select_slider(
            name,
            steps,
            min(steps, key=lambda value, before=before: abs(math.log(value / before))),  # type: ignore[misc]
            format_func=lambda value: page.say.measured(value, guess.unit),
        )
    frame = pd.DataFrame({"point": names, "value": [guessed[name] for name in names]})
    spec = theme.themed(
        drawn_guess.guessed(frame, page.say, given=guess.given),
        mode=page.mode,
        locale=page.say.vega_locale(),
        times=page.say.axis_times(),
        title=page.say("course.guess.line_title"),
        subtitle=[],
        size=1.3,
    )
    st.vega_lite_chart(spec, theme=None)
    return guessed


def round_values(start: float) -> list[float]:
    """What a class may say: 1, 1.5, 2, 3, 5 and 7 times a power of ten, from a tenth to a thousand times `start`."""
    power = math.floor(math.log10(start)) if start > 0 else 0
    return [digit * 10.0 ** (power + more) for more in range(-1, 4) for digit in (1, 1.5, 2, 3, 5, 7)]


def _kept(lesson: Lesson) -> Any:
    return st.session_state.get(f"guess.{lesson.slug}")


def _keep(lesson: Lesson, guessed: Any) -> None:
    """A widget nobody has touched holds no guess."""
    untouched = st.session_state.setdefault(f"guess.{lesson.slug}.untouched", guessed)
    if guessed != untouched or _kept(lesson) is not None:
        st.session_state[f"guess.{lesson.slug}"] = guessed
