"""The simulated datasets."""

import numpy as np

from collector.demo import calibration as real
from collector.demo import fit, names
from collector.demo.chance import Ints, choose, mix, uniform
from collector.demo.declared import NONE, OPEN, complete
from collector.demo.growth import Growth
from collector.demo.repositories import Repositories

BYTES_A_ROW = 2_000  # no figure published
SECOND_TASK = 0.2  # of the datasets with a task; no figure published


class Datasets(Repositories):
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
        standing = fit.standings(seed, self.kind, self.created, self.removed, leaders=nobody, followers=nobody)
        self.downloads = fit.downloads(seed, self.kind, self.created, self.removed, standing)
        self.likes = fit.likes(seed, self.kind, self.created, leaders=nobody, size=size)

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
        return np.floor(BYTES_A_ROW * 10.0**exponent).astype(np.int64).tolist()
