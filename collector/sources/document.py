"""One JSON document of a public server that wants no key: patient with passing faults, and bounded in size."""

import ssl
import time
from dataclasses import dataclass
from functools import cache

import httpx2

from collector.upstream import SIMULATED_HEADER, TIMEOUT, Upstream
from warehouse.errors import BadPage, SourceError

LARGEST_BODY = 64 * 1024 * 1024  # bytes; the largest document, models.dev's, was about 3 MB in 2026
RETRIED_STATUSES = (408, 429, 500, 502, 503, 504)
RETRIED_ERRORS = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)


class NotThere(SourceError):
    """The server has no such document (HTTP 404)."""


@dataclass(frozen=True)
class Document:
    """What a server answered."""

    body: bytes
    is_simulated: bool


def download(upstream: Upstream, url: str, what: str) -> Document:
    """The document at `url`, after as many attempts as upstream allows; SourceError says that `what` could not be read.

    No token ever goes there.
    """
    wait = upstream.first_wait
    headers = {"user-agent": "hubscope"}
    with httpx2.Client(timeout=TIMEOUT, follow_redirects=True, headers=headers, verify=_trusted()) as client:
        for attempts_left in range(upstream.retries, -1, -1):
            try:
                return _download(client, url, what)
            except httpx2.HTTPStatusError as error:
                if error.response.status_code == 404:
                    raise NotThere(f"{what} could not be read (HTTP 404).") from None
                reason = f"HTTP {error.response.status_code}"
                is_lasting = error.response.status_code not in RETRIED_STATUSES
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                reason, is_lasting = f"{type(error).__name__} {error}", not isinstance(error, RETRIED_ERRORS)
            if is_lasting or not attempts_left:
                break
            time.sleep(wait)
            wait = min(8.0, wait * 2)
    raise SourceError(f"{what} could not be read ({upstream.quote(reason)}).")


@cache
def _trusted() -> ssl.SSLContext:
    """Whom we trust, read once: for each of ten documents it would take longer than to fetch it."""
    return httpx2.create_ssl_context()


def _download(client: httpx2.Client, url: str, what: str) -> Document:
    body = bytearray()
    with client.stream("GET", url) as response:
        response.raise_for_status()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise BadPage(f"{what} is larger than {LARGEST_BODY:,} bytes, which it never was. Not read.")
        return Document(bytes(body), SIMULATED_HEADER in response.headers)
