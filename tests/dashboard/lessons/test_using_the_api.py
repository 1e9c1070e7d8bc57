"""Lesson 6: its examples run as they are printed, and its costs are reckoned from the prices in the warehouse."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dashboard.choices import Choices
from dashboard.figures.facts import NothingToShow
from dashboard.lessons.using_the_api import CODE, EXAMPLES, LESSON, example
from dashboard.say import LANGUAGES, Say
from warehouse.read import open_current

KEY = "key-of-the-test"
ANSWER = "分享使知识增长。"


class Service(BaseHTTPRequestHandler):
    """Both protocols, answering with what they were asked; a wrong key is refused, a busy server says when to return."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append((self.path, asked, self.headers.get("authorization")))
        if self.server.status != 200:
            return self._answer(self.server.status, {"error": {"message": "refused by the test", "code": "test"}})
        if self.path == "/v1/responses":
            return self._answer(200, _response(asked["model"]))
        if self.path == "/v1/chat/completions":
            return self._answer(200, _completion(asked["model"]))
        return self._answer(404, {"error": {"message": "no such endpoint"}})

    def _answer(self, status: int, body: dict) -> None:
        sent = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(sent)))
        self.send_header("retry-after", "0")
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_: object) -> None: ...


def _response(model: str) -> dict:
    text = {"type": "output_text", "text": ANSWER, "annotations": []}
    message = {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [text]}
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1_790_000_000,
        "model": model,
        "status": "completed",
        "output": [message],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": 21,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": 8,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": 29,
        },
    }


def _completion(model: str) -> dict:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": ANSWER}}
    usage = {"prompt_tokens": 21, "completion_tokens": 8, "total_tokens": 29}
    return {
        "id": "chat_1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": model,
        "choices": [choice],
        "usage": usage,
        "system_fingerprint": "test",
    }


@pytest.fixture
def service() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.asked, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def _run(name: str, demo_home, service) -> subprocess.CompletedProcess[str]:
    facts = LESSON.figure.read(open_current(demo_home), Choices())
    base = f"http://127.0.0.1:{service.server_port}/v1"
    surroundings = {"OPENAI_BASE_URL": base, "OPENAI_API_KEY": KEY, "OPEN_MODEL_URL": base, "PYTHONUTF8": "1"}
    command = ["bash", "-c"] if name.endswith("curl") else [sys.executable, "-c"]
    return subprocess.run(
        [*command, example(facts, name)],
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _needs(name: str) -> None:
    if name.endswith("curl") and not shutil.which("curl"):
        pytest.skip("curl is not installed")


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_runs_as_it_is_printed(name, demo_home, service):
    _needs(name)
    facts = LESSON.figure.read(open_current(demo_home), Choices()).frame.set_index("side")
    done = _run(name, demo_home, service)
    assert done.returncode == 0, done.stderr
    (path, asked, authorization) = service.asked[0]
    is_open = name.startswith("open_model")
    assert path == ("/v1/chat/completions" if is_open else "/v1/responses")
    assert asked["model"] in facts.loc["open" if is_open else "closed", ["model_id", "weights_id"]].tolist()
    assert is_open or authorization == f"Bearer {KEY}"
    said = done.stdout if name != "openai_curl" else json.loads(done.stdout)["output"][0]["content"][0]["text"]
    assert ANSWER in said
    if name != "openai_curl":
        assert "21 tokens in, 8 tokens out" in done.stdout


@pytest.mark.parametrize(
    ("status", "said", "calls"),
    [(429, "Too many requests", 3), (401, "Error code: 401 - refused by the test", 1)],
)
def test_the_python_example_repeats_what_may_succeed_and_says_why_it_failed(status, said, calls, demo_home, service):
    service.status = status
    done = _run("openai_python", demo_home, service)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(service.asked) == calls
    assert KEY not in done.stdout + done.stderr


def test_the_curl_example_ends_in_failure_when_it_is_refused(demo_home, service):
    _needs("openai_curl")
    service.status = 401
    done = _run("openai_curl", demo_home, service)
    assert done.returncode != 0 and "refused by the test" in done.stdout


def test_the_open_model_is_asked_without_the_key_of_another_service(demo_home, service):
    _run("open_model_python", demo_home, service)
    assert KEY not in str(service.asked)


@pytest.mark.parametrize("side", ["closed", "open"])
def test_a_model_named_in_code_cannot_leave_its_quotes(side, demo_home):
    facts = LESSON.figure.read(open_current(demo_home), Choices())
    hostile = "a\"; rm -rf $HOME #\n'`x`"
    is_side = facts.frame["side"] == side
    renamed = facts.frame.assign(
        model_id=facts.frame["model_id"].mask(is_side, hostile),
        weights_id=facts.frame["weights_id"].mask(is_side, hostile),
    )
    code = "\n".join(example(facts.with_(frame=renamed), name) for name in EXAMPLES)
    assert '"arm-rfHOMEx"' in code and "rm -rf" not in code


def test_the_open_side_is_of_the_family_that_the_reader_chooses(demo_home):
    warehouse = open_current(demo_home)
    assert LESSON.options
    families = LESSON.options(warehouse, Choices())
    assert {"qwen", "deepseek", "llama"} <= families.keys()
    for family, label in list(families.items())[:4]:
        facts = LESSON.figure.read(warehouse, Choices(extras=(("open_family", family),)))
        assert label.lower() in facts.frame.set_index("side").loc["open", "name"].lower()
    with pytest.raises(NothingToShow, match="no_hosted_family"):
        LESSON.figure.read(warehouse, Choices(extras=(("open_family", "bert"),)))


def test_every_example_has_a_place_for_its_model():
    for name in EXAMPLES:
        assert "_MODEL" in (CODE / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_prices_give_another_sentence_and_another_table(language, demo_home):
    say = Say(language)
    before = LESSON.figure.read(open_current(demo_home), Choices())
    after = before.with_(frame=before.frame.assign(cost_usd=before.frame["cost_usd"] * 3))
    assert LESSON.see(before, say) != LESSON.see(after, say)
    assert not LESSON.table.lay(before, say).equals(LESSON.table.lay(after, say))
