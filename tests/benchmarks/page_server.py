"""A server that gives the same ready-made listing pages to whoever asks: hubscope and its peers read equal bytes."""

import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

LICENCES = ("apache-2.0", "mit", "llama3", "cc-by-nc-4.0", "other", None, None, None)
TASKS = ("text-generation", "text-classification", "text-to-image", "fill-mask", None, None)


def full_record(number: int, chance: random.Random) -> dict[str, object]:
    """One model as `full=true` gives it: about 1,200 bytes, 16 file names, a card."""
    owner, name = f"author-{number % 4_000}", f"model-{number}"
    licence, task = chance.choice(LICENCES), chance.choice(TASKS)
    card = {"language": ["en"], "tags": ["generated"], **({"license": licence} if licence else {})}
    tags = ["transformers", "safetensors", "en", "endpoints_compatible", "region:us", "arxiv:2606.23050"]
    if number % 3 == 0:
        tags += ["base_model:base/one", "base_model:finetune:base/one"]
        card["base_model"] = "base/one"
    return {
        "_id": f"{0x65000000 + number:08x}{number:016x}",
        "id": f"{owner}/{name}",
        "author": owner,
        "sha": f"{number:040x}",
        "lastModified": "2026-05-01T10:00:00.000Z",
        "createdAt": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}T10:00:00.000Z",
        "private": False,
        "gated": False,
        "disabled": False,
        "downloads": int(chance.paretovariate(0.6)),
        "likes": int(chance.paretovariate(1.2)) - 1,
        "trendingScore": 0,
        "tags": tags + ([f"license:{licence}"] if licence else []) + ([task] if task else []),
        "library_name": "transformers",
        "cardData": card,
        "siblings": [{"rfilename": f"model-{part:05}-of-00016.safetensors"} for part in range(16)],
        **({"pipeline_tag": task} if task else {}),
        **({"safetensors": {"parameters": {"BF16": 7_615_616_512}, "total": 7_615_616_512}} if number % 4 == 0 else {}),
    }


def full_pages(records: int) -> list[bytes]:
    """`records` models as listing bodies of 1,000 each, the same on every call."""
    chance = random.Random(7)
    return [
        json.dumps([full_record(number, chance) for number in range(start, start + 1_000)]).encode()
        for start in range(0, records, 1_000)
    ]


@contextmanager
def serve_pages(pages: list[bytes]) -> Iterator[str]:
    """Serve `pages` at /api/models with `Link` headers, whatever the parameters; yields the endpoint."""

    class Pages(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = int(parse_qs(urlsplit(self.path).query).get("cursor", ["0"])[0])
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(pages[number])))
            if number + 1 < len(pages):
                self.send_header("Link", f'<http://{self.headers["Host"]}/api/models?cursor={number + 1}>; rel="next"')
            self.end_headers()
            self.wfile.write(pages[number])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
