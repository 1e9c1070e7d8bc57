"""Pages of records as JSON bytes, fast: what stays is written once, what moves is filled in."""

from collections.abc import Callable
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from collector.demo.answers import fields
from collector.demo.answers.fields import Standing, card, linked, named, once, same, scalar_or_list, tag_list
from collector.demo.world.calibration import GATED_SHARE
from collector.demo.world.chance import Flags, Floats, Ints, choose, uniform
from collector.demo.world.declared import NONE
from collector.demo.world.derivation import QUANTIZED, RELATIONS
from collector.demo.world.ecosystem import Ecosystem
from collector.demo.world.kinds import Datasets, Models, Spaces
from collector.demo.world.repositories import Repositories


class _Declared(NamedTuple):
    """What tags and card of one model repeat; None and [] where it is not declared."""

    task: str | None
    library: str | None
    licence: str | None
    languages: list[str]
    relation: str | None
    bases: list[str]
    has_weights: bool
    has_card: bool


def _of_models(models: Models) -> dict[str, Standing]:
    declared = once(lambda rows, is_later: _declared(models, rows, is_later))
    return {
        "pipeline_tag": lambda rows, _: named("pipeline_tag", models.task[rows], models.task_mix.names),
        "library_name": lambda rows, _: named("library_name", models.library[rows], models.library_mix.names),
        "tags": lambda rows, is_later: [tag_list(_tags(model)) for model in declared(rows, is_later)],
        "cardData": lambda rows, is_later: [_card(model) for model in declared(rows, is_later)],
        "baseModels": lambda rows, is_later: _base_models(models, rows, declared(rows, is_later)),
        "safetensors": lambda rows, _: _safetensors(models, rows),
        "gguf": lambda rows, _: [
            f'"gguf":{{"total":{total}}}' if total else "" for total in models.gguf_parameters(rows).tolist()
        ],
        "gated": lambda rows, _: [f'"gated":"{how}"' if how else '"gated":false' for how in models.gated(rows)],
        "config": lambda rows, _: ['"config":{}'] * len(rows),
    }


def _declared(models: Models, rows: Ints, is_later: bool) -> list[_Declared]:
    columns = zip(
        models.task[rows].tolist(),
        models.library[rows].tolist(),
        models.licence(rows, is_changed=is_later),
        models.language[rows].tolist(),
        models.lineage.relation[rows].tolist(),
        _of_parents(models, rows, models.ids),
        (models.parameters[rows] > 0).tolist(),
        models.has_card[rows].tolist(),
        strict=True,
    )
    return [
        _Declared(
            task=None if task == NONE else models.task_mix.names[task],
            library=None if library == NONE else models.library_mix.names[library],
            licence=licence,
            languages=[] if language == NONE else models.language_mix.names[language].split(),
            relation=None if relation == NONE else RELATIONS[relation],
            bases=bases,
            has_weights=has_weights,
            has_card=has_card or licence is not None,
        )
        for task, library, licence, language, relation, bases, has_weights, has_card in columns
    ]


def _tags(model: _Declared) -> list[str]:
    tags = [model.library] if model.library else []
    tags += ["safetensors"] if model.has_weights else []
    tags += [model.task] if model.task else []
    tags += model.languages
    tags += [f"base_model:{base}" for base in model.bases]
    tags += [f"base_model:{model.relation}:{base}" for base in model.bases]
    tags += [f"license:{model.licence}"] if model.licence else []
    tags += ["endpoints_compatible"] if model.library == "transformers" else []
    return [*tags, "region:us"]


def _card(model: _Declared) -> str:
    if not model.has_card:
        return ""
    return card(
        {
            "license": model.licence,
            "license_name": "sim-terms" if model.licence == "other" else None,
            "language": scalar_or_list(model.languages),
            "base_model": scalar_or_list(model.bases),
            "library_name": model.library,
            "pipeline_tag": model.task,
        }
    )


def _base_models(models: Models, rows: Ints, declared: list[_Declared]) -> list[str]:
    keys = _of_parents(models, rows, models.keys)
    return [
        f'"baseModels":{{"relation":"{model.relation}","models":[{",".join(_entries(its_keys, model.bases))}]}}'
        if model.relation
        else ""
        for model, its_keys in zip(declared, keys, strict=True)
    ]


def _entries(keys: list[str], ids: list[str]) -> list[str]:
    return [f'{{"_id":"{key}","id":"{name}"}}' for key, name in zip(keys, ids, strict=True)]


def _of_parents(models: Models, rows: Ints, describe: Callable[[Ints], list[str]]) -> list[list[str]]:
    """A text for each base that a model names."""
    parents = models.parents(rows)
    different = np.array(sorted({parent for pair in parents for parent in pair}), dtype=np.int64)
    texts = dict(zip(different.tolist(), describe(different), strict=True))
    return [[texts[parent] for parent in pair] for pair in parents]


def _safetensors(models: Models, rows: Ints) -> list[str]:
    is_quantized = (models.lineage.relation[rows] == QUANTIZED).tolist()
    return [
        f'"safetensors":{{"parameters":{{"{"I8" if small else "BF16"}":{total}}},"total":{total}}}' if total else ""
        for total, small in zip(models.parameters[rows].tolist(), is_quantized, strict=True)
    ]


RUNTIME = '"runtime":{"stage":"RUNNING","hardware":{"current":"cpu-basic","requested":"cpu-basic"},"gcTimeout":172800}'


def _of_datasets(datasets: Datasets) -> dict[str, Standing]:
    return {
        "key": same('"key":""'),
        "description": same('"description":"Simulated."'),
        "mainSize": lambda rows, _: [f'"mainSize":{size}' for size in datasets.sizes(rows)],
        "gated": lambda rows, _: [
            '"gated":"auto"' if asks else '"gated":false'
            for asks in (uniform(datasets.seed, "dataset gated", rows) < GATED_SHARE).tolist()
        ],
        "tags": lambda rows, is_later: _dataset_tags(datasets, rows, is_later),
        "cardData": lambda rows, is_later: _dataset_cards(datasets, rows, is_later),
    }


def _of_spaces(spaces: Spaces, models: Repositories, datasets: Repositories) -> dict[str, Standing]:
    return {
        "sdk": lambda rows, _: named("sdk", spaces.sdk[rows], spaces.sdk_mix.names),
        "models": lambda rows, _: linked("models", spaces.model[rows], models),
        "datasets": lambda rows, _: linked("datasets", spaces.dataset[rows], datasets),
        "runtime": same(RUNTIME),
        "subdomain": lambda rows, _: [f'"subdomain":"{name.replace("/", "-")}"' for name in spaces.ids(rows)],
        "tags": lambda rows, _: [
            tag_list([spaces.sdk_mix.names[code], "region:us"]) for code in spaces.sdk[rows].tolist()
        ],
        "cardData": lambda rows, is_later: [
            card({"title": name, "sdk": spaces.sdk_mix.names[sdk], "license": licence})
            for name, sdk, licence in zip(
                spaces.names(rows), spaces.sdk[rows].tolist(), spaces.licence(rows, is_changed=is_later), strict=True
            )
        ],
    }


def _dataset_tags(datasets: Datasets, rows: Ints, is_later: bool) -> list[str]:
    def drawn(mix_name: str, names: list[str], shares: Floats) -> list[str]:
        return [names[code] for code in choose(uniform(datasets.seed, mix_name, rows), shares).tolist()]

    sizes = [datasets.size_mix.names[code] for code in datasets.size_codes(rows).tolist()]
    formats = drawn("format", datasets.format_mix.names, datasets.format_mix.shares)
    modalities = drawn("modality", datasets.modality_mix.names, datasets.modality_mix.shares)
    columns = zip(
        datasets.tasks(rows),
        _languages(datasets, rows),
        datasets.licence(rows, is_changed=is_later),
        sizes,
        formats,
        modalities,
        strict=True,
    )
    return [
        tag_list(
            [
                *(f"task_categories:{task}" for task in tasks),
                *(f"language:{language}" for language in languages),
                *([f"license:{licence}"] if licence else []),
                f"size_categories:{size}",
                f"format:{format_}",
                f"modality:{modality}",
                "library:datasets",
                "region:us",
            ]
        )
        for tasks, languages, licence, size, format_, modality in columns
    ]


def _dataset_cards(datasets: Datasets, rows: Ints, is_later: bool) -> list[str]:
    columns = zip(
        datasets.tasks(rows),
        _languages(datasets, rows),
        datasets.licence(rows, is_changed=is_later),
        datasets.has_card[rows].tolist(),
        strict=True,
    )
    return [
        card({"license": licence, "language": scalar_or_list(languages), "task_categories": tasks})
        if has_card or licence
        else ""
        for tasks, languages, licence, has_card in columns
    ]


def _languages(datasets: Datasets, rows: Ints) -> list[list[str]]:
    names = datasets.language_mix.names
    return [[] if code == NONE else names[code].split() for code in datasets.language[rows].tolist()]


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
            "models": lambda: _of_models(ecosystem.models),
            "datasets": lambda: _of_datasets(ecosystem.datasets),
            "spaces": lambda: _of_spaces(ecosystem.spaces, ecosystem.models, ecosystem.datasets),
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
