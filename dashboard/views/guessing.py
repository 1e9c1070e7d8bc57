"""What a class guesses, and how it fared. A guess lives as long as the session; nobody else sees it."""

import math
from typing import cast

import pandas as pd
import streamlit as st

from dashboard import theme
from dashboard.charts import guesses
from dashboard.figures.facts import Facts, origin_lines
from dashboard.footnotes import plain
from dashboard.lessons import Lesson
from dashboard.lessons.guess import Answer, Line, Number, Order
from dashboard.lessons.reveal import picture, verdict
from dashboard.printable import cleaned
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
            _keep(lesson, _ask_number(page.say, lesson, lesson.guess))
        case Order():
            _keep(lesson, _ask_order(page.say, lesson, lesson.guess, facts))
        case Line():
            _keep(lesson, _ask_line(page, lesson, lesson.guess, facts))


def guessed(lesson: Lesson) -> list[Answer]:
    """The class's guess, if it made one."""
    return [kept] if (kept := st.session_state.get(_kept(lesson))) is not None else []


def reveal(page: Page, lesson: Lesson, facts: Facts, answers: list[Answer], *, size: float) -> None:
    """The answers laid over what is, on all that the sentence leaves of the screen."""
    say = page.say
    st.markdown(f"**{plain(verdict(say, lesson.guess, facts, answers))}**")
    spec = theme.themed(
        picture(say, lesson.guess, facts, answers),
        mode=page.mode,
        locale=say.vega_locale(),
        times=say.axis_times(),
        title=lesson.question(facts, say),
        subtitle=origin_lines(facts, say),
        size=size,
        height="container",
    )
    st.vega_lite_chart(cleaned(spec), theme=None, height="stretch")


def _ask_number(say: Say, lesson: Lesson, guess: Number) -> float:
    """A slider; shares are asked for in per cent."""
    size = 100 if guess.unit == "share" else 1
    kept = guessed(lesson)
    start = cast(float, kept[0]) if kept else guess.low  # in the middle it would be a hint
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


def _ask_order(say: Say, lesson: Lesson, guess: Order, facts: Facts) -> list[int]:
    """The things one below the other, each with what moves it up and down; its buttons keep the focus when it moves."""
    labels, offered, key = guess.labels(facts, say), guess.offered(facts), f"guess.{lesson.slug}.order"
    if sorted(st.session_state.get(key, [])) != list(range(len(offered))):  # the first time, or on other facts
        st.session_state[key] = list(range(len(offered)))
    order: list[int] = st.session_state[key]
    st.caption(say("course.guess.order_how"))
    for place, thing in enumerate(order):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            for way, sign in ((-1, "↑"), (1, "↓")):
                st.button(
                    sign,
                    key=f"{key}.{sign}.{thing}",
                    disabled=not 0 <= place + way < len(order),
                    on_click=_move,
                    args=(key, place, way),
                )
            st.markdown(f"### {place + 1} · {plain(labels[offered[thing]])}", width="content")
    return [offered[thing] for thing in order]


def _move(key: str, place: int, way: int) -> None:
    order = list(st.session_state[key])
    order[place], order[place + way] = order[place + way], order[place]
    st.session_state[key] = order


def _ask_line(page: Page, lesson: Lesson, guess: Line, facts: Facts) -> list[float]:
    """One choice for each point that is not given, and the line as it stands."""
    points = guess.points(facts, page.say)
    names, given = list(points), list(points.values())[: guess.given]
    asked = names[guess.given :]
    steps = guess.scale(facts)
    kept = cast(list[float], (guessed(lesson) or [[]])[0])
    before = kept if len(kept) == len(asked) else [given[-1]] * len(asked)
    chosen = []
    for place, column in enumerate(st.columns(len(asked))):
        start = min(steps, key=lambda step, value=before[place]: abs(math.log(step / value)))  # type: ignore[misc]
        value = column.select_slider(
            asked[place],
            steps,
            key=_begun(lesson, f"line.{place}", start),
            format_func=lambda value: page.say.measured(value, guess.unit),
        )
        chosen.append(float(value))
    spec = theme.themed(
        guesses.drawn(pd.DataFrame({"point": names, "value": [*given, *chosen]}), page.say, given=guess.given),
        mode=page.mode,
        locale=page.say.vega_locale(),
        times=page.say.axis_times(),
        title=page.say("course.guess.line_title"),
        subtitle=[],
        size=1.3,
    )
    st.vega_lite_chart(spec, theme=None)
    return chosen


def _begun(lesson: Lesson, name: str, value: float) -> str:
    """The key of a widget that begins with a value: one that keeps its key keeps the focus when its value changes."""
    key = f"guess.{lesson.slug}.{name}"
    st.session_state.setdefault(key, value)
    return key


def _kept(lesson: Lesson) -> str:
    """Where the session keeps the class's guess."""
    return f"guess.{lesson.slug}"


def _keep(lesson: Lesson, answer: Answer) -> None:
    """A widget nobody has touched holds no guess."""
    untouched = st.session_state.setdefault(f"guess.{lesson.slug}.untouched", answer)
    if answer != untouched or guessed(lesson):
        st.session_state[_kept(lesson)] = answer
