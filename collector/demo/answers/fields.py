"""The fields that every record has, as the Hub writes them: JSON text for what stays, a place to fill for what moves.

Standing fields give the whole `"name":value` for each row, or "" where the Hub leaves the key out. Moving fields give a
template and the values to put into it. Names here hold neither quotes nor `%`, so they need no escaping.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np

from collector.demo.world.chance import Ints, bits
from collector.demo.world.declared import NONE
from collector.demo.world.repositories import Repositories

T = TypeVar("T")
Standing = Callable[[Ints, bool], list[str]]
"""(rows, whether their licence is the later one) -> the text of each row."""
Moving = tuple[str, Callable[[Ints, int], Sequence[Any]]]

SIBLINGS = {
    "models": (
        ".gitattributes",
        "README.md",
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
    ),
    "datasets": (".gitattributes", "README.md", "data/train-00000-of-00001.parquet"),
    "spaces": (".gitattributes", "README.md", "app.py", "requirements.txt"),
}


def standing(repositories: Repositories) -> dict[str, Standing]:
    """Fields of all kinds that never change."""
    authors = once(lambda rows, _: repositories.authors(rows))
    names = repositories.names
    ids = once(lambda rows, _: [f"{by}/{name}" for by, name in zip(authors(rows, False), names(rows), strict=True)])
    files = ",".join(f'{{"rfilename":"{name}"}}' for name in SIBLINGS[repositories.kind])
    return {
        "_id": lambda rows, _: [f'"_id":"{key}"' for key in repositories.keys(rows)],
        "id": lambda rows, _: [f'"id":"{name}"' for name in ids(rows, False)],
        "modelId": lambda rows, _: [f'"modelId":"{name}"' for name in ids(rows, False)],
        "author": lambda rows, _: [f'"author":"{name}"' for name in authors(rows, False)],
        "createdAt": lambda rows, _: [f'"createdAt":"{text}.000Z"' for text in iso(repositories.created[rows])],
        "private": same('"private":false'),
        "disabled": same('"disabled":false'),
        "siblings": same(f'"siblings":[{files}]'),
    }


def moving(repositories: Repositories) -> dict[str, Moving]:
    """Fields that change from day to day."""
    likes, downloads = repositories.likes, repositories.downloads
    fields: dict[str, Moving] = {
        "likes": ('"likes":%d', lambda rows, at: likes.count(rows, at).tolist()),
        "trendingScore": ('"trendingScore":%g', lambda rows, at: likes.trending(rows, at).tolist()),
        "lastModified": ('"lastModified":"%s.000Z"', lambda rows, at: iso(repositories.modified(rows, at))),
        "sha": ('"sha":"%s"', lambda rows, at: _commits(repositories, rows, at)),
    }
    if downloads is not None:
        fields["downloads"] = '"downloads":%d', lambda rows, at: downloads.last_30_days(rows, at).tolist()
        fields["downloadsAllTime"] = '"downloadsAllTime":%d', lambda rows, at: downloads.all_time(rows, at).tolist()
    return fields


def once(make: Callable[[Ints, bool], T]) -> Callable[[Ints, bool], T]:
    """Keeps the last result, because several fields of one page are made from the same columns."""
    kept: tuple[Ints, bool, T] | None = None

    def made(rows: Ints, is_later: bool) -> T:
        nonlocal kept
        mine = kept
        if mine is None or mine[0] is not rows or mine[1] != is_later:
            kept = mine = (rows, is_later, make(rows, is_later))
        return mine[2]

    return made


def same(text: str) -> Standing:
    """The same for every row."""
    return lambda rows, _: [text] * len(rows)


def named(field: str, codes: Ints, names: Sequence[str]) -> list[str]:
    """`"field":"name"` for each code, nothing where nothing is declared."""
    texts = [f'"{field}":"{name}"' for name in names]
    return ["" if code == NONE else texts[code] for code in codes.tolist()]


def linked(field: str, rows: Ints, repositories: Repositories) -> list[str]:
    """`"field":["owner/name"]` for each row of another kind, an empty list for -1."""
    linked = np.unique(rows[rows >= 0])
    ids = dict(zip(linked.tolist(), repositories.ids(linked), strict=True))
    return [f'"{field}":["{ids[row]}"]' if row >= 0 else f'"{field}":[]' for row in rows.tolist()]


def tag_list(tags: list[str]) -> str:
    """The member `tags` of a record, as JSON text."""
    return f'"tags":{_json(tags)}'


def card(entries: dict[str, str | list[str] | None]) -> str:
    """The README's header, without what it leaves out."""
    texts = [f'"{key}":{_json(value)}' for key, value in entries.items() if value]
    return f'"cardData":{{{",".join(texts)}}}'


def _json(value: str | list[str]) -> str:
    return f'"{value}"' if isinstance(value, str) else '["' + '","'.join(value) + '"]'


def scalar_or_list(values: list[str]) -> str | list[str] | None:
    """Cards hold one value bare and several as a list."""
    return values if len(values) > 1 else values[0] if values else None


def iso(moments: Ints) -> list[str]:
    """`2025-10-23T08:00:00` for Unix seconds."""
    texts: list[str] = np.datetime_as_string(moments.astype("datetime64[s]")).tolist()
    return texts


def _commits(repositories: Repositories, rows: Ints, at: int) -> list[str]:
    # A commit is named by the repository and its moment.
    moments = rows * 2**32 + repositories.modified(rows, at)
    parts = (bits(repositories.seed, f"{repositories.kind} commit {part}", moments).tolist() for part in "abc")
    return [f"{a:016x}{b:016x}{c >> 32:08x}" for a, b, c in zip(*parts, strict=True)]
