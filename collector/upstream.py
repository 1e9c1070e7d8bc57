"""Whom to ask, and as whom: addresses and keys, read once from the environment and passed down."""

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from huggingface_hub import constants, get_token
from huggingface_hub.errors import OIDCError

from warehouse.errors import SourceError

CATALOGUE_URL = "https://models.dev/api.json"
PYPISTATS_URL = "https://pypistats.org"
LONGEST_ANSWER_SHOWN = 300  # characters of a server's own words in a message of ours
SIMULATED_HEADER = "X-Hubscope-Simulated"
TIMEOUT = 60.0  # seconds to connect, and between two reads; a listing page normally takes a few


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

    hub: str = "https://huggingface.co"
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

    def __post_init__(self) -> None:
        for url in (self.hub, self.openai_base_url, self.catalogue_url, self.pypistats_url):
            # Addresses are written into manifests and messages, where a password has no place.
            if url and "@" in urlsplit(url).netloc:
                raise SourceError(
                    f"The address of {urlsplit(url).hostname} holds a user name. Take it out and run again."
                )

    @classmethod
    def from_env(cls) -> "Upstream":
        """HF_ENDPOINT, HF_TOKEN (or the token file of `hf auth login`), OPENAI_*, HUBSCOPE_CATALOGUE_URL, HUBSCOPE_PYPISTATS_URL."""
        try:
            token = get_token()
        except OIDCError as error:
            raise SourceError(
                "HF_OIDC_RESOURCE is set, but no token could be had for it. Nothing was asked."
            ) from error
        return cls(
            hub=constants.ENDPOINT,
            hub_token=token,
            openai_base_url=os.environ.get("OPENAI_BASE_URL") or None,
            openai_key=os.environ.get("OPENAI_API_KEY") or None,
            catalogue_url=os.environ.get("HUBSCOPE_CATALOGUE_URL") or CATALOGUE_URL,
            pypistats_url=os.environ.get("HUBSCOPE_PYPISTATS_URL") or PYPISTATS_URL,
        )

    def quote(self, answer: str) -> str:
        """A server's own words, safe to print: no control characters, no key of ours, at most 300 characters."""
        for key in (self.hub_token, self.openai_key):
            if key:
                answer = answer.replace(key, "[key]")
        return " ".join("".join(c if c.isprintable() else " " for c in answer).split())[:LONGEST_ANSWER_SHOWN]
