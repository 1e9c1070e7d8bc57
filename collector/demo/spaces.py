"""The simulated Spaces, and the models and datasets they link."""

import numpy as np

from collector.demo import calibration as real
from collector.demo import fit, names
from collector.demo.chance import Ints, choose, mix, uniform
from collector.demo.datasets import Datasets
from collector.demo.declared import NONE
from collector.demo.growth import Growth
from collector.demo.lineage import pick_bases
from collector.demo.models import Models
from collector.demo.repositories import Repositories

LINKS_ORDINARY = 0.3  # of the Spaces with a model, one that is no base; no figure published


class Spaces(Repositories):
    kind = "spaces"
    licence_mix = mix("model_licences")
    sdk_mix = mix("space_sdks")

    def __init__(self, growth: Growth, models: Models, datasets: Datasets, *, seed: int, size: int) -> None:
        super().__init__(growth, seed=seed, size=size)
        nobody = np.array([], dtype=np.int64)
        self.likes = fit.likes(seed, self.kind, self.created, leaders=nobody, size=size)
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
