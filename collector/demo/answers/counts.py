"""What the Hub's own listing pages fetch: a few records that match, and with `withCount` how many there are of the whole Hub."""

import numpy as np

from collector.demo.answers import records
from collector.demo.world.chance import Flags, Ints, Mix
from collector.demo.world.ecosystem import Ecosystem
from collector.demo.world.repositories import Repositories

ROUTES = {"/models-json": "models", "/datasets-json": "datasets"}
IN_A_PAGE = 30


class UnknownFilter(Exception):
    """A selection that this world cannot make; the message is its answer."""


class Counts:
    """Answers the pages' addresses as of a moment."""

    def __init__(self, ecosystem: Ecosystem, pages: dict[str, records.Pages]) -> None:
        self._ecosystem = ecosystem
        self._pages = pages

    def answer(self, kind: str, query: list[tuple[str, str]], at: int) -> bytes:
        """Several filters are "and"; raises UnknownFilter."""
        asked = dict(query)
        repositories = self._ecosystem.kinds[kind]
        fits = np.ones(len(repositories.rows), dtype=bool)
        for name, value in query:
            if name not in ("sort", "withCount", "p"):
                fits &= _fitting(repositories, name, value, at)
        rows, _ = self._ecosystem.listing(kind, "createdAt", at)
        matching = rows[fits[rows]]
        number = int(asked.get("p", "0"))
        shown = matching[number * IN_A_PAGE : (number + 1) * IN_A_PAGE]
        listed = self._pages[kind].render(shown, tuple(records.DEFAULT[kind].split()), at).decode()
        total = f'"numTotalItems":{len(matching)},' if asked.get("withCount") == "true" else ""
        return f'{{"{kind}":{listed},"numItemsPerPage":{IN_A_PAGE},{total}"pageIndex":{number}}}'.encode()


def _fitting(repositories: Repositories, name: str, value: str, at: int) -> Flags:
    """Which rows of all that ever were have a value, as the addresses of the Hub's pages name it."""
    if name == "license":
        return _declaring(repositories.licence_codes_at(at), repositories.licence_mix, value.removeprefix("license:"))
    columns = {"pipeline_tag": "task", "library": "library", "language": "language"}
    column = columns.get(name)
    if column is None or not hasattr(repositories, column):
        raise UnknownFilter(f"The simulated Hub cannot select by {name}")
    return _declaring(getattr(repositories, column), getattr(repositories, f"{column}_mix"), value.split(":")[-1])


def _declaring(codes: Ints, mix: Mix, value: str) -> Flags:
    """Which codes stand for a name that holds the value: some names are several languages."""
    return np.isin(codes, [code for code, name in enumerate(mix.names) if value in name.split()])
