"""What a reader takes away of an own query: the rows, the query, the chart, of which build, and a hash that proves it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.charts import answer
from dashboard.export import citation, pictures
from dashboard.printable import cleaned, printable
from dashboard.say import Say
from warehouse.sandbox.spreadsheet import csv_file

HASH_LENGTH = 12


@dataclass(frozen=True)
class Answer:
    """The rows of one query, and of which build they are."""

    query: str
    rows: pd.DataFrame
    build_id: str
    is_simulated: bool

    @cached_property
    def csv(self) -> bytes:
        return csv_file(self.rows)

    @property
    def hash(self) -> str:
        """The first signs of the SHA-256 of its CSV: equal rows in equal order have equal ones."""
        return hashlib.sha256(self.csv).hexdigest()[:HASH_LENGTH]

    def said(self, say: Say) -> str:
        """Build, rows and hash in one line."""
        parts = [say("sql.chart.own"), say("sql.chart.of", n=say.number(len(self.rows)), build=self.build_id)]
        parts += [say("sql.chart.hash", hash=self.hash), *([say("ui.simulated")] if self.is_simulated else [])]
        return " · ".join(parts)

    def spec(self, say: Say, chosen: dict[str, str], *, mode: str, width: int | str = "container") -> dict[str, Any]:
        """The finished picture of what was chosen: x, y, colour, mark."""
        lines = [say("sql.chart.own"), *([say("ui.picture.simulated")] if self.is_simulated else [])]
        x, y, colour, mark = (chosen[name] for name in ("x", "y", "colour", "mark"))
        title = printable(say("sql.chart.title", y=y, x=x))
        spec = theme.themed(
            answer.drawn(self.rows, x, y, colour, mark, title),
            mode=mode,
            locale=say.vega_locale(),
            times=say.axis_times(),
            title=title,
            subtitle=lines,
            width=width,
        )
        made: dict[str, Any] = cleaned(spec)
        return made


def pack(made: Answer, say: Say, chosen: dict[str, str], *, mode: str, now: datetime) -> bytes:
    """A zip file: CSV, SQL, metadata.json, README, and the picture where something was chosen. now: naive UTC."""
    files = {"answer.csv": made.csv, "query.sql": f"{made.query.strip()}\n".encode()}
    if chosen:
        spec = made.spec(say, chosen, mode=mode, width=pictures.WIDTH)
        files |= {"answer.svg": pictures.svg(spec, made.said(say)), "answer.png": pictures.png(spec, made.said(say))}
    about = {
        "query": made.query,
        "build_id": made.build_id,
        "rows": len(made.rows),
        "sha256": hashlib.sha256(made.csv).hexdigest(),
        "chart": chosen or None,
        "is_simulated": made.is_simulated,
        "exported_at": now.isoformat(timespec="seconds") + "Z",
    }
    files["metadata.json"] = json.dumps(about, indent=1, ensure_ascii=False).encode()
    told = [f"{name}\n    {say(f'export.pack.files.{citation.kind_of(name)}')}" for name in files]
    text = [made.said(say), made.query.strip(), f"{say('export.pack.holds')}\n\n" + "\n".join(told)]
    files["README.txt"] = (printable("\n\n".join([*text, say("sql.chart.check")])) + "\n").encode()
    return citation.zipped(files, "hubscope-query", now)
