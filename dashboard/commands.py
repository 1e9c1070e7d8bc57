"""The dashboard's commands."""

from dashboard.digest.commands import changes, watch
from dashboard.export.commands import export
from dashboard.practice.commands import practice

COMMANDS = (export, changes, watch, practice)
