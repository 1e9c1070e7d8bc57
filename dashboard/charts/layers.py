"""A map in layers: what flows from one layer to the next, every width to one scale."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from dashboard.charts.encodings import tip
from dashboard.say import Say
from dashboard.theme import Chart

HEIGHT, HEAD = 385, 30  # in points; the layers' headings stand in HEAD
PITCH = 24  # what a label needs, however thin its node
GAP = 8  # between two thick nodes
THIN = 8  # a node below this cannot carry its label, which then stands above it
NODE = 0.012  # of the whole width
STARTS = (0.0, 0.19, 0.465, 0.775)  # of the layers, by how long their labels are
TURN = 0.3  # how far a link goes straight before it bends, of the way between two layers
LONGEST = 30  # letters of a label; uploaders name libraries as they like


def layered(nodes: pd.DataFrame, links: pd.DataFrame, headings: Sequence[str], say: Say, *, description: str) -> Chart:
    """Nodes as blocks, links as bands, from left to right.

    nodes: layer (0 to 3), node (an id within its layer), label, count, colour; those of a layer from the top.
    links: layer (that it leaves), source, target (ids of nodes), count, colour. headings: of the layers.
    """
    placed = _placed(nodes)
    worded = placed.assign(
        words=[f"{_cut(row['label'])}  {say.short(row['count'])}" for row in placed.to_dict("records")]
    )
    tops = pd.DataFrame({"x": STARTS, "words": headings})
    x = alt.X("x:Q").scale(domain=[0, 1], nice=False).axis(None)
    y = alt.Y("y:Q").scale(domain=[HEIGHT, 0], nice=False).axis(None)
    number = tip(say, "count:Q", say.column("repository_count"))
    flows = (
        alt.Chart(_bands(links, placed))
        .mark_area(interpolate="monotone", opacity=0.32, line=False)
        .encode(
            x=x,
            y=y,
            y2="y2:Q",
            detail="link:N",
            color=alt.Color("colour:N", scale=None),
            tooltip=[tip(say, "words:N", say.column("label")), number],
        )
    )
    blocks = (
        alt.Chart(worded)
        .mark_rect(cornerRadius=1)
        .encode(
            x=x,
            x2="x2:Q",
            y=y,
            y2="y2:Q",
            color=alt.Color("colour:N", scale=None),
            tooltip=[tip(say, "label:N"), number],
        )
    )
    names = (
        alt.Chart(worded)
        .mark_text(align="left", baseline="middle", dx=6)
        .encode(x="x2:Q", y="middle:Q", text="words:N")
    )
    over = (
        alt.Chart(tops)
        .mark_text(align="left", baseline="top", fontWeight=600)
        .encode(x="x:Q", y=alt.value(0), text="words:N")
    )
    return alt.layer(flows, blocks, names, over, description=description, height=HEIGHT)


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


def _placed(nodes: pd.DataFrame) -> pd.DataFrame:
    """The nodes with their edges (x, x2, y, y2), and where the middle of the label is."""
    scale = min(_scale(group["count"].tolist()) for _, group in nodes.groupby("layer"))
    placed = []
    for layer, group in nodes.groupby("layer", sort=True):
        bottom = float(HEAD)
        for row in group.to_dict("records"):
            height = row["count"] * scale
            slot = _slot(height)
            is_thin = height < THIN
            top = bottom + (slot - height - 2 if is_thin else (slot - height) / 2)
            placed.append(
                row
                | {"x": STARTS[layer], "x2": STARTS[layer] + NODE, "y": top, "y2": top + height}
                | {"middle": bottom + (slot - height - 2) / 2 if is_thin else bottom + slot / 2}
            )
            bottom += slot
    return pd.DataFrame(placed)


def _slot(height: float) -> float:
    return max(height + GAP, PITCH)


def _scale(counts: Sequence[float]) -> float:
    """Points for each repository, so that one layer fills the height: none gets less than a label needs."""
    room = HEIGHT - HEAD
    low, high = 0.0, room / sum(counts)
    for _ in range(60):
        middle = (low + high) / 2
        if sum(_slot(count * middle) for count in counts) > room:
            high = middle
        else:
            low = middle
    return low


def _bands(links: pd.DataFrame, placed: pd.DataFrame) -> pd.DataFrame:
    """Four points along each link, with its lower and upper edge there: links leave and arrive in the order of nodes."""
    at = {(row["layer"], row["node"]): row | {"place": place} for place, row in enumerate(placed.to_dict("records"))}
    first = next(iter(at.values()))
    scale = (first["y2"] - first["y"]) / first["count"]
    rows = [
        row | {"from": at[row["layer"], row["source"]], "to": at[row["layer"] + 1, row["target"]]}
        for row in links.to_dict("records")
    ]
    left: dict[tuple[int, str], float] = {}
    arrived: dict[tuple[int, str], float] = {}
    for row in sorted(rows, key=lambda row: (row["from"]["place"], row["to"]["place"])):
        row["start"] = left.get((row["layer"], row["source"]), row["from"]["y"])
        left[row["layer"], row["source"]] = row["start"] + row["count"] * scale
    for row in sorted(rows, key=lambda row: (row["to"]["place"], row["from"]["place"])):
        row["end"] = arrived.get((row["layer"] + 1, row["target"]), row["to"]["y"])
        arrived[row["layer"] + 1, row["target"]] = row["end"] + row["count"] * scale
    points = []
    for number, row in enumerate(rows):
        x, x2, thickness = row["from"]["x2"], row["to"]["x"], row["count"] * scale
        for along, top in ((0.0, row["start"]), (TURN, row["start"]), (1 - TURN, row["end"]), (1.0, row["end"])):
            points.append(
                {
                    "link": number,
                    "x": x + along * (x2 - x),
                    "y": top,
                    "y2": top + thickness,
                    "colour": row["colour"],
                    "words": f"{row['from']['label']} → {row['to']['label']}",
                    "count": row["count"],
                }
            )
    return pd.DataFrame(points)
