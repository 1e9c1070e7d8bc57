"""The simulated models: lineage first, then how much they are used, then what their uploaders declare."""

import numpy as np

from collector.demo import calibration as real
from collector.demo import fit, names
from collector.demo.chance import Ints, uniform
from collector.demo.declared import NONE
from collector.demo.growth import NEVER, Growth
from collector.demo.lineage import QUANTIZED, RELATIONS, descend, plant
from collector.demo.model_declarations import LANGUAGES, LIBRARIES, LICENCES, TASKS, Declarations, of_bases
from collector.demo.names import bases
from collector.demo.repositories import Repositories

HEAD = 0.01  # the most downloaded, whose tasks and sizes are dealt out by downloads
GATED_LICENCES = ("llama2", "llama3", "llama3.1", "llama3.2", "llama3.3", "llama4", "gemma")
QUANTIZERS = 500  # one author in so many quantizes, and they make most of what is quantized: no figure published


class Models(Repositories):
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

        standing = fit.standings(
            seed,
            self.kind,
            self.created,
            self.removed,
            leaders=self.base_rows[np.argsort(-of_bases("downloads"), kind="stable")],
            followers=np.flatnonzero(self.lineage.relation >= 0),
        )
        self.downloads = fit.downloads(seed, self.kind, self.created, self.removed, standing)
        best_known = self.base_rows[np.argsort(-of_bases("children"), kind="stable")]
        self.likes = fit.likes(seed, self.kind, self.created, leaders=best_known, size=size)

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
