"""Whom to ask, and as whom: addresses and keys, read once from the environment, checked there and passed down."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2
from huggingface_hub import constants, get_token
from huggingface_hub.errors import OIDCError

from collector import UNREADABLE_ENDPOINT
from collector.client import agree
from warehouse.errors import SourceError

HUB = "https://huggingface.co"
OPENAI_URL = "https://api.openai.com/v1"
CATALOGUE_URL = "https://models.dev/api.json"
PYPISTATS_URL = "https://pypistats.org"
LONGEST_ANSWER_SHOWN = 300  # characters of a server's own words in a message of ours
SIMULATED_HEADER = "X-Hubscope-Simulated"
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|[0-9a-fA-F.]*:[0-9a-fA-F:.]+")
_INVISIBLE = r"[\s\u200b-\u200f\u2060\ufeff]+"


@dataclass(frozen=True)
class Budget:
    """What the server's rate limit leaves us, as of one answer."""

    remaining: int
    """Requests left in the current window."""
    limit: int | None
    """Requests per window, where the server says so."""
    reset_seconds: int
    """From that answer to the next window."""


@dataclass(frozen=True)
class Upstream:
    """The addresses of one run and the keys to them; keys never show in its representation."""

    hub: str = HUB
    hub_token: str | None = field(default=None, repr=False)
    openai_base_url: str | None = None
    """None is OpenAI itself."""
    openai_key: str | None = field(default=None, repr=False)
    catalogue_url: str = CATALOGUE_URL
    pypistats_url: str = PYPISTATS_URL
    retries: int = 5
    """How often a request is repeated on 408, 429, 5xx, a broken connection or an answer that is not JSON."""
    first_wait: float = 1.0
    """Seconds before the first repetition; doubles each time up to 8."""
    is_own: bool = False
    """Whether this program runs these servers itself: HF_HUB_OFFLINE does not mean them."""
    unusable: Mapping[str, str] = field(default_factory=dict)
    """Side listing → why it cannot be asked with what the environment says."""

    def __post_init__(self) -> None:
        for url in (self.hub, self.openai_base_url, self.catalogue_url, self.pypistats_url):
            address("An address", url or "", like=HUB)

    @classmethod
    def from_env(cls) -> "Upstream":
        """HF_ENDPOINT, HF_TOKEN (or the token file of `hf auth login`), OPENAI_*, HUBSCOPE_CATALOGUE_URL, HUBSCOPE_PYPISTATS_URL.

        Raises SourceError for what concerns the Hub; of a side source it is noted, and only that one is lost.
        """
        unusable: dict[str, str] = {}

        def side(listing: str, read: Callable[..., str | None], name: str, *default: str) -> str | None:
            try:
                return read(name, os.environ.get(name, ""), *default)
            except SourceError as error:
                unusable[listing] = str(error)
                return None

        return cls(
            hub=address("HF_ENDPOINT", UNREADABLE_ENDPOINT or constants.ENDPOINT, like=HUB) or HUB,
            hub_token=key("HF_TOKEN", _hub_token()),
            openai_base_url=side("openai_models", address, "OPENAI_BASE_URL", OPENAI_URL),
            openai_key=side("openai_models", key, "OPENAI_API_KEY"),
            catalogue_url=side("catalogue_models", address, "HUBSCOPE_CATALOGUE_URL", CATALOGUE_URL) or CATALOGUE_URL,
            pypistats_url=side("pypi_downloads", address, "HUBSCOPE_PYPISTATS_URL", PYPISTATS_URL) or PYPISTATS_URL,
            unusable=unusable,
        )

    @classmethod
    def at(cls, server: str, **fields: Any) -> "Upstream":
        """Everything at one server that speaks for all of them, such as the simulated one."""
        addresses = {"openai_base_url": f"{server}/v1", "catalogue_url": f"{server}/api.json", "pypistats_url": server}
        return cls(**({"hub": server} | addresses | fields))

    def quote(self, answer: str) -> str:
        """A server's own words, safe to print: no control characters, no key of ours, at most 300 characters."""
        for known in (self.hub_token, self.openai_key):
            if known:
                answer = answer.replace(known, "[key]")
        return " ".join("".join(c if c.isprintable() else " " for c in answer).split())[:LONGEST_ANSWER_SHOWN]


def address(name: str, stated: str, like: str) -> str | None:
    """An address as somebody typed it, without blanks at its ends; None where nothing is set.

    Raises SourceError that names the variable and what it should look like. A user name or password is refused too: an
    address is written into manifests and messages, where they have no place.
    """
    stated = stated.strip()
    if not stated:
        return None
    try:
        parts = urlsplit(stated)
        host, is_whole = parts.hostname or "", parts.scheme in ("http", "https") and parts.port != 0
        httpx2.URL(stated)
    except (ValueError, httpx2.InvalidURL):  # a port beyond 65535, half a bracket
        host, is_whole = "", False
    if is_whole and "@" in parts.netloc:
        raise SourceError(f"The address of {host} holds a user name. Take it out and run again.")
    if not is_whole or not _HOST.fullmatch(host):
        shown = re.sub(r"//.*@", "//", "".join(c for c in stated[:100] if c.isprintable()))
        raise SourceError(f"{name} is no address that can be asked: {shown!r}. It should look like {like}")
    return stated


def key(name: str, stated: str) -> str | None:
    """A key as somebody pasted it, without what is invisible at its ends; None where nothing is set.

    Raises SourceError, which never shows the key, when it holds what no key does: it could not be sent.
    """
    stated = re.sub(rf"^{_INVISIBLE}|{_INVISIBLE}$", "", stated)
    if not re.fullmatch(r"[!#-&(-~]*", stated):
        raise SourceError(
            f"{name} holds a blank, a quote, a line end or a letter that no key has, perhaps pasted along with it. It was not sent; "
            "copy the key again."
        )
    return stated or None


def _hub_token() -> str:
    agree("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
    try:
        return get_token() or ""
    except OIDCError as error:
        raise SourceError("HF_OIDC_RESOURCE is set, but no token could be had for it. Nothing was asked.") from error
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise SourceError(
            f"The token in {constants.HF_TOKEN_PATH} cannot be read ({reason}). Nothing was asked; set HF_TOKEN, or run "
            "`hf auth login` anew."
        ) from None
