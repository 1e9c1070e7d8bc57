"""What the project is installed from and made into: locks, pinned actions, and the wheel."""

import operator
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUN = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
LOCKS = {
    "requirements.lock": RUN,
    "requirements-spark.lock": [*RUN, *EXTRAS["spark"]],
    "requirements-test.lock": [
        *RUN,
        *EXTRAS["iceberg"],
        *EXTRAS["spark"],
        *(line for line in EXTRAS["test"] if "hubscope[" not in line),
    ],
}
EXAMPLES = [*(ROOT / "examples").glob("github-actions*.yml")]
WORKFLOWS = [*(ROOT / ".github" / "workflows").glob("*.yml"), *EXAMPLES]
NAME = operator.attrgetter("name")
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def locked(name: str) -> dict[str, Requirement]:
    """What a lock asks for, by package; each entry must bear the hash of its files, and nothing but entries may stand there."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = [entry.split() for entry in re.sub(r" \\\n\s+", " ", text).splitlines() if not entry.startswith("#")]
    found = {}
    for words in entries:
        hashes = [word for word in words if word.startswith("--hash=")]
        assert hashes, words
        assert all(re.fullmatch("--hash=sha256:[0-9a-f]{64}", word) for word in hashes), words
        requirement = Requirement(" ".join(words[: -len(hashes)]))
        found[canonicalize_name(requirement.name)] = requirement
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_every_dependency_in_a_version_that_the_project_accepts(name):
    found = locked(name)
    for line in LOCKS[name]:
        wanted = Requirement(line)
        (pin,) = found[canonicalize_name(wanted.name)].specifier
        assert pin.operator == "=="
        assert wanted.specifier.contains(pin.version), f"run `just lock`: {line} is not {pin}"


def test_all_locks_name_the_same_versions():
    everything = locked("requirements-test.lock")
    for name in LOCKS:
        assert {package: everything[package].specifier for package in locked(name)} == {
            package: entry.specifier for package, entry in locked(name).items()
        }


@pytest.mark.parametrize(
    "path",
    [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "docs/commands.md", ".ci/run")), *EXAMPLES],
    ids=NAME,
)
def test_every_command_that_the_project_gives_installs_from_a_lock_with_hashes(path):
    commands = re.findall(r"pip install ([^&\n`]+)", path.read_text(encoding="utf-8"))
    assert commands
    for command in commands:
        from_a_lock = "--require-hashes" in command and any(lock in command for lock in LOCKS)
        itself_alone = "--no-deps" in command and "--no-build-isolation" in command
        assert from_a_lock or itself_alone, command


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAME)
def test_a_workflow_pins_its_actions_by_commit_and_states_its_permissions(path):
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses: .*", text)
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []
    assert re.search(r"^permissions:", text, re.MULTILINE)


def test_the_wheel_holds_what_runs_and_nothing_that_only_builds_or_tests():
    builder = pytest.importorskip("hatchling.builders.wheel").WheelBuilder(str(ROOT))
    held = {Path(file.distribution_path) for file in builder.recurse_included_files()}
    tops = {"hubscope.py", "collector", "warehouse", "dashboard"}
    assert {path.parts[0] for path in held} == tops
    kept = {
        path.relative_to(ROOT) for top in tops - {"hubscope.py"} for path in (ROOT / top).rglob("*") if path.is_file()
    }
    left_out = {path for path in kept - held if "__pycache__" not in path.parts}
    assert left_out == {Path("dashboard/fonts/make.py"), Path("dashboard/views/editor/make.py")}
