"""What the OpenAI API lists: `GET /v1/models` through OpenAI's own client, or any server that speaks the same."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from collector.client import TIMEOUT, broken, open_client
from collector.sources.page import Page, read_json
from collector.upstream import OPENAI_URL, SIMULATED_HEADER, Upstream
from warehouse.errors import BadPage, SourceError
from warehouse.listings import Series


@dataclass(frozen=True)
class OpenAIModels:
    """The models that the key may use, without the private fine-tunes among them. One request, no pages."""

    upstream: Upstream

    is_side = True
    request_limit = 1

    @property
    def series(self) -> Series:
        return Series("openai_models")

    @property
    def first_url(self) -> str:
        return f"{self._base_url}/models"

    @property
    def name(self) -> str:
        """Who answers: the OpenAI API, or the host of a server that speaks the same."""
        return "The OpenAI API" if self._base_url == OPENAI_URL else urlsplit(self._base_url).netloc

    def planned_requests(self, last_count: int | None) -> int:
        return 1

    def fetch(self, url: str, *, wanted: int | None) -> Page:
        import openai  # here, for it takes a third of the start of every other command

        http_client = open_client(url)
        try:
            with openai.OpenAI(
                api_key=self.upstream.openai_key,
                base_url=self._base_url,
                timeout=TIMEOUT,
                max_retries=min(2, self.upstream.retries),
                http_client=http_client,
            ) as client:
                answer = client.models.with_raw_response.list().http_response
        # `from None`: OpenAI repeats a part of a wrong key in its answer.
        except openai.APIStatusError as error:
            reason = (
                self.upstream.quote(str(error.message))
                if error.status_code not in (401, 403)
                else "check OPENAI_API_KEY"
            )
            raise SourceError(f"{self.name} answered HTTP {error.status_code} ({reason}).") from None
        except openai.OpenAIError as error:
            # What happened comes wrapped: our own client's refusal of an answer without end, a broken connection.
            reason = str(error) if error.__cause__ is None else broken(error.__cause__)
            raise SourceError(f"{self.name} gave no answer ({self.upstream.quote(reason)}).") from None
        finally:
            http_client.close()
        body, count, withheld = self._public(answer.content)
        return Page(
            body=body,
            url=url,
            next_url=None,
            record_count=count,
            withheld_count=withheld,
            is_simulated=SIMULATED_HEADER in answer.headers,
        )

    @property
    def _base_url(self) -> str:
        return (self.upstream.openai_base_url or OPENAI_URL).rstrip("/")

    def _public(self, body: bytes) -> tuple[bytes, int, int]:
        """The body without `ft:` models, how many are left, how many were taken out. An empty list is a fault, not news."""
        answer = self._listed(body)
        models = answer["data"]
        public = [model for model in models if not (isinstance(model, dict) and str(model.get("id")).startswith("ft:"))]
        if not public:
            raise BadPage(f"{self.name}'s list of models is empty: read as a fault there, not as removals.")
        if len(public) < len(models) or body.lstrip()[:1] == b"[":
            body = json.dumps({**answer, "data": public}).encode()
        return body, len(public), len(models) - len(public)

    def _listed(self, body: bytes) -> dict[str, Any]:
        """The answer as an object whose `data` is a list; BadPage says in the server's own words why it is none."""
        answer = read_json(body, f"{self.name}'s answer")
        if isinstance(answer, list):  # as some servers write it
            return {"object": "list", "data": answer}
        if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
            said = answer.get("error") or answer.get("message") if isinstance(answer, dict) else None
            said = said.get("message") if isinstance(said, dict) else said
            reason = f"it says: {self.upstream.quote(str(said))}" if said else "it has no list 'data'"
            raise BadPage(f"{self.name}'s answer is not a list of models; {reason}.")
        links = answer.get("links")
        if answer.get("has_more") is True or (isinstance(links, dict) and links.get("next")):
            raise BadPage(
                f"{self.name}'s list of models goes on at a next page, which is not read: a part is not kept."
            )
        return answer
