"""Answers from phones, as the class's screen sees them: a room is opened, told what is asked, counted and closed."""

import streamlit as st

from dashboard import address, classroom
from dashboard.choices import Extra
from dashboard.figures.facts import Facts
from dashboard.footnotes import plain
from dashboard.lessons import Lesson
from dashboard.lessons.guess import Answer
from dashboard.permission import is_operator
from dashboard.room.questions import question_of
from dashboard.room.rooms import CODE_LENGTH, ROOMS, Refused, Room
from dashboard.say import Say
from dashboard.view import Page
from warehouse.sandbox.spreadsheet import csv_file

ROOM = Extra("room", longest=CODE_LENGTH)
"""In the address, so that a page that is loaded anew finds its room again; of a reader it is ignored."""
SECONDS = 1.5
"""Between two countings."""


def may_open() -> bool:
    """Whether this session may have a room, and phones could reach it."""
    return classroom.OPEN is not None and classroom.OPEN.has_readers and is_operator()


def room_of(page: Page) -> Room | None:
    """The room of this class, if it opened one that has not closed."""
    code = page.choices.extra(ROOM.name)
    try:
        return ROOMS.find(code) if code and may_open() else None
    except Refused:
        return None


def tell(room: Room | None, lesson: Lesson, facts: Facts | None, *, is_asked: bool, is_revealed: bool) -> list[Answer]:
    """Tell the phones what the class sees now, and hand back what they answered to the lesson's question."""
    if room is None:
        return []
    question = question_of(lesson, facts) if facts is not None and lesson.is_known(facts) else None
    is_told = is_asked or is_revealed
    room.show(question if is_told else None, is_revealed=is_revealed)
    return room.answers(question) if question else []


def panel(page: Page, room: Room | None) -> None:
    """Beside the question: how to come in, and how many answered; where there is no room, the way to open one."""
    say = page.say
    with st.container(key="lecture-room"):
        if room is None:
            if st.button(f"{say('room.open')} R", icon=":material/qr_code:", key="room-open"):
                _open(page)
            return
        _way_in(say, room)
        _counted(say, room)
        end(page, room)


def end(page: Page, room: Room) -> None:
    """All answers to take away, and the way to close the room."""
    say = page.say
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            say("room.csv"),
            lambda: csv_file(room.table()),
            f"hubscope-room-{room.code}.csv",
            "text/csv",
            key="room-csv",
            on_click="ignore",
            icon=":material/download:",
        )
        if st.button(say("room.close"), icon=":material/close:", key="room-close"):
            ROOMS.close(room.code)
            address.revise(**{ROOM.name: ""})
            st.rerun()


def _open(page: Page) -> None:
    room = ROOMS.open()
    if room is None:
        st.warning(page.say("room.none_left"))
        return
    address.revise(**{ROOM.name: room.code})
    st.rerun()


def _way_in(say: Say, room: Room) -> None:
    assert classroom.OPEN is not None
    door = f"{classroom.OPEN.url}/room"
    st.image(classroom.qr_png(f"{door}/{room.code}"), output_format="PNG")
    st.markdown(f"## {room.code}")
    st.markdown(say("room.how", address=f"**{plain(door.removeprefix('http://'))}**"))


@st.fragment(run_every=SECONDS)
def _counted(say: Say, room: Room) -> None:
    phones, answers = room.counts()
    st.markdown(f"**{say('room.phones', n=say.number(phones))} · {say('room.answers', n=say.number(answers))}**")
