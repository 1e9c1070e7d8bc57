"""What phones ask the server for: a page, what is on the screen, and to keep an answer. Plain HTTP, without Streamlit."""

import json
import re
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from dashboard.guard import is_same
from dashboard.listening import Listening
from dashboard.room.rooms import ROOMS, Refused
from dashboard.say import LANGUAGES, Say, words

HERE = Path(__file__).parent
COOKIE = "hubscope_phone"
PHONE = re.compile(r"[A-Za-z0-9_-]{22}")
LARGEST_BODY = 1_000
"""Bytes; an answer has under a hundred."""
KEPT = 12 * 3600
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'"
"""The pages run our own script and talk to this server, and nothing else."""
PAGES = Environment(loader=FileSystemLoader(HERE), autoescape=True)
Answering = Callable[[Request], Awaitable[Response]]


def routes(listening: Listening) -> list[BaseRoute]:
    """All paths, under the base path."""
    base = listening.base_path
    return [
        Route(f"{base}/room", _door),
        Route(f"{base}/room/{{code}}", _page),
        Route(f"{base}/room/{{code}}/state", _in_words(_state)),
        Route(f"{base}/room/{{code}}/answer", _in_words(_answer), methods=["POST"]),
        Route(f"{base}/presenter", _presenter),
        Mount(f"{base}/plain", StaticFiles(directory=HERE / "plain")),
    ]


def _in_words(answering: Answering) -> Answering:
    """The handler, whose refusals are told in the phone's language."""

    async def answer_or_say_why(request: Request) -> Response:
        try:
            return await answering(request)
        except Refused as refused:
            told = Say(_language(request))(f"room.refused.{refused.reason}")
            return JSONResponse({"error": told, "reason": refused.reason}, refused.status)

    return answer_or_say_why


async def _door(request: Request) -> Response:
    """Where a code is typed in."""
    code = request.query_params.get("code", "")
    if re.fullmatch(r"\s*[A-Za-z]{1,12}\s*", code):
        return RedirectResponse(f"{request.url.path}/{code.strip().upper()}?lang={_language(request)}", 303)
    return _html(request, "room")


async def _page(request: Request) -> Response:
    try:
        ROOMS.find(_code(request))
    except Refused as refused:
        return _html(request, "room", refused=refused.reason, status=refused.status)
    shown = _html(request, "room", code=_code(request))
    if not PHONE.fullmatch(request.cookies.get(COOKIE, "")):
        path = request.url.path.rpartition("/")[0]
        shown.set_cookie(COOKIE, secrets.token_urlsafe(16), KEPT, path=path, httponly=True, samesite="lax")
    return shown


async def _state(request: Request) -> Response:
    room = ROOMS.find(_code(request))
    seen = request.query_params.get("seen", "")
    number = room.join(_phone(request), _address(request))
    told = room.state(number, _language(request), int(seen) if re.fullmatch(r"\d{1,9}", seen) else -1)
    return JSONResponse(told, headers={"cache-control": "no-store"})


async def _answer(request: Request) -> Response:
    if not is_same(request.headers.get("origin", ""), request.headers.get("host", "")):
        raise Refused("foreign", 403)
    room = ROOMS.find(_code(request))
    number = room.join(_phone(request), _address(request))
    question, chosen = read_answer(await _body(request))
    room.answer(number, question, chosen)
    return JSONResponse({})


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise Refused("too_large", 413)
    return body


def read_answer(body: bytes) -> tuple[int, Any]:
    """The number of the question and what was chosen, as they were sent. Refused when it is nothing of the kind."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("no_answer", 422) from None
    if not isinstance(sent, dict) or type(sent.get("question")) is not int:
        raise Refused("no_answer", 422)
    return sent["question"], sent.get("answer")


async def _presenter(request: Request) -> Response:
    """The presenter's window; the class's own window tells it what to show."""
    return _html(request, "presenter")


def _html(request: Request, name: str, *, status: int = 200, code: str = "", refused: str = "") -> Response:
    language = _language(request)
    say = Say(language)
    text = PAGES.get_template(f"{name}.html").render(
        say=say,
        language=language,
        other=LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)],
        base=request.url.path.rpartition(f"/{name}")[0],
        code=code,
        refused=say(f"room.refused.{refused}") if refused else "",
        words={key: text for key, text in words(language, "room").items() if key.startswith("phone.")},
    )
    headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
    return HTMLResponse(text, status, headers)


def _code(request: Request) -> str:
    return str(request.path_params["code"]).upper()


def _phone(request: Request) -> str:
    phone = request.cookies.get(COOKIE, "")
    if not PHONE.fullmatch(phone):
        raise Refused("no_cookie", 403)
    return phone


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _language(request: Request) -> str:
    """That of the address, else the first of the browser's that we speak."""
    stated = request.query_params.get("lang", "")
    spoken = [part.strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")]
    return next((one for one in (stated, *spoken) if one in LANGUAGES), LANGUAGES[0])
