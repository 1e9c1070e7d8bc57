"""What uploaders declare: task, library, licence, language, parameters, so that the published shares come out.

Bases declare what bases.csv says. What is built on them repeats that or says nothing. The head (most downloaded, built
on nothing) is dealt out so that the shares *of downloads* come out; the rest is drawn so that those of repositories do.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from collector.demo.world import calibration as real
from collector.demo.world.chance import Flags, Floats, Ints, Mix, choose, left_over, mix, seconds, uniform
from collector.demo.world.derivation import ADAPTER, QUANTIZED, Lineage
from collector.demo.world.names import bases

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


LICENCES = mix("model_licences")
TASKS = mix("model_tasks")
LIBRARIES = mix("model_libraries")
LANGUAGES = mix("language_sets")

# How often the head declares. Parameters: models of known size have 77.76 % of the downloads [bourdois]. The others: no
# figure published.
HEAD_DECLARES = {"licence": 0.88, "task": 0.97, "library": 0.95, "parameters": 0.7776}
# How often those who build on a base declare: no figure published, chosen within the published totals.
BUILT_DECLARES = {
    "licence": 0.36,
    "task": 0.5,
    "library": 0.85,
    "parameters": 0.6,
    "peft": 0.93,
    "quantized library": 0.6,
}
# Share of quantized models that are GGUF: library gguf grew by 464 % from January to August 2026 [summer].
GGUF = {date(2023, 6, 1): 0.2, date(2025, 6, 1): 0.4, date(2026, 8, 1): 0.85}
HEAD_LIBRARIES = {
    "sentence-similarity": "sentence-transformers",
    "text-to-image": "diffusers",
    "image-classification": "timm",
    "object-detection": "ultralytics",
}
SMALLEST, LARGEST = 1.0e6, 1.0e11  # parameters, of the head


@dataclass(frozen=True)
class Declarations:
    """Draws for all models of a world."""

    seed: int
    created: Ints
    lineage: Lineage
    is_base: Flags
    rates: Floats
    """Lasting downloads in 30 days."""
    counted: Ints
    """Rows that the published shares refer to."""
    head: Ints
    """Rows that are downloaded most and built on nothing."""

    def tasks(self) -> Ints:
        codes = self._inherited("task", TASKS, [base.task for base in bases()])
        shares = mix("downloads_by_task")
        of_base = np.array([shares.names.index(b.task) if b.task in shares.names else NONE for b in bases()])
        dealt_out = TASKS.codes(shares.names)[self._dealt("task", self.head, shares.shares, of_base)]
        codes[self.head] = self._said_by_head("task", dealt_out)
        return self._completed("task", codes, TASKS, real.TASK_DECLARED)

    def libraries(self, tasks: Ints) -> Ints:
        relation, root = self.lineage.relation, self.lineage.root
        codes = self._inherited("library", LIBRARIES, [base.library for base in bases()])
        diffusers, peft, gguf, transformers = LIBRARIES.codes(["diffusers", "peft", "gguf", "transformers"])

        adapters = np.flatnonzero(relation == ADAPTER)
        of_images = np.array([base.library == "diffusers" for base in bases()])[root[adapters]]
        codes[adapters] = np.where(of_images, diffusers, self._said("peft", adapters, np.full(len(adapters), peft)))
        quantized = np.flatnonzero(relation == QUANTIZED)
        share = np.interp(self.created[quantized], [seconds(day) for day in GGUF], [*GGUF.values()])
        other = self._said("quantized library", quantized, np.full(len(quantized), transformers))
        codes[quantized] = np.where(uniform(self.seed, "gguf", quantized) < share, gguf, other)

        by_task = LIBRARIES.codes([HEAD_LIBRARIES.get(task, "transformers") for task in TASKS.names])
        of_head = tasks[self.head]
        codes[self.head] = self._said_by_head("library", np.where(of_head >= 0, by_task[of_head], NONE))
        return self._completed("library", codes, LIBRARIES, real.LIBRARY_DECLARED)

    def licences(self) -> Ints:
        codes = self._inherited("licence", LICENCES, [base.licence for base in bases()])
        built = np.flatnonzero((self.lineage.relation >= 0) & (codes >= 0))
        differs = built[uniform(self.seed, "licence differs", built) < real.LICENCE_MUTATION]
        codes[differs] = self._licences_for(differs)
        codes[built] = self._within_published(built, codes)
        codes[self.head] = self._said_by_head("licence", self._licences_for(self.head))
        return self._completed("licence", codes, LICENCES, real.LICENCE_DECLARED)

    def languages(self) -> Ints:
        codes = np.full(len(self.created), OPEN)
        return self._completed("language", codes, LANGUAGES, real.LANGUAGE_DECLARED)

    def parameters(self) -> Ints:
        """Stated in safetensors; 0 where they are not."""
        sizes = np.array([*real.PARAMETER_QUANTILES.values()])
        classes = Mix([f"{size:g}" for size in sizes[1:]], np.diff([*real.PARAMETER_QUANTILES]).tolist())
        of_root = np.where(self.lineage.root >= 0, of_bases("parameters")[self.lineage.root], 0).astype(float)
        of_root[self.head] = self._sizes_of_head()

        codes = np.clip(np.searchsorted(sizes, of_root) - 1, 0, len(classes.names) - 1)
        codes[of_root == 0] = OPEN
        codes[self.head[of_root[self.head] == 0]] = NONE
        built = np.flatnonzero(self.lineage.relation >= 0)
        is_whole = ~np.isin(self.lineage.relation[built], (ADAPTER, QUANTIZED))
        codes[built] = np.where(is_whole, self._said("parameters", built, codes[built]), NONE)
        codes = self._completed("parameters", codes, classes, real.PARAMETERS_DECLARED)

        low, high = np.log(sizes[codes]), np.log(sizes[np.minimum(codes + 1, len(sizes) - 1)])
        drawn = np.exp(low + (high - low) * uniform(self.seed, "parameters in class", self._rows))
        return np.where(codes >= 0, np.where(of_root > 0, of_root, drawn), 0).astype(np.int64)

    def _sizes_of_head(self) -> Floats:
        limits = np.array([*real.DOWNLOADS_BY_SIZE])
        states = uniform(self.seed, "parameters of the head", self.head) < HEAD_DECLARES["parameters"]
        of_base = np.minimum(np.searchsorted(limits, of_bases("parameters")), len(limits) - 1)
        stating = self.head[states]
        classes = self._dealt("size", stating, np.array([*real.DOWNLOADS_BY_SIZE.values()]), of_base)
        low, high = np.array([SMALLEST, *limits[:-1]])[classes], np.minimum(limits[classes], LARGEST)
        sizes = np.zeros(len(self.head))
        sizes[states] = np.floor(low * (high / low) ** uniform(self.seed, "size in class", stating))
        return sizes

    def _dealt(self, what: str, rows: Ints, shares: Floats, of_base: Ints) -> Ints:
        """A share for each row, counting what the bases hold; rows of after the published figures are drawn instead.

        of_base: the share that each base belongs to, or NONE.
        """
        planted = np.intersect1d(np.flatnonzero(self.is_base), self.counted)
        holders = of_base[self.lineage.root[planted]]
        held = np.bincount(holders[holders >= 0], self.rates[planted][holders >= 0], minlength=len(shares))
        codes = choose(uniform(self.seed, f"{what} of later head", rows), shares)
        now = np.isin(rows, self.counted)
        codes[now] = dealt(self.rates[rows[now]], shares, held)
        return codes

    def _within_published(self, built: Ints, codes: Ints) -> Ints:
        """Codes of rows built on a base; beyond a licence's published share they fall silent."""
        held = np.bincount(codes[np.intersect1d(built, self.counted)], minlength=len(LICENCES.names))
        published = LICENCES.shares * real.LICENCE_DECLARED * len(self.counted)
        kept = np.minimum(0.9 * published / np.maximum(held, 1), 1.0)
        return maybe(self.seed, "licence kept", built, codes[built], kept[codes[built]])

    def _licences_for(self, rows: Ints) -> Ints:
        draws = uniform(self.seed, "own licence", rows)
        return LICENCES.draw(draws, self.created[rows], LICENCES.shares, self.created[self.counted])

    def _inherited(self, what: str, of: Mix, by_base: list[str]) -> Ints:
        """Codes of the bases, and of what is built on them: the same or NONE. All others are OPEN."""
        of_base = np.array([of.names.index(name) if name in of.names else NONE for name in by_base])
        rooted = np.flatnonzero(self.lineage.root >= 0)
        codes = np.full(len(self.created), OPEN)
        codes[rooted] = of_base[self.lineage.root[rooted]]
        built = np.flatnonzero(self.lineage.relation >= 0)
        codes[built] = self._said(what, built, codes[built])
        return codes

    def _said(self, what: str, rows: Ints, codes: Ints) -> Ints:
        return maybe(self.seed, f"{what} said", rows, codes, BUILT_DECLARES[what])

    def _said_by_head(self, what: str, codes: Ints) -> Ints:
        return maybe(self.seed, f"{what} said by the head", self.head, codes, HEAD_DECLARES[what])

    def _completed(self, what: str, codes: Ints, of: Mix, declared: float) -> Ints:
        return complete(self.seed, what, codes, mix=of, declared=declared, created=self.created, counted=self.counted)

    @property
    def _rows(self) -> Ints:
        return np.arange(len(self.created))


def of_bases(column: str) -> Ints:
    """A numeric column of bases.csv."""
    return np.array([getattr(base, column) for base in bases()])
