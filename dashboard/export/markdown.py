"""Render or remove the few marks of Markdown that locale files use."""

import re

from markupsafe import Markup, escape

_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_MARKS = re.compile(r"([\\*\[\]<>])")


def marked(text: str) -> Markup:
    """HTML: everything escaped, `code` and **bold** kept."""
    return Markup(_BOLD.sub(r"<strong>\1</strong>", _CODE.sub(r"<code>\1</code>", str(escape(text)))))


def unmarked(text: str) -> str:
    """Plain text, for slides."""
    return _BOLD.sub(r"\1", _CODE.sub(r"\1", text))


def unread(text: str) -> str:
    """Escape what could make links, HTML or emphasis, for Markdown files that people also read as text."""
    return _MARKS.sub(r"\\\1", text)
