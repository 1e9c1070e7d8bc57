"""What an exercise is: what is asked, where the answer is found, and what kind of answer it is. No answer stands here.

The words of an exercise stand in `locales/<language>/practice.toml` under `<lesson>.<part>`: `question`, `hint` and, where nothing
can be computed, `see`. What is right is a query, `warehouse/sql/practice/<lesson>_<part>.sql`.
"""

from dataclasses import dataclass
from pathlib import Path

from dashboard.needs import Need

PARTS = ("page", "sql", "code")
"""The three things to do in a lesson, in their order."""
MINUTES = {"page": 5, "sql": 8, "code": 7}
"""What a class needs for each."""
CODE = Path(__file__).parent / "code"


@dataclass(frozen=True)
class Number:
    """A number, in the unit in which the query gives it: a share is between 0 and 1."""

    unit: str = "number"
    """Of `Say.measured`."""
    within: float = 0.0
    """How far from it an answer may be and is right all the same."""
    part: float = 0.0
    """The same as a part of the number: 0.02 is two in a hundred. The wider of the two holds."""

    def tolerance(self, right: float) -> float:
        """How far from `right` an answer may be."""
        return max(self.within, self.part * abs(right), abs(right) * 1e-9)


@dataclass(frozen=True)
class Name:
    """The name of something, as a page or a table calls it."""


@dataclass(frozen=True)
class Seen:
    """Nothing that a snapshot could tell: the reader compares with what should be seen (`see`)."""


@dataclass(frozen=True)
class Exercise:
    """One thing to do in a lesson."""

    lesson: str
    """The slug of the lesson."""
    part: str
    """One of PARTS."""
    answer: Number | Name | Seen
    listing: str = "model"
    """Of whose snapshot the answer is: a kind of repositories, or another listing."""
    needs: tuple[Need, ...] = ()
    """Without which it is not asked."""
    opens: str = ""
    """The page on which the answer is found."""
    view: tuple[tuple[str, str], ...] = ()
    """What is chosen there, name to value."""

    @property
    def key(self) -> str:
        """Where its words are, below the section."""
        return f"practice.{self.lesson}.{self.part}"

    @property
    def query(self) -> str:
        """The query that tells what is right."""
        return f"{self.lesson}_{self.part}"

    @property
    def is_checked(self) -> bool:
        """Whether an answer can be right or wrong."""
        return not isinstance(self.answer, Seen)
