"""The dashboard's commands."""

from dashboard.digest.commands import changes, watch
from dashboard.export.commands import export

COMMANDS = (export, changes, watch)
