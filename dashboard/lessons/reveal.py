"""What was guessed, laid over what is: in a picture and in a sentence, for one class and for a room of phones."""

from collections.abc import Sequence
from statistics import fmean, median
from typing import cast

import pandas as pd

from dashboard.charts import guesses as charts
from dashboard.figures.facts import Facts
from dashboard.lessons.guess import Answer, Guess, Line, Number, Order, hits
from dashboard.say import Say
from dashboard.theme import Chart


def verdict(say: Say, guess: Guess, facts: Facts, answers: Sequence[Answer]) -> str:
    """What was guessed, what is. One answer is the class's own; of several the middle is told."""
    values = _values(guess, facts, say, answers)
    if len(answers) == 1:
        return say(f"course.guess.{_kind(guess)}", **values)
    return say("course.guess.of_room", n=say.number(len(answers))) + say(f"course.guess.room_{_kind(guess)}", **values)


def picture(say: Say, guess: Guess, facts: Facts, answers: Sequence[Answer]) -> Chart:
    """The guess beside the truth; of several answers how they are spread."""
    match guess:
        case Number():
            return _number(say, guess, facts, cast(Sequence[float], answers))
        case Order():
            return _order(say, guess, facts, cast(Sequence[list[int]], answers))
        case Line():
            return _line(say, guess, facts, cast(Sequence[list[float]], answers))


def _kind(guess: Guess) -> str:
    return type(guess).__name__.lower()


def _values(guess: Guess, facts: Facts, say: Say, answers: Sequence[Answer]) -> dict[str, object]:
    """What the sentence of a verdict is filled with."""
    match guess:
        case Number():
            said, true = median(cast(Sequence[float], answers)), guess.value(facts)
            return {"guessed": say.measured(said, guess.unit), "true": say.measured(true, guess.unit)}
        case Order():
            right = guess.labels(facts, say)
            met = fmean(map(hits, cast(Sequence[list[int]], answers)))
            told = say.number(met, 0 if met.is_integer() else 1)
            return {"hits": told, "of": len(right), "right": say.listing(right)}
        case Line():
            point, true = list(guess.points(facts, say).items())[-1]
            said = median(line[-1] for line in cast(Sequence[list[float]], answers))
            return {"point": point, "guessed": say.measured(said, guess.unit), "true": say.measured(true, guess.unit)}


def _number(say: Say, guess: Number, facts: Facts, answers: Sequence[float]) -> Chart:
    true = guess.value(facts)
    truth = pd.DataFrame({"value": [true], "words": [_flag(say, "true", true, guess.unit)]})
    ends = (guess.low, guess.high)
    if len(answers) > 1:
        return charts.histogram(pd.DataFrame({"value": answers}), truth, say, ends=ends, unit=guess.unit)
    words = [_flag(say, "guessed", answer, guess.unit) for answer in answers]
    guessed = pd.DataFrame({"value": answers, "words": words})
    return charts.number(guessed, truth, say, ends=ends, unit=guess.unit)


def _flag(say: Say, whose: str, value: float, unit: str) -> str:
    return say("course.guess.flag", whose=say(f"course.guess.{whose}"), value=say.measured(value, unit))


def _order(say: Say, guess: Order, facts: Facts, answers: Sequence[list[int]]) -> Chart:
    right = guess.labels(facts, say)
    if len(answers) == 1:
        things = [
            {"label": label, "guessed": answers[0].index(true) + 1, "true": true + 1}
            for true, label in enumerate(right)
        ]
        said = say.listing([right[true] for true in answers[0]])
        told = say("course.guess.order_alt", guessed=said, right=say.listing(right))
        return charts.order(pd.DataFrame(things), say, description=told)
    ranked = [
        {
            "label": label,
            "place": place + 1,
            "share": fmean(order[place] == true for order in answers),
            "is_true": place == true,
        }
        for true, label in enumerate(right)
        for place in range(len(right))
    ]
    told = say.listing([f"{row['label']} {say.share(row['share'])}" for row in ranked if row["is_true"]])
    return charts.places(
        pd.DataFrame(ranked), say, names=right, description=say("course.guess.places_alt", shares=told)
    )


def _line(say: Say, guess: Line, facts: Facts, answers: Sequence[list[float]]) -> Chart:
    points = guess.points(facts, say)
    given = list(points.values())[: guess.given]
    lines = pd.DataFrame([[*given, *answer] for answer in answers])
    frame = pd.DataFrame({"point": list(points), "true": list(points.values()), "guessed": lines.median()})
    frame = frame.assign(low=lines.quantile(0.25), high=lines.quantile(0.75))
    told = [
        say(
            "course.guess.line_alt",
            **{name: say.measured(row[name], guess.unit) for name in ("guessed", "true")},
            point=row["point"],
        )
        for row in frame.to_dict("records")[guess.given :]
    ]
    return charts.line(frame, say, given=guess.given, description=" ".join(told))
