"""The command line as a person meets it, and the pages that tell of it."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dashboard.lessons import LESSONS
from dashboard.say import Say
from hubscope import main
from tests import exit_codes
from warehouse import errors

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


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


def test_the_page_of_commands_names_every_one_and_the_readme_leads_there():
    assert {name for name in main.commands if f"`hubscope {name}" not in COMMANDS} == set()
    assert "(docs/commands.md)" in README


def test_every_line_that_the_readme_gives_to_type_is_one_of_ours():
    programs = "".join(re.findall(r"^```\n(.*?)^```", README, re.MULTILINE | re.DOTALL))
    typed = re.findall(r"^hubscope ([\w-]+)(?: ([a-z]+))?", programs, re.MULTILINE)
    assert len(typed) > 5
    for name, below in typed:
        command = main.commands[name]
        assert not (below and isinstance(command, click.Group)) or below in command.commands


def test_every_option_of_a_line_to_type_or_to_install_is_one_of_ours():
    blocks = re.findall(r"^```\w*\n(.*?)^```", README + COMMANDS, re.MULTILINE | re.DOTALL)
    examples = [path.read_text(encoding="utf-8") for path in (ROOT / "examples").rglob("*") if path.is_file()]
    lines = re.findall(r"(?:^|[ /#])hubscope ([a-z]+)\b([^#&|\n]*)", "\n".join([*blocks, *examples]), re.MULTILINE)
    typed = [(main.commands[name], shlex.split(rest)) for name, rest in lines if name in main.commands]
    assert len(typed) > 20
    for command, rest in typed:
        if isinstance(command, click.Group) and rest and rest[0] in command.commands:
            command, rest = command.commands[rest[0]], rest[1:]
        command.make_parser(click.Context(command)).parse_args(rest)  # raises on an option that there is not


def test_the_page_of_commands_names_every_variable_that_is_ours():
    code = [
        ROOT / "hubscope.py",
        *(path for name in ("collector", "warehouse", "dashboard") for path in (ROOT / name).rglob("*.py")),
    ]
    read = {name for path in code for name in re.findall(r"HUBSCOPE_[A-Z_]+", path.read_text(encoding="utf-8"))}
    assert len(read) > 3
    assert {name for name in read if f"`{name}`" not in COMMANDS} == set()


def test_the_readme_lists_the_lessons_in_the_order_in_which_they_are_taught():
    say = Say("en")
    listed = re.findall(r"^\| (\d+) \| (.+?) \|", README, re.MULTILINE)
    assert [f"{number} · {title}" for number, title in listed] == [lesson.title(say) for lesson in LESSONS]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_of_a_page_leads_somewhere(path):
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("name", main.commands)
def test_every_command_teaches_what_it_does(name):
    command = main.commands[name]
    assert len(command.get_short_help_str(200)) > 20
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_every_exit_code_is_documented():
    codes = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "exit_code")}
    stated = {int(code) for code in re.findall(r"^\| (\d+) \|", COMMANDS, re.MULTILINE)}
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


def test_the_document_of_exit_codes_is_what_the_code_says():
    assert (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8") == exit_codes.page()
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "exit_code")]
    assert {kind.exit_code for kind in kinds} | {0, 1, 130} <= exit_codes.codes().keys()
