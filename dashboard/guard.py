"""What every request passes before the dashboard sees it: our own names and origins only, and no foreign frames."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from dashboard.listening import Listening

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
REFUSED = 1008
"""Close code of a socket for a breach of policy."""
DEFAULT_PORTS = {"http": 80, "https": 443}


class Guard:
    """ASGI middleware. Refuses in words, and adds the headers that bind browsers."""

    def __init__(self, app: Application, listening: Listening) -> None:
        self._app = app
        self._listening = listening
        self._headers = _headers_of(listening)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal and scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": REFUSED, "reason": refusal})
        elif refusal:
            await _answer(send, refusal, self._headers)
        else:
            await self._app(scope, receive, self._with_headers(send))

    def _refusal(self, scope: Message) -> str:
        """Why the request is none of ours; empty when it is."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if not self._listening.answers_to(host):
            return f"This dashboard does not answer to {host!r}. Start it with --host to give it that name."
        origin = headers.get("origin")
        if scope["type"] == "websocket" and origin is not None and not is_same(origin, host):
            return f"{origin!r} is not the dashboard's own page. A proxy must pass the Host header on unchanged."
        if not scope["path"].startswith(self._listening.base_path):
            return f"The dashboard stands under {self._listening.base_path}. A proxy must pass the path on unchanged."
        if scope["path"].endswith("/_stcore/metrics"):
            return "Numbers of the server are the operator's."
        return ""

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self._headers]
            await send(message)

        return sending


def _headers_of(listening: Listening) -> list[tuple[bytes, bytes]]:
    ancestors = " ".join(("'self'", *listening.embedders))
    headers = {
        "content-security-policy": f"frame-ancestors {ancestors}",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
    }
    if not listening.embedders:
        headers["x-frame-options"] = "SAMEORIGIN"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def is_same(origin: str, host: str) -> bool:
    """Whether a page of this origin is the one that the host serves; a scheme's own port may be left out of either."""
    try:
        page, served = urlsplit(origin), urlsplit(f"{urlsplit(origin).scheme}://{host}")
        default = DEFAULT_PORTS.get(page.scheme)
        return default is not None and (page.hostname, page.port or default) == (
            served.hostname,
            served.port or default,
        )
    except ValueError:
        return False


async def _answer(send: Send, words: str, headers: Iterable[tuple[bytes, bytes]]) -> None:
    body = words.encode("utf-8", "replace")
    start = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": 403, "headers": start})
    await send({"type": "http.response.body", "body": body})
