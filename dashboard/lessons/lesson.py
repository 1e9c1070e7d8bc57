"""What a lesson is: one figure, one table, a question to guess at before the figure is shown, and words in `locales`.

Pages, class mode, slides and the static site read the same `Lesson`. Nothing here needs a running page. The words of a
lesson stand in `locales/<language>/lesson_<slug>.toml`: `title`, `points.1` …, `see`, `notes`, `questions.1` …,
`guess.question`, and those of its figure and table.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dashboard.choices import Choices, Extra
from dashboard.figures.facts import Facts, Figure, Table
from dashboard.lessons.guess import Answer, Guess, Line, Number, Order
from dashboard.needs import among
from dashboard.say import LANGUAGES, Say
from dashboard.sentences import Sentence, Sentences, Words
from warehouse.read import Warehouse


@dataclass(frozen=True)
class Lesson:
    """One lesson of the course."""

    slug: str
    figure: Figure
    table: Table
    insight: Callable[[Facts], Sentence | Sentences]
    """What to see in the figure, computed from its facts."""
    guess: Guess
    """What the class guesses before the figure is shown."""
    references: tuple[str, ...]
    """Keys of `bibliography.csv`."""
    extras: tuple[Extra, ...] = ()
    """Choices of this lesson alone; `<section>.<extra>.label` names them."""

    options: Callable[[Warehouse, Choices], dict[str, str]] | None = None
    """What there is to choose from, value to label."""

    code: Mapping[str, Callable[[Facts], str]] = field(default_factory=dict, hash=False)
    """Worked examples, name to its text from the facts of the figure; `<section>.code.<name>` says what each is."""

    more: tuple[Figure | Table, ...] = ()
    """Shown after the table."""

    number: int = 0
    """Its place in the course, counted from 1; `LESSONS` gives it."""

    @property
    def section(self) -> str:
        """The locale file that holds its words."""
        return f"lesson_{self.slug}"

    @property
    def heading(self) -> Sentences:
        """Number and name."""
        return Sentences((f"{self.number} · ", Words(f"{self.section}.title")))

    def title(self, say: Say) -> str:
        """Number and name in words: "1 · Origins and growth"."""
        return say.write(self.heading)

    def see(self, facts: Facts, say: Say) -> str:
        """What to see in the figure, in words."""
        return say.write(self.said(facts))

    def said(self, facts: Facts) -> Sentence | Sentences:
        """What to see in the figure, with the list that it is of."""
        return among(facts.snapshot, self.figure.needs, self.insight(facts))

    def question(self, facts: Facts, say: Say) -> str:
        """What the class guesses at, from the facts of the figure."""
        asked = Sentence(f"{self.section}.guess.question", facts.values)
        return say.write(among(facts.snapshot, self.figure.needs, asked))

    def is_known(self, facts: Facts) -> bool:
        """Whether these facts hold the answer that the class guesses at."""
        say = Say(LANGUAGES[0])
        match self.guess:
            case Number() as guess:
                return not math.isnan(guess.value(facts))
            case Order() as guess:
                return len(guess.labels(facts, say)) > 1
            case Line() as guess:
                values = list(guess.points(facts, say).values())
                return len(values) > guess.given and values[guess.given - 1] > 0

    def fits(self, facts: Facts, answer: Answer) -> bool:
        """Whether an answer is one to the question that these facts ask: a build that came during a class may ask another."""
        if not self.is_known(facts):
            return False
        say = Say(LANGUAGES[0])
        match self.guess:
            case Number():
                return isinstance(answer, float)
            case Order() as guess:
                return isinstance(answer, list) and sorted(answer) == list(range(len(guess.labels(facts, say))))
            case Line() as guess:
                return isinstance(answer, list) and len(answer) == len(guess.points(facts, say)) - guess.given

    def given(self, facts: Facts, say: Say) -> str:
        """What the class is told beside the question: what to put in order, or where the line begins."""
        match self.guess:
            case Order():
                return " · ".join(sorted(self.guess.labels(facts, say)))
            case Line():
                told = list(self.guess.points(facts, say).items())
                values = [say.measured(value, self.guess.unit) for _, value in told[: self.guess.given]]
                values += ["?"] * (len(told) - len(values))
                return " · ".join(f"{point}: {value}" for (point, _), value in zip(told, values, strict=True))
            case Number():
                return ""
