"""What uploaders declare: draws that complete what is already known, so that the published shares come out."""

import numpy as np

from collector.demo.chance import Floats, Ints, Mix, left_over, uniform

OPEN = -2
NONE = -1


def complete(seed: int, what: str, codes: Ints, *, mix: Mix, declared: float, created: Ints, counted: Ints) -> Ints:
    """Codes with every OPEN one drawn: NONE, or a position in the mix.

    declared: share (0-1) of the rows in `counted` that declare something in the end, those known already included.
    """
    known = codes[counted]
    undecided = max(int((known == OPEN).sum()), 1)
    chance = (declared * len(counted) - (known >= 0).sum()) / undecided
    shares = left_over(mix.shares, known[known >= 0], declared * len(counted))
    rows = np.flatnonzero(codes == OPEN)
    speaks = uniform(seed, what + " declared", rows) < chance
    drawn = mix.draw(uniform(seed, what, rows), created[rows], shares, created[counted])
    completed = codes.copy()
    completed[rows] = np.where(speaks, drawn, NONE)
    return completed


def maybe(seed: int, what: str, rows: Ints, codes: Ints, chance: float | Floats) -> Ints:
    """The code with this chance, else NONE."""
    return np.where(uniform(seed, what, rows) < chance, codes, NONE)


def dealt(weights: Floats, shares: Floats, held: Floats | Ints) -> Ints:
    """One share for each weight, the heaviest first, always the one that lacks most: a few giants still meet the mix.

    held: weight that each share has already.
    """
    held_now: Floats = held.astype(float)
    wanted = shares / shares.sum() * (held_now.sum() + weights.sum())
    dealt = np.zeros(len(weights), dtype=np.int64)
    for place in np.argsort(-weights, kind="stable"):
        dealt[place] = choice = int(np.argmax(wanted - held_now))
        held_now[choice] += weights[place]
    return dealt
