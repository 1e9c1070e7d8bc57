"""The operator: whoever sits at this machine, or gave the key that the start printed. All others are readers."""

import hmac
import re
import secrets
import threading

import click
import streamlit as st

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
_GIVEN = "operator.key_given"


class Key:
    """A key that opens once. The next one is printed where the server was started."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._text = secrets.token_urlsafe(12)

    def __str__(self) -> str:
        return self._text

    def opens(self, tried: str) -> bool:
        """Whether this is the key; it is none any more then."""
        with self._lock:
            if not hmac.compare_digest(tried.strip().encode(), self._text.encode()):
                return False
            self._text = secrets.token_urlsafe(12)
        click.echo(f"The operator's key was used. The next one: {self._text}")
        return True


KEY = Key()
"""This server's."""


def is_operator() -> bool:
    """Whether the reader of this run may do what is the operator's."""
    return bool(st.session_state.get(_GIVEN)) or _is_at_this_machine()


def give_key(tried: str) -> bool:
    """Make the reader of this session the operator, if this is the key."""
    if KEY.opens(tried):
        st.session_state[_GIVEN] = True
    return is_operator()


def _is_at_this_machine() -> bool:
    """A proxy on this machine also connects from here: what it forwards, or calls by another name, is not from here."""
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    name = re.sub(r":\d+$", "", headers.get("host", LOCAL_NAMES[0]))
    return st.context.ip_address is None and name in LOCAL_NAMES and not any(one in headers for one in FORWARDED)
