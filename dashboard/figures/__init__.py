"""Every figure there is, in one visible tuple.

To add a figure:

1. a query `warehouse/sql/queries/<name>.sql` that takes `$kind`, `$coverage`, `$snapshot_at`;
2. a chart in `dashboard/charts/<subject>.py`: frames and words in, Altair chart out, with a `description` that says in
   words what the data show, colours from `theme`, labels from `say`, and no numbers typed in;
3. in `dashboard/figures/<subject>.py` a `Figure`: `read` (warehouse and choices in, `Facts` out; `read_at` does the
   common case) and `draw` (facts in, chart out), named in that module's `FIGURES`, and a new module in `SUBJECTS` below;
4. its words in `locales/en/<subject>.toml` and `locales/zh/<subject>.toml`: `[name] title`, caveats, alt text;
5. its place in a tab of `dashboard/sheets.py`: page, exports and static site follow.

`growth.CUMULATIVE` is a whole example.
"""

from dashboard.figures import (
    changes,
    claims,
    data,
    downloads,
    explore,
    growth,
    licences,
    lineage,
    open_closed,
    sizes,
    tasks,
)
from dashboard.figures.facts import Figure

SUBJECTS = (growth, licences, tasks, downloads, lineage, open_closed, sizes, explore, changes, claims, data)
FIGURES: tuple[Figure, ...] = tuple(figure for subject in SUBJECTS for figure in subject.FIGURES)
