"""The Hub's vocabulary as its own documents give it. It is the real one, read from warehouse/reference."""

import json
from functools import cache

from collector.demo.world.chance import mix
from warehouse.marts import reference

NO_LICENCE = ("undeclared", "unknown-to-listing", "multiple")


@cache
def document(name: str) -> bytes:
    """`tasks`, `models-tags-by-type` or `datasets-tags-by-type`."""
    make = {"tasks": _tasks, "models-tags-by-type": _model_tags, "datasets-tags-by-type": _dataset_tags}
    return json.dumps(make[name]()).encode()


def _tasks() -> dict[str, dict[str, object]]:
    empty: dict[str, list[str]] = {"datasets": [], "models": [], "spaces": [], "metrics": [], "libraries": []}
    return {
        task["task_id"]: {"id": task["task_id"], "label": task["label_en"], **empty} for task in reference.rows("tasks")
    }


def _model_tags() -> dict[str, list[dict[str, str]]]:
    return {
        "region": [{"id": "region:us", "label": "US", "type": "region"}],
        "library": [_tag(row["library_id"], row["label"], "library") for row in reference.rows("libraries")],
        "license": _licences(),
        "language": [_tag(row["language_id"], row["label_en"], "language") for row in reference.rows("languages")],
        "pipeline_tag": [
            _tag(row["task_id"], row["label_en"], "pipeline_tag") | {"subType": row["modality"]}
            for row in reference.rows("tasks")
        ],
    }


def _dataset_tags() -> dict[str, list[dict[str, str]]]:
    def prefixed(group: str, names: list[str]) -> list[dict[str, str]]:
        return [_tag(f"{group}:{name}", name, group) for name in names]

    return {
        "license": _licences(),
        "language": [
            _tag(f"language:{row['language_id']}", row["label_en"], "language") for row in reference.rows("languages")
        ],
        "task_categories": [
            _tag(f"task_categories:{row['task_id']}", row["label_en"], "task_categories") | {"subType": row["modality"]}
            for row in reference.rows("tasks")
        ],
        "size_categories": prefixed("size_categories", mix("size_categories").names),
        "format": prefixed("format", mix("formats").names),
        "modality": prefixed("modality", mix("modalities").names),
    }


def _licences() -> list[dict[str, str]]:
    """Those with a licence behind them: the table also names what is not declared, and what has several."""
    return [
        _tag(f"license:{row['licence_id']}", row["name"], "license")
        for row in reference.rows("licence_classes")
        if row["licence_id"] not in NO_LICENCE
    ]


def _tag(tag_id: str, label: str, group: str) -> dict[str, str]:
    return {"id": tag_id, "label": label, "type": group}
