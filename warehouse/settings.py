"""Where the data lives. Read once at the door from the environment, then passed down."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Home:
    """The data folder of one observatory (`HUBSCOPE_HOME`) and the places in it."""

    path: Path

    @classmethod
    def from_env(cls) -> "Home":
        """`HUBSCOPE_HOME`, else the platform's own folder for application data."""
        stated = os.environ.get("HUBSCOPE_HOME")
        return cls(Path(stated).expanduser().absolute() if stated else platformdirs.user_data_path("hubscope"))

    @property
    def lake(self) -> Path:
        """Append-only Parquet and its manifests: the history itself."""
        return self.path / "lake"

    @property
    def landing(self) -> Path:
        """Pages of a run that has not finished."""
        return self.path / "landing"

    @property
    def builds(self) -> Path:
        """Published DuckDB files and `CURRENT`, which names the one to read."""
        return self.path / "builds"

    @property
    def lock(self) -> Path:
        """Held by whoever writes: one run at a time."""
        return self.path / "run.lock"

    @property
    def watch(self) -> Path:
        """The watch list: figures, and by how much their numbers must move to be reported. Edited by hand or `hubscope watch`."""
        return self.path / "watch.toml"

    @property
    def digests(self) -> Path:
        """What each run found changed, one Markdown file a day."""
        return self.path / "digest"
