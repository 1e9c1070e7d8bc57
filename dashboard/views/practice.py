"""What to do in a lesson: three exercises, each with a field for the answer; and what is handed in."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.choices import Extra
from dashboard.footnotes import plain
from dashboard.lessons import Lesson
from dashboard.practice.check import Verdict
from dashboard.practice.exercise import MINUTES
from dashboard.practice.hand_in import LONGEST_LINK, as_text, read_hand_in, sealed, verified
from dashboard.practice.keys import Key, Unasked, judge, keys_of
from dashboard.practice.notes import said_minutes
from dashboard.practice.typed import LONGEST
from dashboard.say import Say
from dashboard.view import Page
from warehouse.errors import HandInError

HANDED_IN = Extra("done", longest=LONGEST_LINK)
"""A hand-in that a link carries."""


def show_practice(page: Page, lesson: Lesson) -> None:
    """The section of a lesson's page."""
    say = page.say
    st.subheader(say("practice.title"), anchor=False)
    if carried := page.choices.extra(HANDED_IN.name):
        _show_hand_in(page, carried)
    st.caption(say("practice.lead"))
    answered = []
    for asked in keys_of(page.warehouse, page.choices, lesson.slug):
        with st.container(border=True, key=f"practice-{asked.exercise.part}"):
            _head(page, asked)
            if isinstance(asked, Key):
                text, verdict = _answer(page, asked)
                if verdict is not None and verdict.is_right:
                    answered.append((asked, text))
    if answered:
        _offer(page, lesson, answered)


def show_screen(page: Page, lesson: Lesson) -> None:
    """The screen of class mode: what to do, large, with the minutes of each."""
    asked = keys_of(page.warehouse, page.choices, lesson.slug)
    st.markdown("\n".join(_on_screen(one, page.say) for one in asked))


def _on_screen(one: Key | Unasked, say: Say) -> str:
    part, told = one.exercise.part, say.write(one.question) if isinstance(one, Key) else one.why(say)
    return f"1. **{say(f'practice.parts.{part}')}** · {said_minutes(MINUTES[part], say)}  \n   {plain(told)}"


def _head(page: Page, asked: Key | Unasked) -> None:
    """What is to be done, and where."""
    say, part = page.say, asked.exercise.part
    st.markdown(f"**{say(f'practice.parts.{part}')}** · {said_minutes(MINUTES[part], say)}")
    if isinstance(asked, Unasked):
        st.info(asked.why(say), icon=":material/info:")
        return
    st.markdown(plain(say.write(asked.question)))
    if part == "code":
        st.code(asked.code, language="python")
    if part == "sql":
        st.code(asked.frame, language="sql")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if asked.address:
            st.link_button(say(f"practice.open_{part}"), _address(page, asked), icon=":material/open_in_new:")
        with st.popover(say("practice.hint"), icon=":material/lightbulb:"):
            st.markdown(plain(say(f"{asked.exercise.key}.hint")))
            if part != "page" and asked.exercise.is_checked:
                st.markdown(plain(say("practice.gap")))


def _address(page: Page, asked: Key) -> str:
    """Where it is done, in the reader's language and at the reader's snapshot."""
    held = {
        "lang": page.say.language,
        **{name: page.choices.to_address().get(name, "") for name in ("coverage", "as_of")},
    }
    view = urlencode({name: value for name, value in held.items() if value})
    return f"{asked.address}{'&' if '?' in asked.address else '?'}{view}"


def _answer(page: Page, key: Key) -> tuple[str, Verdict | None]:
    """The field and its button; what was typed, and what is said of it once it was checked."""
    say, exercise = page.say, key.exercise
    name = f"practice.{exercise.lesson}.{exercise.part}"
    if not exercise.is_checked:
        with st.expander(say("practice.compare"), icon=":material/visibility:"):
            st.caption(say("practice.is_seen"))
            st.markdown(plain(say(f"{exercise.key}.see")))
        return "", None
    with st.form(f"{name}.form", border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text = st.text_input(
            say("practice.your_answer"), key=f"{name}.text", max_chars=LONGEST, help=say("practice.is_checked")
        )
        if st.form_submit_button(say("practice.check"), type="primary"):
            st.session_state[f"{name}.checked"] = text
    checked = st.session_state.get(f"{name}.checked")
    if checked is None:
        return "", None
    verdict = judge(page.warehouse, key, checked)
    words = plain(say.write(verdict.sentence))
    if verdict.is_right:
        st.success(words, icon=":material/check_circle:")
    else:
        st.warning(words, icon=":material/edit:")
    return checked, verdict


def _offer(page: Page, lesson: Lesson, answered: list[tuple[Key, str]]) -> None:
    """The hand-in of what is right so far, as a link and as a file."""
    say, made = page.say, sealed(page.warehouse, lesson.slug, answered)
    with st.container(border=True, key="practice-hand-in"):
        st.markdown(f"**{say('practice.hand_in.title')}**")
        st.caption(say("practice.hand_in.how"))
        query = urlencode({"lang": say.language, HANDED_IN.name: as_text(made)})
        st.caption(say("practice.hand_in.link"))
        st.code(f"{(st.context.url or '').split('?')[0]}?{query}", language=None)
        st.download_button(
            say("practice.hand_in.file"),
            made,
            f"hubscope-{lesson.slug.replace('_', '-')}-{page.warehouse.build_id}.json",
            "application/json",
            on_click="ignore",
            icon=":material/download:",
        )


def _show_hand_in(page: Page, carried: str) -> None:
    """What this home says of the hand-in that the link carries."""
    say = page.say
    try:
        found = verified(page.warehouse, read_hand_in(carried))
    except HandInError:
        st.error(say("practice.hand_in.broken"), icon=":material/error:")
        return
    told = [plain(say.write(found.sentence)), *(f"- {plain(line)}" for line in found.lines(say))]
    (st.success if found.holds else st.warning)("\n".join(told), icon=":material/assignment_turned_in:")
