"""Downloads a day of the ecosystem's Python libraries, from pypistats.org. No key.

It answers with the last 180 days: the window moves on, and the days that leave it are kept by the lake.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from collector.sources.document import NotThere, download
from collector.sources.page import Page, read_json
from collector.upstream import Upstream
from warehouse.errors import BadPage
from warehouse.listings import COURSE_PACKAGES, Series

PACKAGES = (
    *COURSE_PACKAGES,
    "torch",
    "tensorflow",
    "onnxruntime",
    "safetensors",
    "accelerate",
    "evaluate",
    "trl",
    "timm",
    "optimum",
    "bitsandbytes",
    "spacy",
    "gradio",
    "vllm",
    "sglang",
    "llama-cpp-python",
    "ollama",
    "langchain",
    "llama-index",
    "litellm",
    "anthropic",
    "google-genai",
    "mistralai",
)
"""What trains, serves and calls models: frameworks, libraries of the Hub, servers of open models, clients of closed ones."""


@dataclass(frozen=True)
class PyPIDownloads:
    """One document for each package, in their order."""

    upstream: Upstream
    packages: tuple[str, ...] = PACKAGES

    is_side = True

    @property
    def request_limit(self) -> int:
        return len(self.packages)

    @property
    def series(self) -> Series:
        return Series("pypi_downloads")

    @property
    def first_url(self) -> str:
        return self._urls[0]

    def planned_requests(self, last_count: int | None) -> int:
        return len(self.packages)

    def fetch(self, url: str, *, wanted: int | None) -> Page:
        """One package; one that PyPI does not know becomes a record that the lake counts as rejected."""
        package = urlsplit(url).path.split("/")[-2]
        following = dict(zip(self._urls, self._urls[1:], strict=False)).get(url)
        try:
            document = download(self.upstream, url, f"The downloads of {package}")
        except NotThere:
            body = json.dumps({"package": package, "data": [{"error": "not found"}]}).encode()
            return Page(body, url, following, record_count=1)
        count = _day_count(document.body, package)
        return Page(document.body, url, following, record_count=count, is_simulated=document.is_simulated)

    @property
    def _urls(self) -> list[str]:
        base = self.upstream.pypistats_url.rstrip("/")
        return [f"{base}/api/packages/{package}/overall?mirrors=false" for package in self.packages]


def _day_count(body: bytes, package: str) -> int:
    """Days in the answer; BadPage when it is none for this package."""
    answer = read_json(body, f"The answer for {package}")
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list) or answer.get("package") != package:
        raise BadPage(f"The answer is JSON, but not the downloads of {package}.")
    return len(answer["data"])
