"""Pages of records as JSON bytes, fast: what stays is written once, what moves is filled in."""

from itertools import chain
from typing import Any

import numpy as np

from collector.demo import fields, model_fields, other_fields
from collector.demo.chance import Flags, Ints
from collector.demo.ecosystem import Ecosystem

LARGEST_KEPT = 250_000  # repositories of a kind whose texts are kept: about 1 kB each

# What a listing gives without being asked, and with `full` (recorded answers of July 2026).
DEFAULT = {
    "models": "_id id likes trendingScore private downloads tags pipeline_tag library_name createdAt modelId",
    "datasets": "_id id author disabled gated lastModified likes trendingScore private sha description downloads tags"
    " createdAt key",
    "spaces": "_id id likes trendingScore private sdk tags createdAt",
}
FULL = {
    "models": "author gated lastModified sha siblings",
    "datasets": "cardData",
    "spaces": "author lastModified siblings cardData",
}
# Properties that the Hub accepts in a listing and leaves out of its records all the same.
SILENT = {
    "models": "evalResults inference inferenceProviderMapping mask_token model-index resourceGroup spaces"
    " transformersInfo widgetData",
    "datasets": "citation paperswithcode_id resourceGroup",
    "spaces": "region resourceGroup",
}


class Pages:
    """Renders rows of one kind."""

    def __init__(self, ecosystem: Ecosystem, kind: str) -> None:
        repositories = ecosystem.kinds[kind]
        own = {
            "models": lambda: model_fields.standing(ecosystem.models),
            "datasets": lambda: other_fields.of_datasets(ecosystem.datasets),
            "spaces": lambda: other_fields.of_spaces(ecosystem.spaces, ecosystem.models, ecosystem.datasets),
        }
        self._repositories = repositories
        self._standing = fields.standing(repositories) | own[kind]()
        self._moving = fields.moving(repositories)
        self.known = {*self._standing, *self._moving, *SILENT[kind].split()} - {"_id", "id", "modelId"}
        self._kept: dict[tuple[str, ...], np.ndarray[Any, np.dtype[np.object_]]] = {}

    def render(self, rows: Ints, wanted: tuple[str, ...], at: int) -> bytes:
        """A JSON array with one record for each row, as of a moment; wanted: names of fields."""
        names = tuple(dict.fromkeys(("_id", "id", *wanted)))
        texts = self._texts(rows, names, self._repositories.changed[rows] <= at)
        filled = [self._moving[name][1](rows, at) for name in names if name in self._moving]
        return (f"[{','.join(texts)}]" % tuple(chain.from_iterable(zip(*filled, strict=True)))).encode()

    def _texts(self, rows: Ints, names: tuple[str, ...], is_later: Flags) -> list[str]:
        """A template for each row, from memory where it was written before."""
        count = len(self._repositories.rows)
        if count > LARGEST_KEPT:
            return self._written(rows, names, is_later)
        if names not in self._kept:
            self._kept[names] = np.full((2, count), "", dtype=object)
        kept = self._kept[names]
        places = is_later.astype(np.int64), rows
        missing = kept[places] == ""
        if missing.any():
            fresh = rows[missing], is_later[missing]
            kept[fresh[1].astype(np.int64), fresh[0]] = self._written(fresh[0], names, fresh[1])
        texts: list[str] = kept[places].tolist()
        return texts

    def _written(self, rows: Ints, names: tuple[str, ...], is_later: Flags) -> list[str]:
        """Templates of rows, in their order; those with a later licence are written apart."""
        to_fill = [self._moving[name][0] for name in names if name in self._moving]
        written = [""] * len(rows)
        for later in (False, True):
            places = np.flatnonzero(is_later == later)
            here = rows[places]
            columns = [self._standing[name](here, later) for name in names if name in self._standing]
            for place, parts in zip(places.tolist(), zip(*columns, strict=True), strict=True):
                written[place] = "{" + ",".join([*filter(None, parts), *to_fill]) + "}"
        return written
