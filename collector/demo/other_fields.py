"""The fields that only datasets, or only Spaces, have."""

import numpy as np

from collector.demo.calibration import GATED_SHARE
from collector.demo.chance import Floats, Ints, choose, uniform
from collector.demo.datasets import Datasets
from collector.demo.declared import NONE
from collector.demo.fields import Standing, card, named, same, scalar_or_list, tag_list
from collector.demo.repositories import Repositories
from collector.demo.spaces import Spaces

RUNTIME = '"runtime":{"stage":"RUNNING","hardware":{"current":"cpu-basic","requested":"cpu-basic"},"gcTimeout":172800}'


def of_datasets(datasets: Datasets) -> dict[str, Standing]:
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


def of_spaces(spaces: Spaces, models: Repositories, datasets: Repositories) -> dict[str, Standing]:
    return {
        "sdk": lambda rows, _: named("sdk", spaces.sdk[rows], spaces.sdk_mix.names),
        "models": lambda rows, _: _linked("models", spaces.model[rows], models),
        "datasets": lambda rows, _: _linked("datasets", spaces.dataset[rows], datasets),
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


def _linked(field: str, rows: Ints, repositories: Repositories) -> list[str]:
    linked = np.unique(rows[rows >= 0])
    ids = dict(zip(linked.tolist(), repositories.ids(linked), strict=True))
    return [f'"{field}":["{ids[row]}"]' if row >= 0 else f'"{field}":[]' for row in rows.tolist()]
