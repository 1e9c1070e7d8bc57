"""HTTP clients for every upstream, made in one place: whom they trust, and what an answer may cost.

An answer is bounded in bytes (unpacked), in time, in how long it may have us wait, and in where it may lead.
"""

import os
import re
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin, urlsplit

import httpx2
from huggingface_hub import constants
from huggingface_hub.errors import OfflineModeIsEnabled
from huggingface_hub.utils import parse_ratelimit_headers

from warehouse.errors import SourceError

TIMEOUT = 60.0  # seconds to connect, and between two reads; a listing page normally takes a few
LARGEST_BODY = 64 * 1024 * 1024  # bytes; the largest document, models.dev's, was about 3 MB in 2026, as is a full page
LONGEST_ANSWER = 600.0  # seconds to the last byte: the largest page over a very slow line
LONGEST_WAIT = 3_600.0  # seconds; the Hub's own windows have five minutes
LOOPBACK = ("127.0.0.1", "::1", "localhost")
BOUNDS = "hubscope_bounds"  # the extension of a request whose answer has bounds of its own
_PROXIES = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


@dataclass(frozen=True)
class Bounds:
    """What one answer may cost."""

    bytes: int
    seconds: float
    may_leave: bool = False
    """Whether it may redirect to another host: large files are handed out by others than the Hub."""


def open_client(url: str, *, timeout: float = TIMEOUT) -> httpx2.Client:
    """A client for the server at `url`; SourceError where the environment's proxies or certificates cannot be used.

    A server on this machine is asked directly, whatever proxy is set.
    """
    is_here = urlsplit(url).hostname in LOOPBACK
    if not is_here:
        for name in _PROXIES:
            agree(name, name.lower())
    try:
        return httpx2.Client(
            headers={"user-agent": "hubscope"},
            timeout=timeout,
            follow_redirects=True,
            trust_env=not is_here,
            verify=_trusted(*(None if is_here else os.environ.get(name) for name in _CERTIFICATES)),
            event_hooks={"response": [_guard]},
        )
    # socks without its package, a proxy of no known kind, a file that holds no certificate
    except (ImportError, ValueError, OSError, httpx2.InvalidURL) as error:
        raise SourceError(f"No connection can be made with {_set_around()}: {_first_line(error)}") from None


def agree(*names: str) -> None:
    """SourceError where variables that mean the same contradict each other: which of them counts is nobody's guess."""
    if len({stated for name in names if (stated := os.environ.get(name, "").strip().rstrip("/"))}) > 1:
        raise SourceError(
            f"{' and '.join(names)} contradict each other, so nothing was asked. Unset one and run again."
        )


def broken(error: BaseException) -> str:
    """What broke off a request, and what may stand in between."""
    if isinstance(error, SourceError):
        return str(error)
    said = f"{type(error).__name__} {error}".strip()
    proxies = ", ".join(name for name in _PROXIES[:-1] if os.environ.get(name) or os.environ.get(name.lower()))
    is_there = isinstance(error, httpx2.ProxyError | httpx2.ConnectError) and proxies
    return f"{said}; a proxy stands between: {proxies}" if is_there else said


def open_hub_client(url: str, *, timeout: float = TIMEOUT) -> httpx2.Client:
    """The same for all that huggingface_hub asks, which HF_HUB_OFFLINE forbids."""
    client = open_client(url, timeout=timeout)
    client.event_hooks = {**client.event_hooks, "request": [_refuse_offline]}
    return client


def _refuse_offline(request: httpx2.Request) -> None:
    if constants.is_offline_mode():
        raise OfflineModeIsEnabled(f"{request.url.host} was not asked")


def origin(url: str) -> tuple[str, str | None, int | None] | None:
    """Scheme, host and port; None for an address that is none."""
    try:
        parts = httpx2.URL(url)
    except httpx2.InvalidURL:
        return None
    return parts.scheme, parts.host, parts.port


@cache
def _trusted(certificates: str | None, folder: str | None) -> ssl.SSLContext:
    """Whom we trust, read once: for each of ten documents it would take longer than to fetch it."""
    return httpx2.create_ssl_context(trust_env=bool(certificates or folder))


def _set_around() -> str:
    names = [name for name in (*_PROXIES, *_CERTIFICATES) if os.environ.get(name) or os.environ.get(name.lower())]
    return f"what {' and '.join(names)} say" if names else "this Python installation"


def _first_line(error: Exception) -> str:
    """Without what a proxy's address may hold of a password."""
    return re.sub(r"//[^/@\s]*@", "//", str(error)).split("\n", 1)[0]


def _guard(response: httpx2.Response) -> None:
    """Refuse an answer that leads elsewhere or has us wait too long, and bound what follows."""
    bounds = response.request.extensions.get(BOUNDS) or Bounds(LARGEST_BODY, LONGEST_ANSWER)
    host = response.request.url.host
    _readable(response.headers)
    if response.has_redirect_location and response.request.method == "GET" and not bounds.may_leave:
        _refuse_leaving(str(response.request.url), response.headers["location"])
    if response.is_error and (seconds := _stated_wait(response.headers)) > LONGEST_WAIT:
        raise SourceError(too_long(host, seconds))
    response.stream = _Bounded(response, bounds, host)
    response.headers.pop("content-encoding", None)  # it comes unpacked out of there


def too_long(host: str, seconds: float) -> str:
    """What to say of a server that asks for a wait beyond LONGEST_WAIT."""
    return (
        f"{host} asks to be left alone for {seconds / 3600:,.0f} hours, which is longer than hubscope waits "
        f"({LONGEST_WAIT / 3600:.0f} hour)."
    )


def _readable(headers: httpx2.Headers) -> None:
    """Numbers of any length, and signs that look like digits, end the parsing of these headers in a traceback."""
    for name in ("ratelimit", "ratelimit-policy", "retry-after"):
        if name in headers:
            headers[name] = re.sub(r"\d{9,}", "999999999", headers[name].encode("ascii", "ignore").decode())


def _stated_wait(headers: httpx2.Headers) -> float:
    limit, after = parse_ratelimit_headers(headers), headers.get("retry-after", "").strip()
    return max(float(after) if after.isdigit() else 0.0, float(limit.reset_in_seconds) if limit else 0.0)


def _refuse_leaving(url: str, location: str) -> None:
    target = urljoin(url, location)
    here, there = origin(url), origin(target)
    is_upgrade = here and there and (here[0], there[0], here[1:]) == ("http", "https", there[1:])
    if there != here and not is_upgrade:
        named = "".join(character for character in target[:100] if character.isprintable())
        raise SourceError(
            f"{urlsplit(url).netloc} sends us on to another host ({named.split('?')[0]}), which was not asked and is not. "
            "If the server has moved, set its address."
        )


class _Bounded(httpx2.SyncByteStream):
    """The body of an answer, unpacked as it comes; SourceError where it exceeds its bounds."""

    def __init__(self, response: httpx2.Response, bounds: Bounds, host: str) -> None:
        packed = {name: response.headers[name] for name in ("content-encoding",) if name in response.headers}
        self._packed = httpx2.Response(
            response.status_code, headers=packed, stream=response.stream, request=response.request
        )
        self._bounds, self._host = bounds, host

    def __iter__(self) -> Iterator[bytes]:
        began, count = time.monotonic(), 0
        for chunk in self._packed.iter_bytes():
            count += len(chunk)
            if count > self._bounds.bytes:
                raise SourceError(
                    f"The answer of {self._host} is larger than {self._bounds.bytes:,} bytes, which it never was. Not read on."
                )
            if time.monotonic() - began > self._bounds.seconds:
                raise SourceError(
                    f"The answer of {self._host} took longer than {self._bounds.seconds / 60:,.0f} minutes. Not read on."
                )
            yield chunk

    def close(self) -> None:
        self._packed.close()
