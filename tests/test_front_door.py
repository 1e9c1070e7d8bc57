"""The command line as a person meets it, and the README that tells of it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from hubscope import main
from warehouse import errors

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def hubscope(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hubscope", *arguments],
        cwd=ROOT,
        env={**os.environ, "HUBSCOPE_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_readme_names_every_command():
    assert {name for name in main.commands if f"`hubscope {name}" not in README} == set()


@pytest.mark.parametrize("name", main.commands)
def test_every_command_teaches_what_it_does(name):
    command = main.commands[name]
    assert len(command.get_short_help_str(200)) > 20
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_every_exit_code_is_documented():
    codes = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "exit_code")}
    stated = {int(code) for code in re.findall(r"(?:Exit codes:|;) (\d+) ", README)}
    assert codes <= stated
    assert all(re.search(rf"^  {code} ", main.epilog or "", re.MULTILINE) for code in codes)


def test_an_empty_home_is_an_error_in_words_with_its_own_exit_code(tmp_path):
    asked = hubscope("query", "select 1", home=tmp_path)
    assert asked.returncode == errors.NoWarehouse.exit_code
    assert "hubscope collect" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_a_query_answers_on_the_demo_warehouse(demo_home):
    asked = hubscope(
        "query", "select count(*) as n from repositories where kind = 'model'", "--format", "csv", home=demo_home.path
    )
    assert asked.returncode == 0, asked.stderr
    assert int(asked.stdout.split()[-1]) > 1_000


HEAVY = {"altair", "duckdb", "huggingface_hub", "numpy", "openai", "pandas", "pptx", "pyarrow", "pyspark", "streamlit"}


def test_help_imports_nothing_that_it_does_not_need():
    """What makes it answer at once: every command's, in one process."""
    asked = [["--help"], ["--version"], *([name, "--help"] for name in main.commands), ["export", "chart", "--help"]]
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, hubscope\n"
            f"for typed in {asked}:\n    hubscope.main(typed, standalone_mode=False)\nprint(*sys.modules)",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert set(told.stdout.split()) & HEAVY == set()
