"""Which tables a public copy holds, in which order, and what stands in it in place of an address of ours."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.duck import literal
from warehouse.marts import reference
from warehouse.relations import read_relations

HERE = Path(__file__).parent
MARTS = (
    "repositories",
    "snapshots",
    "population",
    "census",
    "growth",
    "licence_mix",
    "task_coverage",
    "library_use",
    "language_coverage",
    "family_use",
    "family_licences",
    "lineage_families",
    "lineage_bases",
    "family_bases",
    "model_sizes",
    "size_by_month",
    "concentration",
    "downloads_top",
    "author_ranking",
    "origin_mix",
    "task_licences",
    "derivative_makers",
    "openness_systems",
    "openai_models",
    "openai_events",
    "catalogue",
    "price_steps",
    "pypi_downloads",
    "hub_counts",
    "library_tasks",
    "task_leaders",
    "movers",
    "turnover",
    "survivors",
    "lorenz",
    "licence_changes",
    "lineage_speed",
    "size_percentiles",
    "openness_classes",
    "benchmark_scores",
    "catalogue_models",
    "catalogue_changes",
    "catalogue_releases",
    "catalogue_stays",
    "openai_changes",
    "openai_listing",
    "openai_offers",
    "openai_task_coverage",
    "openai_task_stays",
    "listed_repositories",
    "absences",
    "run_log",
)
"""How things stand, then how they came to be, then what only the dashboard asks. Not `lake_files`: a copy has files of its own."""
OF_REPOSITORIES = frozenset({"repositories", "listed_repositories", "absences"})
"""Tables with a row for each repository: the small edition lacks them."""
HUB = "https://huggingface.co"
_ADDRESS = r"https?://[^\s,;)]+|[A-Za-z0-9-]*[A-Za-z.][A-Za-z0-9.-]*:\d{2,5}\b|\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b"
"""What looks like an address in a sentence."""


@dataclass(frozen=True)
class Told:
    """What a card says of a table before its fields."""

    description: str
    grain: tuple[str, ...]


@cache
def told() -> dict[str, Told]:
    """Every published table and what a row of it is: the marts in their order, then the reference tables they were made with."""
    relations = {relation.name: relation for relation in read_relations()}
    marts = {name: Told(relations[name].description, relations[name].grain) for name in MARTS}
    with (HERE / "references.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return marts | {row["table"]: Told(row["description"], tuple(row["key"].split(", "))) for row in rows}


def query_of(table: str, hosts: Iterable[str]) -> str:
    """The query of what is published of a table, the same rows always in the same order.

    hosts: names and ports of servers that were asked, which are nobody else's business where they are no address in any text.
    """
    kept_back = _in_place_of_addresses(hosts).get(table, {})
    replaced = ", ".join(f"{value} as {column}" for column, value in kept_back.items())
    order = (
        "rowid" if table in reference.TABLES else ", ".join(told()[table].grain)
    )  # that of a reference table means something
    return f"select *{f' replace ({replaced})' if replaced else ''} from {table} order by {order}"


def _in_place_of_addresses(hosts: Iterable[str]) -> dict[str, dict[str, str]]:
    """A mirror lists what the Hub does, and an archive is known by its data set: the Hub's own address is what both are of."""
    endpoint = (
        f"if(is_simulated, 'simulated', {literal(HUB)} || regexp_extract(endpoint, '/datasets/[^/?#]+/[^/?#]+$'))"
    )
    named = "|".join([_ADDRESS, *(host.replace(".", r"\.") for host in sorted(hosts))])
    reason = f"regexp_replace(reason, {literal(named)}, '…', 'g')"
    return {"snapshots": {"endpoint": endpoint}, "run_log": {"endpoint": endpoint, "reason": reason}}
