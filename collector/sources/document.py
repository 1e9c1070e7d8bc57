"""One JSON document of a public server that wants no key, patient with passing faults."""

import time
from dataclasses import dataclass

import httpx2

from collector.client import broken, open_client
from collector.upstream import SIMULATED_HEADER, Upstream
from warehouse.errors import SourceError

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
    with open_client(url) as client:
        for attempts_left in range(upstream.retries, -1, -1):
            try:
                return _download(client, url)
            except httpx2.HTTPStatusError as error:
                if error.response.status_code == 404:
                    raise NotThere(f"{what} could not be read (HTTP 404).") from None
                reason = f"HTTP {error.response.status_code}"
                is_lasting = error.response.status_code not in RETRIED_STATUSES
            except SourceError as error:
                raise SourceError(f"{what} could not be read. {error}") from None
            except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
                reason, is_lasting = broken(error), not isinstance(error, RETRIED_ERRORS)
            if is_lasting or not attempts_left:
                break
            time.sleep(wait)
            wait = min(8.0, wait * 2)
    raise SourceError(f"{what} could not be read ({upstream.quote(reason)}).")


def _download(client: httpx2.Client, url: str) -> Document:
    with client.stream("GET", url) as response:
        response.raise_for_status()
        return Document(response.read(), SIMULATED_HEADER in response.headers)
