"""The few marks of Markdown that our own words use, for where nothing reads Markdown."""

import re

from markupsafe import Markup, escape

_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_MARKS = re.compile(r"([\\*\[\]<>])")


def marked(text: str) -> Markup:
    """For HTML: everything escaped, `code` and **bold** kept."""
    return Markup(_BOLD.sub(r"<strong>\1</strong>", _CODE.sub(r"<code>\1</code>", str(escape(text)))))


def unmarked(text: str) -> str:
    """For slides: the words alone."""
    return _BOLD.sub(r"\1", _CODE.sub(r"\1", text))


def unread(text: str) -> str:
    """For Markdown files that people also read as they stand: only marks that could make links, HTML or emphasis of data are stopped."""
    return _MARKS.sub(r"\\\1", text)
