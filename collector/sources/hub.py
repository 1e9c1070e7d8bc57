"""The Hub's listings of models, datasets and Spaces, as raw pages.

Raw, because `list_models()` ends at the first odd record, has no time limit and forgets where it was.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx2
from huggingface_hub import constants, set_client_factory
from huggingface_hub.errors import BadRequestError, HfHubHTTPError, OfflineModeIsEnabled
from huggingface_hub.utils import build_hf_headers, hf_raise_for_status, http_backoff, parse_ratelimit_headers

from collector.client import LONGEST_WAIT, TIMEOUT, broken, open_client, open_hub_client, too_long
from collector.sources.page import Page, read_json
from collector.upstream import SIMULATED_HEADER, Budget, Upstream
from warehouse.errors import BadPage, SourceError
from warehouse.listings import Series
from warehouse.manifest import software_version

# Otherwise build_hf_headers asks huggingface.co for a list of agents to name in the user agent: a request nobody asked
# for, and one that would leave the machine even in the demo.
constants.HF_HUB_DISABLE_TELEMETRY = True

PAGE_SIZE = 1_000  # the most the Hub gives; more is undocumented
KINDS = ("models", "datasets", "spaces")
# Only what the lake keeps. `private` is asked for so that the token's owner's own private repositories can be left out.
# gguf is heavy (it brings a chat template along), but its total is the only parameter count without safetensors.
EXPAND = {
    "models": "author baseModels cardData createdAt disabled downloads downloadsAllTime gated gguf lastModified"
    " library_name likes pipeline_tag private safetensors tags trendingScore",
    "datasets": "author cardData createdAt disabled downloads downloadsAllTime gated lastModified likes mainSize"
    " private tags trendingScore",
    "spaces": "author cardData createdAt datasets disabled lastModified likes models private sdk tags trendingScore",
}
# Repositories listed on 2026-09-01 (models and datasets: harvardMadsys/hf-hub-characterization; Spaces: an undated
# estimate of 2026). Only used to say what a first full run will cost.
EXPECTED_COUNTS = {"models": 3_034_516, "datasets": 1_028_803, "spaces": 1_000_000}
# Short pages happen, but `quick` must stay within 60 requests in all: the two lists that most charts rest on get one.
SPARE_REQUESTS = {"models": 1, "datasets": 1, "spaces": 0}
GONE_STATUSES = (401, 403, 404, 410, 451)  # 401 is what the Hub says anonymously of a repository that is not there
CLOCKS_DIFFER = timedelta(days=1)  # more than any time zone or cache makes of two clocks that are right
_PRIVATE = (b'"private":true', b'"private": true')


class CursorExpired(SourceError):
    """The Hub no longer takes the cursor at which the listing stopped."""


class Gone(SourceError):
    """The Hub has no such repository, revision or file, or no longer gives it to anyone."""


class Refused(SourceError):
    """The Hub takes the request for one that it does not know."""


class Hub:
    """The Hub as one client: its token, its retries, and the pace that its rate limit asks for."""

    def __init__(self, upstream: Upstream, waiting: Callable[[float, str], None]) -> None:
        self.endpoint = upstream.hub.rstrip("/")
        self.has_token = upstream.hub_token is not None
        self._upstream = upstream
        self._waiting = waiting
        self._budget: Budget | None = None
        self._budget_at = 0.0
        self._is_clock_checked = False
        make = open_client if upstream.is_own else open_hub_client
        set_client_factory(lambda: make(self.endpoint))
        self.headers = build_hf_headers(
            token=upstream.hub_token or False, library_name="hubscope", library_version=software_version()
        )

    def get(self, url: str) -> httpx2.Response:
        """A good answer, or SourceError in words; waits first if the rate limit is nearly used up."""
        self._keep_pace()
        with self.in_words(url):
            response = http_backoff("GET", url, headers=self.headers, timeout=TIMEOUT, **self.patience)
            hf_raise_for_status(response)
        self._check_clock(response)
        self._note_budget(response)
        return response

    @property
    def patience(self) -> dict[str, Any]:
        """How often huggingface_hub's own back-off repeats a request, and from which wait on."""
        return {"max_retries": self._upstream.retries, "base_wait_time": self._upstream.first_wait}

    @contextmanager
    def in_words(self, url: str) -> Iterator[None]:
        """Turns what huggingface_hub and httpx2 raise into SourceError, which may be shown."""
        try:
            yield
        # `from None`: a server may repeat our token in its answer, and a chained traceback would print it.
        except OfflineModeIsEnabled:
            raise SourceError("HF_HUB_OFFLINE is set, so the Hub was not asked. Unset it to collect.") from None
        except BadRequestError as error:
            raise self._refusal(url, error.server_message or str(error)) from None
        except HfHubHTTPError as error:
            raise self._failure(error) from None
        except AttributeError:  # huggingface_hub 2.4 trips over an error answer whose body is a JSON list
            raise SourceError(f"{urlsplit(url).netloc} answered with an error that has no words.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
            reason = self._upstream.quote(broken(error))
            raise SourceError(f"{urlsplit(url).netloc} gave no complete answer ({reason}).") from None

    def page(self, response: httpx2.Response, *, body: bytes, next_url: str | None, record_count: int) -> Page:
        """The answer as a page; `body` and `next_url` are what the listing made of it."""
        return Page(
            body=body,
            url=str(response.request.url),
            next_url=next_url,
            record_count=record_count,
            is_simulated=SIMULATED_HEADER in response.headers,
            budget=self._budget,
        )

    def next_url(self, response: httpx2.Response) -> str | None:
        """Where `rel="next"` leads, at the configured endpoint: a mirror may pass on links of the Hub itself.

        SourceError when it leads to something other than what was asked.
        """
        stated = response.links.get("next", {}).get("url")
        if stated is None:
            return None
        try:
            asked, following = urlsplit(str(response.url)), urlsplit(urljoin(str(response.url), stated))
        except ValueError:
            following = urlsplit("")
        path = asked.path[asked.path.find("/api/") :]
        if not following.path.endswith(path) or following.scheme not in ("http", "https"):
            raise SourceError(
                f"The listing of {path} goes on at something else ({self._upstream.quote(stated)}), which was not asked."
            )
        return f"{self.endpoint}{path}?{following.query}"

    def _keep_pace(self) -> None:
        """Wait for the next window when less than one request in a hundred is left, rather than be refused."""
        if self._budget is None or self._budget.remaining > max(1, (self._budget.limit or 0) // 100):
            return
        # One second more: the header counts whole seconds.
        seconds = self._budget_at + self._budget.reset_seconds + 1 - time.monotonic()
        self._budget = None
        if seconds > LONGEST_WAIT:
            raise SourceError(too_long(urlsplit(self.endpoint).netloc, seconds))
        if seconds > 0:
            self._waiting(seconds, "the Hub's rate limit is used up until then")
            time.sleep(seconds)

    def _check_clock(self, response: httpx2.Response) -> None:
        """SourceError, once, where the server's date says that a snapshot would get a wrong one."""
        if self._is_clock_checked:
            return
        self._is_clock_checked = True
        try:
            there = parsedate_to_datetime(response.headers["date"]).astimezone(UTC)
            there += timedelta(seconds=int(response.headers.get("age", "0")))
        except (KeyError, ValueError, TypeError, OverflowError):
            return
        here = datetime.now(UTC)
        if abs(here - there) > CLOCKS_DIFFER:
            raise SourceError(
                f"This machine's clock says {here:%Y-%m-%d %H:%M} UTC and {urlsplit(self.endpoint).netloc} says "
                f"{there:%Y-%m-%d %H:%M}: a snapshot would get a wrong date for good. Set the clock and run again."
            )

    def _note_budget(self, response: httpx2.Response) -> None:
        stated = parse_ratelimit_headers(response.headers)
        self._budget = Budget(stated.remaining, stated.limit, stated.reset_in_seconds) if stated else None
        self._budget_at = time.monotonic()

    def _refusal(self, url: str, answer: str) -> SourceError:
        """HTTP 400 put into words: an unknown field, an old cursor, or what the server says."""
        asked, path = parse_qs(urlsplit(url).query), urlsplit(url).path
        said = f"(HTTP 400: {self._upstream.quote(answer)})"
        if fields := _refused_fields(asked.get("expand", []), answer):
            named = " and ".join(f'"{field}"' for field in fields)
            return SourceError(
                f"The Hub refuses the field {named} of {path} {said}. "
                "It is not left out silently, for the history would change its meaning."
            )
        if "cursor" in asked:
            return CursorExpired(f"The Hub no longer takes the cursor of {path} {said}.")
        return Refused(f"The Hub refuses the request for {path} {said}.")

    def _failure(self, error: HfHubHTTPError) -> SourceError:
        """An error answer in words; Gone when asking again would not help."""
        status, path = error.response.status_code, error.response.request.url.path
        if status in (401, 403) and self._upstream.hub_token:
            return SourceError(
                f"The Hub refuses the token (HTTP {status}, {path}). Check HF_TOKEN, or unset it to read anonymously."
            )
        answer = self._upstream.quote(error.server_message or "")
        said = f"The Hub answered HTTP {status} for {path}{': ' + answer if answer else ''}."
        return Gone(said) if status in GONE_STATUSES else SourceError(said)


@dataclass(frozen=True)
class HubListing:
    """All, the most downloaded, or the newest repositories of one kind."""

    hub: Hub
    kind: str
    """models, datasets or spaces."""
    coverage: str
    limit: int | None = None

    is_side = False

    @property
    def series(self) -> Series:
        return Series(f"hub_{self.kind}", self.coverage, self.limit)

    @property
    def first_url(self) -> str:
        # Creation order: the only key that never moves while we page through (cursors are keyset queries on it).
        popular = "likes" if self.kind == "spaces" else "downloads"
        query = {
            "sort": popular if self.coverage == "top" else "createdAt",
            "limit": min(PAGE_SIZE, self.limit or PAGE_SIZE),
            "expand": EXPAND[self.kind].split(),
        }
        return f"{self.hub.endpoint}/api/{self.kind}?{urlencode(query, doseq=True)}"

    @property
    def request_limit(self) -> int | None:
        """What full pages would need, and SPARE_REQUESTS of the top list for short ones."""
        if self.limit is None:
            return None
        return -(-self.limit // PAGE_SIZE) + (SPARE_REQUESTS[self.kind] if self.coverage == "top" else 0)

    def planned_requests(self, last_count: int | None) -> int:
        return -(-(self.limit or last_count or EXPECTED_COUNTS[self.kind]) // PAGE_SIZE)

    def fetch(self, url: str, *, wanted: int | None) -> Page:
        response = self.hub.get(url)
        body, next_url = response.content, self.hub.next_url(response)
        # Without a token nobody's private repositories are listed.
        if wanted is None and not (self.hub.has_token and any(mark in body for mark in _PRIVATE)):
            # Only the last page is not full. Counting a key is cheap; a card that holds the same key makes it a little off.
            is_empty = len(body) < 16 and body.strip() == b"[]"
            count = PAGE_SIZE if next_url and not is_empty else body.count(b'"likes":') or body.count(b'"id":')
            return self.hub.page(response, body=body, next_url=next_url, record_count=count)
        listed = _records(body)
        public = [record for record in listed if not (isinstance(record, dict) and record.get("private") is True)]
        kept = public[:wanted]
        if len(kept) < len(listed):
            body = json.dumps(kept).encode()
        if wanted is not None and len(kept) == wanted:
            next_url = None
        page = self.hub.page(response, body=body, next_url=next_url, record_count=len(kept))
        return replace(page, withheld_count=len(listed) - len(public))


def _records(body: bytes) -> list[object]:
    records = read_json(body, "The answer")
    if not isinstance(records, list):
        raise BadPage("The answer is JSON, but not a list of repositories.")
    return records


def _refused_fields(asked: list[str], answer: str) -> list[str]:
    """Which of the fields asked for a refusal means: by number, by name, or by listing all that it would accept."""
    numbers = [int(number) for number in re.findall(r"expand\W{1,2}(\d+)", answer)]
    if numbers:
        return [asked[number] for number in numbers if number < len(asked)]
    named = [field for field in asked if re.search(rf"(?<!\w){re.escape(field)}(?!\w)", answer)]
    return named if len(named) <= len(asked) // 2 else [field for field in asked if field not in named]
