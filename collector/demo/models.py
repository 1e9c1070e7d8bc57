"""The simulated models: lineage, then what their uploaders declare, then how much they are used."""

import numpy as np

from collector.demo import calibration as real
from collector.demo import fit, names
from collector.demo.chance import Floats, Ints, Mix, choose, mix, uniform
from collector.demo.curves import log_log
from collector.demo.declared import NONE, OPEN, complete, dealt, maybe
from collector.demo.growth import NEVER, Growth
from collector.demo.lineage import ADAPTER, MERGE, QUANTIZED, RELATIONS, descend, plant
from collector.demo.names import bases
from collector.demo.repositories import Repositories

HEAD = 0.01  # the most downloaded, whose tasks and sizes are dealt out by downloads
# Declared more often by those who are downloaded: 71.5 % of the top 1,000 are permissive (moclaw.dev, 2026).
HEAD_DECLARES = {"licence": 0.88, "task": 0.97, "library": 0.95, "parameters": 0.7776}
# What those who build on a base declare: no figure published, within the published totals.
INHERITED = {"licence": 0.36, "task": 0.5, "library": 0.85, "parameters": 0.6}
# Share of quantized models that are GGUF: library gguf grew by 464 % from January to August 2026 [summer].
GGUF = {real.date(2023, 6, 1): 0.2, real.date(2025, 6, 1): 0.4, real.date(2026, 8, 1): 0.85}
# Licences whose models are handed out on request.
GATED_LICENCES = ("llama2", "llama3", "llama3.1", "llama3.2", "llama3.3", "llama4", "gemma")


class Models(Repositories):
    kind = "models"
    licence_mix = mix("model_licences")
    task_mix = mix("model_tasks")
    library_mix = mix("model_libraries")
    language_mix = mix("language_sets")

    def __init__(self, growth: Growth, *, seed: int, size: int) -> None:
        super().__init__(growth, seed=seed, size=size)
        self.base_rows = plant(self.created)
        planted = self.base_rows[self.base_rows >= 0]
        self.removed[planted] = NEVER
        self.lineage = descend(seed, self.created, self.base_rows, self.alive_at_anchor)
        self.is_base = np.isin(self.rows, planted)

        by_downloads = sorted(range(len(planted)), key=lambda number: -bases()[number].downloads)
        by_children = sorted(range(len(planted)), key=lambda number: -bases()[number].children)
        standing = fit.standings(
            seed,
            self.kind,
            self.created,
            self.removed,
            leaders=planted[by_downloads],
            followers=np.flatnonzero(self.lineage.relation >= 0),
        )
        self.downloads = fit.downloads(seed, self.kind, self.created, self.removed, standing)
        self.likes = fit.likes(seed, self.kind, self.created, leaders=planted[by_children], size=size)

        self._head = np.flatnonzero((standing < HEAD) & (self.lineage.root < 0))
        self.task = self._tasks().astype(np.int8)
        self.parameters = self._parameters()
        self.library = self._libraries().astype(np.int8)
        self.language = self._completed("language", self._all(OPEN), self.language_mix, real.LANGUAGE_DECLARED).astype(
            np.int8
        )
        licences = self._licences()
        self.settle_licences(licences)
        writes = (real.CARD_WRITTEN - 0.36) / (
            1 - 0.36
        )  # those who declare a licence have a card; of the others, this share
        self.has_card = (licences >= 0) | (self.language >= 0) | (uniform(seed, "card", self.rows) < writes - 0.08)

    # What is declared. -----------------------------------------------------------------------------------------------

    def _tasks(self) -> Ints:
        mix_ = self.task_mix
        codes = self._from_root([base.task for base in bases()], mix_, "task")
        shares = mix("downloads_by_task")
        place = mix_.codes(shares.names)
        held = self._held(shares.names, [base.task for base in bases()])
        weights = self._rates(self._head)
        codes[self._head] = np.where(
            uniform(self.seed, "task of the head", self._head) < HEAD_DECLARES["task"],
            place[dealt(weights, shares.shares, held)],
            NONE,
        )
        return self._completed("task", codes, mix_, real.TASK_DECLARED)

    def _parameters(self) -> Ints:
        """Stated in safetensors; 0 where it is not. Quantized models in GGUF state theirs elsewhere (`gguf_parameters`)."""
        levels, sizes = np.array([*real.PARAMETER_QUANTILES]), np.array([*real.PARAMETER_QUANTILES.values()])
        classes = Mix([str(size) for size in sizes[1:]], np.diff(levels).tolist(), [None] * (len(sizes) - 1))
        by_base = np.array([base.parameters for base in bases()])
        codes = self._all(OPEN)
        built = np.flatnonzero(self.lineage.relation >= 0)
        own = np.isin(self.lineage.relation[built], (ADAPTER, QUANTIZED))
        chance = np.where(own, 0.0, INHERITED["parameters"])
        inherited = np.clip(np.searchsorted(sizes, by_base[self.lineage.root[built]]) - 1, 0, len(classes.names) - 1)
        codes[built] = maybe(self.seed, "parameters stated", built, inherited, chance)
        planted = self.base_rows[self.base_rows >= 0]
        own_sizes = by_base[self.lineage.root[planted]]
        codes[planted] = np.clip(np.searchsorted(sizes, own_sizes) - 1, 0, len(classes.names) - 1)
        head_sizes = self._head_sizes()
        codes[self._head] = np.where(
            head_sizes > 0, np.clip(np.searchsorted(sizes, head_sizes) - 1, 0, len(classes.names) - 1), NONE
        )
        codes = self._completed("parameters", codes, classes, real.PARAMETERS_DECLARED)

        stated = codes >= 0
        low, high = np.log(sizes[codes]), np.log(sizes[np.minimum(codes + 1, len(sizes) - 1)])
        drawn = np.exp(low + (high - low) * uniform(self.seed, "parameters", self.rows))
        drawn = np.where(self.lineage.root >= 0, by_base[self.lineage.root], drawn)
        drawn[self._head] = head_sizes
        return np.where(stated, drawn, 0).astype(np.int64)

    def _head_sizes(self) -> Ints:
        limits = np.array([*real.DOWNLOADS_BY_SIZE])
        by_base = np.array([base.parameters for base in bases()])
        planted = np.flatnonzero(self.base_rows >= 0)
        held = np.bincount(
            np.minimum(np.searchsorted(limits, by_base[planted]), len(limits) - 1),
            weights=self._rates(self.base_rows[planted]),
            minlength=len(limits),
        )
        stated = uniform(self.seed, "size of the head stated", self._head) < HEAD_DECLARES["parameters"]
        sizes = np.zeros(len(self._head))
        classes = dealt(self._rates(self._head[stated]), np.array([*real.DOWNLOADS_BY_SIZE.values()]), held)
        low = np.array([1.0e6, *limits[:-1]])[classes]
        spread = uniform(self.seed, "size of the head", self._head[stated])
        sizes[stated] = low * (np.minimum(limits[classes], 1.0e11) / low) ** spread
        return sizes.astype(np.int64)

    def _libraries(self) -> Ints:
        mix_, relation, root = self.library_mix, self.lineage.relation, self.lineage.root
        codes = self._from_root([base.library for base in bases()], mix_, "library")
        diffusers, peft, gguf, transformers = mix_.codes(["diffusers", "peft", "gguf", "transformers"])
        adapters = np.flatnonzero(relation == ADAPTER)
        codes[adapters] = np.where(
            np.array([base.library == "diffusers" for base in bases()])[root[adapters]],
            diffusers,
            maybe(self.seed, "peft", adapters, np.full(len(adapters), peft), 0.93),
        )
        quantized = np.flatnonzero(relation == QUANTIZED)
        share = np.interp(self.created[quantized], [fit.seconds(day) for day in GGUF], [*GGUF.values()])
        other = maybe(self.seed, "quantized library", quantized, np.full(len(quantized), transformers), 0.6)
        codes[quantized] = np.where(uniform(self.seed, "gguf", quantized) < share, gguf, other)
        self.is_gguf = np.zeros(len(self.rows), dtype=bool)
        self.is_gguf[quantized] = codes[quantized] == gguf
        codes[self._head] = maybe(
            self.seed, "library of the head", self._head, self._head_library(), HEAD_DECLARES["library"]
        )
        return self._completed("library", codes, mix_, real.LIBRARY_DECLARED)

    def _head_library(self) -> Ints:
        """The library that goes with a task; transformers where nothing else does."""
        usual = {
            "sentence-similarity": "sentence-transformers",
            "text-to-image": "diffusers",
            "image-classification": "timm",
            "object-detection": "ultralytics",
        }
        by_task = self.library_mix.codes([usual.get(task, "transformers") for task in self.task_mix.names])
        return np.where(self.task[self._head] >= 0, by_task[self.task[self._head]], NONE)

    def _licences(self) -> Ints:
        """A model built on another keeps its licence in four of five cases, where it states one at all."""
        mix_, relation, root = self.licence_mix, self.lineage.relation, self.lineage.root
        codes = self._from_root([base.licence for base in bases()], mix_, "licence")
        built = np.flatnonzero((relation >= 0) & (codes >= 0))
        differs = built[uniform(self.seed, "licence differs", built) < real.LICENCE_MUTATION]
        codes[differs] = choose(uniform(self.seed, "another licence", differs), mix_.shares)
        drawn = mix_.draw(
            uniform(self.seed, "licence of the head", self._head),
            self.created[self._head],
            mix_.shares,
            self.created[self.alive_at_anchor],
        )
        codes[self._head] = maybe(self.seed, "head licence", self._head, drawn, HEAD_DECLARES["licence"])
        return self._completed("licence", codes, mix_, real.LICENCE_DECLARED)

    def _from_root(self, of_base: list[str], mix_: Mix, what: str) -> Ints:
        """Bases declare what bases.csv says; those built on them the same, or nothing; all others are OPEN."""
        by_base = np.array([mix_.names.index(name) if name in mix_.names else NONE for name in of_base])
        codes = self._all(OPEN)
        rooted = np.flatnonzero(self.lineage.root >= 0)
        inherited = by_base[self.lineage.root[rooted]]
        chance = np.where(self.is_base[rooted], 1.0, INHERITED[what])
        codes[rooted] = maybe(self.seed, f"{what} inherited", rooted, inherited, chance)
        return codes

    def _completed(self, what: str, codes: Ints, mix_: Mix, declared: float) -> Ints:
        return complete(
            self.seed, what, codes, mix=mix_, declared=declared, created=self.created, counted=self.alive_at_anchor
        )

    def _all(self, code: int) -> Ints:
        return np.full(len(self.rows), code, dtype=np.int64)

    def _rates(self, rows: Ints) -> Floats:
        assert self.downloads is not None
        return self.downloads.rate[rows]

    def _held(self, wanted: list[str], of_base: list[str]) -> Floats:
        """Downloads that the bases bring to each of the wanted names."""
        held = np.zeros(len(wanted))
        for number, row in enumerate(self.base_rows.tolist()):
            if row >= 0 and of_base[number] in wanted:
                held[wanted.index(of_base[number])] += self._rates(np.array([row]))[0]
        return held

    # How they are called. --------------------------------------------------------------------------------------------

    def authors(self, rows: Ints) -> list[str]:
        codes = self.author_codes(rows)
        # A handful of authors quantize most models: one in 500 of all authors does it.
        codes = np.where(self.lineage.relation[rows] == QUANTIZED, codes // 500, codes)
        return [
            bases()[root].organisation if is_base else names.author(code)
            for code, root, is_base in zip(
                codes.tolist(), self.lineage.root[rows].tolist(), self.is_base[rows].tolist(), strict=True
            )
        ]

    def names(self, rows: Ints) -> list[str]:
        lineage = self.lineage
        described = zip(
            rows.tolist(),
            self.name_draws(rows),
            lineage.root[rows].tolist(),
            lineage.relation[rows].tolist(),
            self.task[rows].tolist(),
            strict=True,
        )
        named = []
        for row, draw, root, relation, task in described:
            if relation >= 0:
                named.append(names.derived(bases()[root].name, RELATIONS[relation], draw, row))
            elif root >= 0:
                named.append(bases()[root].name)
            else:
                named.append(names.ordinary(None if task == NONE else self.task_mix.names[task], draw, row))
        return named

    def parents(self, rows: Ints) -> list[list[int]]:
        """Rows of the bases that a model names: none, one, or two for a merge."""
        pairs = zip(self.lineage.parent[rows].tolist(), self.lineage.second_parent[rows].tolist(), strict=True)
        return [[row for row in pair if row >= 0] for pair in pairs]

    def gguf_parameters(self, rows: Ints) -> Ints:
        sizes = np.array([base.parameters for base in bases()])
        return np.where(self.is_gguf[rows], sizes[self.lineage.root[rows]], 0)

    def gated(self, rows: Ints) -> list[str | None]:
        """None is open to all; else how a request is answered."""
        by_base = np.array([base.licence in GATED_LICENCES for base in bases()])
        draws = uniform(self.seed, "gated", rows)
        asks = np.where(self.is_base[rows], by_base[self.lineage.root[rows]], draws < real.GATED_SHARE)
        return [
            "manual" if is_base else "auto" if ask else None
            for ask, is_base in zip(asks.tolist(), (asks & self.is_base[rows]).tolist(), strict=True)
        ]
