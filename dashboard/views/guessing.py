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
            _keep(lesson, _ask_number(page.say, lesson, lesson.guess, _kept(lesson)))
        case Order():
            _keep(lesson, _ask_order(page.say, lesson, lesson.guess, facts, _kept(lesson)))
        case Line():
            _keep(lesson, _ask_line(page, lesson, lesson.guess, facts, _kept(lesson)))


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


def _ask_number(say: Say, lesson: Lesson, guess: Number, kept: float | None) -> float:
    """A slider; shares are asked for in per cent."""
    size = 100 if guess.unit == "share" else 1
    start = kept if kept is not None else guess.low  # in the middle it would be a hint
    chosen = st.slider(
        say("course.guess.slider"),
        guess.low * size,
        guess.high * size,
        step=guess.step * size,
        key=_begun(lesson, "number", round(start / guess.step) * guess.step * size),
        format="%d%%" if guess.unit == "share" else "localized",
        label_visibility="collapsed",
    )
    low, high = (say.measured(end, guess.unit) for end in (guess.low, guess.high))
    st.caption(say("course.guess.ends", low=low, high=high))
    st.markdown(f"## {plain(say.measured(float(chosen) / size, guess.unit))}")
    return float(chosen) / size


def _ask_order(say: Say, lesson: Lesson, guess: Order, facts: Facts, kept: list[str] | None) -> list[str]:
    """The things one below the other, each with what moves it up and down; its buttons keep the focus when it moves."""
    labels, key = sorted(guess.labels(facts, say)), f"guess.{lesson.slug}.order"
    if sorted(st.session_state.get(key, [])) != labels:  # the first time, or in another language
        st.session_state[key] = kept if kept and sorted(kept) == labels else labels
    order: list[str] = st.session_state[key]
    st.caption(say("course.guess.order_how"))
    for place, label in enumerate(order):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            for way, sign in ((-1, "↑"), (1, "↓")):
                st.button(
                    sign,
                    key=f"{key}.{sign}.{label}",
                    disabled=not 0 <= place + way < len(order),
                    on_click=_move,
                    args=(key, place, way),
                )
            st.markdown(f"### {place + 1} · {plain(label)}", width="content")
    return list(order)


def _move(key: str, place: int, way: int) -> None:
    order = list(st.session_state[key])
    order[place], order[place + way] = order[place + way], order[place]
    st.session_state[key] = order


def _ask_line(page: Page, lesson: Lesson, guess: Line, facts: Facts, kept: dict[str, float] | None) -> dict[str, float]:
    """One choice for each point that is not given, and the line as it stands."""
    points = guess.points(facts, page.say)
    names = list(points)
    guessed = {name: points[name] for name in names[: guess.given]}
    asked = names[guess.given :]
    steps = round_values(guessed[names[guess.given - 1]])
    for name, column in zip(asked, st.columns(len(asked)), strict=True):
        before = (kept or {}).get(name, guessed[names[guess.given - 1]])
        start = min(steps, key=lambda value, before=before: abs(math.log(value / before)))  # type: ignore[misc]
        guessed[name] = column.select_slider(
            name,
            steps,
            key=_begun(lesson, f"line.{name}", start),
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


def _begun(lesson: Lesson, name: str, value: float) -> str:
    """The key of a widget that begins with a value: one that keeps its key keeps the focus when its value changes."""
    key = f"guess.{lesson.slug}.{name}"
    st.session_state.setdefault(key, value)
    return key


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
