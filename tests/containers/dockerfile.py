"""A Dockerfile read as Docker reads it, as far as ours use it."""

import json
import re
from pathlib import Path
from typing import NamedTuple


class Step(NamedTuple):
    """One instruction: its name, and what follows it in one line."""

    name: str
    rest: str

    @property
    def words(self) -> list[str]:
        """The exec form; ValueError where a shell would stand between."""
        return list(json.loads(self.rest))


def steps(path: Path) -> list[Step]:
    """Every instruction in its order; comments left out, continued lines joined."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not re.match(r"\s*#", line)]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [Step(*line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


def last_stage(found: list[Step]) -> list[Step]:
    """The instructions of what runs in the end."""
    begins = max(number for number, step in enumerate(found) if step.name == "FROM")
    return found[begins:]


def health_command(found: list[Step]) -> list[str]:
    """What HEALTHCHECK runs."""
    (check,) = [step.rest for step in found if step.name == "HEALTHCHECK"]
    return Step("CMD", check.partition("CMD ")[2]).words


def environment(found: list[Step]) -> dict[str, str]:
    """What ENV sets."""
    return dict(word.split("=", 1) for step in found if step.name == "ENV" for word in step.rest.split())
