"""models.dev: release dates, prices, context, modalities and published scores of closed and open models. No key."""

import json
import time
from dataclasses import dataclass

import httpx2

from collector.sources.page import SIMULATED_HEADER, TIMEOUT, Page
from collector.upstream import Upstream
from warehouse.errors import BadPage, SourceError
from warehouse.listings import Series

LARGEST_BODY = 64 * 1024 * 1024  # bytes; the document was about 3 MB in 2026
RETRIED_STATUSES = (408, 429, 500, 502, 503, 504)
RETRIED_ERRORS = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)


@dataclass(frozen=True)
class Catalogue:
    """The whole catalogue, one document. The Hub's token never goes there."""

    upstream: Upstream

    is_side = True
    request_limit = 1

    @property
    def series(self) -> Series:
        return Series("catalogue_models")

    @property
    def first_url(self) -> str:
        return self.upstream.catalogue_url

    def planned_requests(self, last_count: int | None) -> int:
        return 1

    def fetch(self, url: str, *, wanted: int | None) -> Page:
        with httpx2.Client(timeout=TIMEOUT, follow_redirects=True, headers={"user-agent": "hubscope"}) as client:
            body, is_simulated = self._persistently(client, url)
        return Page(body=body, url=url, next_url=None, record_count=_model_count(body), is_simulated=is_simulated)

    def _persistently(self, client: httpx2.Client, url: str) -> tuple[bytes, bool]:
        """Body and whether it is simulated, after as many attempts as upstream allows."""
        wait = self.upstream.first_wait
        for attempts_left in range(self.upstream.retries, -1, -1):
            try:
                return _download(client, url)
            except httpx2.HTTPStatusError as error:
                reason, is_lasting = (
                    f"HTTP {error.response.status_code}",
                    error.response.status_code not in RETRIED_STATUSES,
                )
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                reason, is_lasting = f"{type(error).__name__} {error}", not isinstance(error, RETRIED_ERRORS)
            if is_lasting or not attempts_left:
                break
            time.sleep(wait)
            wait = min(8.0, wait * 2)
        raise SourceError(f"The catalogue could not be read ({self.upstream.quote(reason)}).")


def _download(client: httpx2.Client, url: str) -> tuple[bytes, bool]:
    body = bytearray()
    with client.stream("GET", url) as response:
        response.raise_for_status()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise BadPage(f"The catalogue is larger than {LARGEST_BODY:,} bytes, which it never was. Not read.")
        return bytes(body), SIMULATED_HEADER in response.headers


def _model_count(body: bytes) -> int:
    """Models over all providers; BadPage when there are none: a fault there, not removals."""
    try:
        providers = json.loads(body)
    except ValueError as error:
        raise BadPage(f"The catalogue is not JSON ({error}).") from None
    listed = providers.values() if isinstance(providers, dict) else ()
    count = sum(len(provider.get("models") or ()) for provider in listed if isinstance(provider, dict))
    if not count:
        raise BadPage("The catalogue names no model: read as a fault there, not as removals.")
    return count
