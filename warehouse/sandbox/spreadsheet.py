"""CSV for people who open it in a spreadsheet: text stays text, whatever it begins with."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula, or passes over before one."""
NOTE = "A cell of text that a spreadsheet would take for a formula begins with an apostrophe, which is not part of it."


def disarmed(value: Any) -> Any:
    """The text with an apostrophe before it where it could be a formula. Numbers, moments and the like stay as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_text(frame: "pd.DataFrame") -> str:
    """The frame's rows under its plain column names, disarmed."""
    texts = frame.select_dtypes(["object", "string", "category"]).columns
    safe = frame.assign(**{name: frame[name].map(disarmed) for name in texts}).rename(columns=disarmed)
    return str(safe.to_csv(index=False))


def csv_file(frame: "pd.DataFrame") -> bytes:
    """The same as a file, with the mark by which spreadsheets know that it is UTF-8."""
    return csv_text(frame).encode("utf-8-sig")
