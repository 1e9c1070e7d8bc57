"""What the OpenAI API lists: `GET /v1/models` through OpenAI's own client, or any server that speaks the same."""

import json
from dataclasses import dataclass

from collector.sources.page import Page
from collector.upstream import SIMULATED_HEADER, TIMEOUT, Upstream
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
        return f"{(self.upstream.openai_base_url or 'https://api.openai.com/v1').rstrip('/')}/models"

    def planned_requests(self, last_count: int | None) -> int:
        return 1

    def fetch(self, url: str, *, wanted: int | None) -> Page:
        import openai  # here, for it takes a third of the start of every other command

        client = openai.OpenAI(
            api_key=self.upstream.openai_key,
            base_url=self.upstream.openai_base_url,
            timeout=TIMEOUT,
            max_retries=min(2, self.upstream.retries),
        )
        try:
            with client:
                answer = client.models.with_raw_response.list().http_response
        # `from None`: OpenAI repeats a part of a wrong key in its answer.
        except openai.APIStatusError as error:
            reason = (
                self.upstream.quote(str(error.message))
                if error.status_code not in (401, 403)
                else "check OPENAI_API_KEY"
            )
            raise SourceError(f"The OpenAI API answered HTTP {error.status_code} ({reason}).") from None
        except openai.OpenAIError as error:
            raise SourceError(f"The OpenAI API gave no answer ({self.upstream.quote(str(error))}).") from None
        body, count, withheld = _without_fine_tunes(answer.content)
        return Page(
            body=body,
            url=url,
            next_url=None,
            record_count=count,
            withheld_count=withheld,
            is_simulated=SIMULATED_HEADER in answer.headers,
        )


def _without_fine_tunes(body: bytes) -> tuple[bytes, int, int]:
    """The body without `ft:` models, how many are left, how many were taken out. An empty list is a fault, not news."""
    try:
        answer = json.loads(body)
        models = list(answer["data"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadPage(f"The OpenAI API's answer is not a list of models ({type(error).__name__}).") from None
    public = [model for model in models if not (isinstance(model, dict) and str(model.get("id")).startswith("ft:"))]
    if not public:
        raise BadPage("The OpenAI API's list of models is empty: read as a fault there, not as removals.")
    if len(public) == len(models):
        return body, len(models), 0
    return json.dumps({**answer, "data": public}).encode(), len(public), len(models) - len(public)
