"""The simulated models, datasets and Spaces: lineage first, then how much they are used, then what uploaders declare."""

import numpy as np

from collector.demo.world import calibration as real
from collector.demo.world import names, usage
from collector.demo.world.arrivals import NEVER, Growth
from collector.demo.world.chance import Ints, choose, mix, uniform
from collector.demo.world.declared import (
    LANGUAGES,
    LIBRARIES,
    LICENCES,
    NONE,
    OPEN,
    TASKS,
    Declarations,
    complete,
    of_bases,
)
from collector.demo.world.derivation import QUANTIZED, RELATIONS, descend, pick_bases, plant
from collector.demo.world.names import bases
from collector.demo.world.repositories import Repositories

HEAD = 0.01  # the most downloaded, whose tasks and sizes are dealt out by downloads
GATED_LICENCES = ("llama2", "llama3", "llama3.1", "llama3.2", "llama3.3", "llama4", "gemma")
QUANTIZERS = 500  # one author in so many quantizes, and they make most of what is quantized: no figure published


class Models(Repositories):
    """The models of the world: what each is built on, how large it is, and how much it is used."""

    kind = "models"
    licence_mix = LICENCES
    task_mix = TASKS
    library_mix = LIBRARIES
    language_mix = LANGUAGES

    def __init__(self, growth: Growth, *, seed: int, size: int) -> None:
        super().__init__(growth, seed=seed, size=size)
        self.base_rows = plant(self.created)
        planted = self.base_rows[self.base_rows >= 0]
        self.removed[planted] = NEVER
        self.is_base = np.isin(self.rows, planted)
        self.lineage = descend(seed, self.created, self.base_rows, self.alive_at_anchor)

        standing = usage.standings(
            seed,
            self.kind,
            self.created,
            self.removed,
            leaders=self.base_rows[np.argsort(-of_bases("downloads"), kind="stable")],
            followers=np.flatnonzero(self.lineage.relation >= 0),
        )
        self.downloads = usage.downloads(seed, self.kind, self.created, self.removed, standing)
        best_known = self.base_rows[np.argsort(-of_bases("children"), kind="stable")]
        self.likes = usage.likes(seed, self.kind, self.created, leaders=best_known, size=size)

        declared = Declarations(
            seed,
            self.created,
            self.lineage,
            self.is_base,
            self.downloads.rate,
            self.alive_at_anchor,
            head=np.flatnonzero((standing < HEAD) & (self.lineage.root < 0)),
        )
        self.task = declared.tasks().astype(np.int8)
        self.library = declared.libraries(self.task).astype(np.int8)
        self.language = declared.languages().astype(np.int8)
        self.parameters = declared.parameters()
        self.settle_licences(declared.licences())
        # Who declares a licence or a language has a card; the others make up what is missing to the published share.
        speaks = (self.licence_codes >= 0) | (self.language >= 0)
        share = speaks[self.alive_at_anchor].mean()
        self.has_card = speaks | (uniform(seed, "card", self.rows) < (real.CARD_WRITTEN - share) / (1 - share))

    def authors(self, rows: Ints) -> list[str]:
        codes = self.author_codes(rows)
        codes = np.where(self.lineage.relation[rows] == QUANTIZED, codes // QUANTIZERS, codes)
        columns = zip(codes.tolist(), self.lineage.root[rows].tolist(), self.is_base[rows].tolist(), strict=True)
        return [bases()[root].organisation if is_base else names.author(code) for code, root, is_base in columns]

    def names(self, rows: Ints) -> list[str]:
        columns = zip(
            rows.tolist(),
            self.name_draws(rows),
            self.lineage.root[rows].tolist(),
            self.lineage.relation[rows].tolist(),
            self.task[rows].tolist(),
            strict=True,
        )
        named = []
        for row, draw, root, relation, task in columns:
            if relation >= 0:
                named.append(names.derived(bases()[root].name, RELATIONS[relation], draw, row))
            elif root >= 0:
                named.append(bases()[root].name)
            else:
                named.append(names.ordinary(None if task == NONE else TASKS.names[task], draw, row))
        return named

    def parents(self, rows: Ints) -> list[list[int]]:
        """Rows of the bases that a model names: none, one, or two for a merge."""
        pairs = zip(self.lineage.parent[rows].tolist(), self.lineage.second_parent[rows].tolist(), strict=True)
        return [[row for row in pair if row >= 0] for pair in pairs]

    def gguf_parameters(self, rows: Ints) -> Ints:
        """Of quantized models in GGUF, else 0."""
        is_gguf = (self.lineage.relation[rows] == QUANTIZED) & (self.library[rows] == LIBRARIES.names.index("gguf"))
        return np.where(is_gguf, of_bases("parameters")[self.lineage.root[rows]], 0)

    def gated(self, rows: Ints) -> list[str | None]:
        """None is open to all; else how a request is answered."""
        asks_at_base = np.array([base.licence in GATED_LICENCES for base in bases()])[self.lineage.root[rows]]
        is_base, asks = self.is_base[rows], uniform(self.seed, "gated", rows) < real.GATED_SHARE
        answers = np.where(is_base, np.where(asks_at_base, "manual", ""), np.where(asks, "auto", ""))
        return [answer or None for answer in answers.tolist()]


BYTES_A_ROW = 2_000  # no figure published
SECOND_TASK = 0.2  # of the datasets with a task; no figure published


class Datasets(Repositories):
    """The data sets of the world."""

    kind = "datasets"
    licence_mix = mix("dataset_licences")
    task_mix = mix("dataset_tasks")
    language_mix = mix("language_sets")
    size_mix = mix("size_categories")
    format_mix = mix("formats")
    modality_mix = mix("modalities")

    def __init__(self, growth: Growth, *, seed: int, size: int) -> None:
        super().__init__(growth, seed=seed, size=size)
        nobody = np.array([], dtype=np.int64)
        standing = usage.standings(seed, self.kind, self.created, self.removed, leaders=nobody, followers=nobody)
        self.downloads = usage.downloads(seed, self.kind, self.created, self.removed, standing)
        self.likes = usage.likes(seed, self.kind, self.created, leaders=nobody, size=size)

        def drawn(what: str, declared: float) -> Ints:
            return complete(
                seed,
                f"dataset {what}",
                np.full(len(self.rows), OPEN, dtype=np.int64),
                mix=mix("language_sets" if what == "language" else f"dataset_{what}s"),
                declared=declared,
                created=self.created,
                counted=self.alive_at_anchor,
            )

        self.task = drawn("task", real.DATASET_TASK_DECLARED).astype(np.int8)
        self.language = drawn("language", real.DATASET_LANGUAGE_DECLARED).astype(np.int8)
        self.settle_licences(drawn("licence", real.DATASET_LICENCE_DECLARED))
        self.has_card = (self.licence_codes >= 0) | (self.task >= 0) | (self.language >= 0)

    def names(self, rows: Ints) -> list[str]:
        return [names.dataset(draw, row) for draw, row in zip(self.name_draws(rows), rows.tolist(), strict=True)]

    def tasks(self, rows: Ints) -> list[list[str]]:
        """None, one or two task categories."""
        second = choose(uniform(self.seed, "second task", rows), self.task_mix.shares)
        has_second = uniform(self.seed, "has second task", rows) < SECOND_TASK
        listed = []
        for first, other, both in zip(self.task[rows].tolist(), second.tolist(), has_second.tolist(), strict=True):
            codes = [] if first == NONE else [first, other] if both and other != first else [first]
            listed.append([self.task_mix.names[code] for code in codes])
        return listed

    def size_codes(self, rows: Ints) -> Ints:
        return choose(uniform(self.seed, "dataset rows", rows), self.size_mix.shares)

    def sizes(self, rows: Ints) -> list[int]:
        """Bytes on the main branch, in keeping with the size category."""
        exponent = 2 + self.size_codes(rows) + uniform(self.seed, "dataset bytes", rows)
        sizes: list[int] = np.floor(BYTES_A_ROW * 10.0**exponent).astype(np.int64).tolist()
        return sizes


LINKS_ORDINARY = 0.3  # of the Spaces with a model, one that is no base; no figure published


class Spaces(Repositories):
    """The Spaces of the world, which run models and data sets of it."""

    kind = "spaces"
    licence_mix = mix("model_licences")
    sdk_mix = mix("space_sdks")

    def __init__(self, growth: Growth, models: Models, datasets: Datasets, *, seed: int, size: int) -> None:
        super().__init__(growth, seed=seed, size=size)
        nobody = np.array([], dtype=np.int64)
        self.likes = usage.likes(seed, self.kind, self.created, leaders=nobody, size=size)
        self.sdk = choose(uniform(seed, "sdk", self.rows), self.sdk_mix.shares).astype(np.int8)
        # Licences of Spaces are not what the Hub's filters show; the template declares one of these or none.
        speaks = uniform(seed, "space licence declared", self.rows) < real.SPACE_LICENCE_DECLARED
        usual = self.licence_mix.codes(["apache-2.0", "mit"])
        self.settle_licences(
            np.where(speaks, usual[choose(uniform(seed, "space licence", self.rows), np.array([0.55, 0.45]))], NONE)
        )

        self.model = np.full(len(self.rows), NONE, dtype=np.int64)
        linking = np.flatnonzero(uniform(seed, "links a model", self.rows) < real.SPACE_LINKS_MODEL)
        chosen = pick_bases(seed, "linked model", linking, self.created[linking], models.created, models.base_rows)
        ordinary = _earlier(seed, "linked ordinary model", linking, self.created[linking], models.created)
        is_ordinary = (uniform(seed, "links an ordinary model", linking) < LINKS_ORDINARY) & (ordinary >= 0)
        self.model[linking] = np.where(is_ordinary, ordinary, models.base_rows[chosen])
        self.dataset = np.full(len(self.rows), NONE, dtype=np.int64)
        linking = np.flatnonzero(uniform(seed, "links a dataset", self.rows) < real.SPACE_LINKS_DATASET)
        self.dataset[linking] = _earlier(seed, "linked dataset", linking, self.created[linking], datasets.created)

    def names(self, rows: Ints) -> list[str]:
        return [names.space(draw, row) for draw, row in zip(self.name_draws(rows), rows.tolist(), strict=True)]


def _earlier(seed: int, what: str, rows: Ints, at: Ints, created: Ints) -> Ints:
    """A repository that is older than each moment, rather a recent one; -1 where there is none."""
    count = np.searchsorted(created, at, side="left")
    return count - 1 - (uniform(seed, what, rows) ** 2 * count).astype(np.int64)
