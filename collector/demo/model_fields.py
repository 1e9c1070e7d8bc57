"""The fields that only models have."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from collector.demo.chance import Ints
from collector.demo.declared import NONE
from collector.demo.fields import Standing, card, named, once, scalar_or_list, tag_list
from collector.demo.lineage import QUANTIZED, RELATIONS
from collector.demo.models import Models


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


def standing(models: Models) -> dict[str, Standing]:
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
