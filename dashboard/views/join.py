"""The address for a room of readers, large enough for the back row."""

import streamlit as st

from dashboard import address, classroom
from dashboard.say import Say
from dashboard.sidebar import language

STYLE = "<style>.join { font-size: min(3.2rem, 5vw); font-weight: 700; margin: 0; overflow-wrap: anywhere; }</style>"
WIDTH = 430
"""Of the square, in points: what a projector of 720 points leaves below the address."""


def render() -> None:
    say = Say(address.language(address.arrive()))
    language(say)
    address.mirror({"lang": say.language})
    st.title(say("ui.join.title"), anchor=False)
    if classroom.OPEN is None or not classroom.OPEN.is_class:
        st.info(say("ui.join.closed"))
        return
    url = classroom.OPEN.url
    st.html(f'{STYLE}<p class="join">{url}</p>')
    st.image(classroom.qr_png(url), width=WIDTH, output_format="PNG")
    st.caption(say("ui.join.how"))
