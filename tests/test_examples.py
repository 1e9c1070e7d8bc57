"""The examples as the systems that read them do: cron's lines through `sh` in cron's environment, the unit through systemd's own judge."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from hubscope import main

EXAMPLES = Path(__file__).parent.parent / "examples"
CRONTAB = (EXAMPLES / "crontab").read_text(encoding="utf-8").splitlines()
VARIABLES = dict(line.split("=", 1) for line in CRONTAB if re.match(r"[A-Z_]+=", line))
JOBS = [line.split(" ", 5) for line in CRONTAB if re.match(r"[\d*]", line)]
PROGRAM = "/opt/hubscope/bin/hubscope"
LARGEST_EXPOSURE = 3.0


class Cron:
    """An account with a crontab: its jobs run as Debian's cron(8) says, with a clock that the test sets."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.told = folder, folder / "told.txt"
        self.program = folder / "hubscope"
        self._script("hubscope", f'echo "$* home=$HUBSCOPE_HOME token=$HF_TOKEN" >> "{self.told}"')
        self._script("git", "true")
        self._script("date", f'exec {shutil.which("date")} -d "@$NOW" "$@"')

    def _script(self, name: str, body: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        path.chmod(0o700)

    def run(self, job: list[str], now: datetime, zone: str) -> list[str]:
        """What the program was told by a job at a moment: nothing but HOME, PATH and the crontab's variables reaches it."""
        assert not re.search(r"(?<!\\)%", job[5]), "cron reads an unescaped % as the end of the line"
        self.told.write_text("", encoding="utf-8")
        command = job[5].replace("\\%", "%").replace(PROGRAM, str(self.program))
        surroundings = {
            "HOME": str(self.folder),
            "LOGNAME": "me",
            "SHELL": "/bin/sh",
            "PATH": f"{self.folder}:/usr/bin:/bin",
        }
        clock = {"TZ": zone, "NOW": f"{now.timestamp():.0f}"}
        subprocess.run(
            ["/bin/sh", "-c", command], env=surroundings | clock | VARIABLES, check=True, capture_output=True
        )
        return self.told.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def cron(tmp_path: Path) -> Cron:
    if not sys.platform.startswith("linux"):
        pytest.skip("sets the clock by GNU's date")
    return Cron(tmp_path)


@pytest.mark.parametrize(("zone", "minutes_apart"), [("Asia/Shanghai", 0), ("Asia/Kolkata", 30)])
def test_the_crontab_takes_one_snapshot_a_day_in_the_hour_after_noon_utc_wherever_the_machine_stands(
    cron, zone, minutes_apart
):
    job = JOBS[0]
    assert (job[0], job[1]) == ("0", "*")
    hours = [datetime(2026, 3, 29, tzinfo=UTC) + timedelta(hours=hour, minutes=minutes_apart) for hour in range(24)]
    assert [now.hour for now in hours if cron.run(job, now, zone)] == [12]


@pytest.mark.parametrize("job", JOBS, ids=[job[5][-30:] for job in JOBS])
def test_a_line_of_the_crontab_runs_without_a_file_of_keys_and_hands_on_what_one_says(cron, job):
    hour = re.search(r"= (\d+) \]", job[5])
    now = datetime(2026, 3, 29, int(hour[1]) if hour else 3, tzinfo=UTC)
    assert [line for line in cron.run(job, now, "Asia/Shanghai") if "home=/srv/hubscope token=" in line]
    (cron.folder / ".hubscope.env").write_text("HF_TOKEN=hf_secret\n", encoding="utf-8")
    reads_keys = ".hubscope.env" in job[5]
    assert all(line.endswith("token=hf_secret") == reads_keys for line in cron.run(job, now, "Asia/Shanghai"))


def test_the_unit_shows_little_to_an_attacker_and_may_write_to_its_home_alone():
    unit = (EXAMPLES / "hubscope.service").read_text(encoding="utf-8")
    assert (
        re.search(r"^Environment=HUBSCOPE_HOME=(.+)$", unit, re.M)[1]
        == re.search(r"^ReadWritePaths=(.+)$", unit, re.M)[1]
    )
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here to judge it")
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", EXAMPLES / "hubscope.service"],
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"Overall exposure level for hubscope.service: ([\d.]+)", judged.stdout)
    if found is None:
        pytest.skip(f"this systemd judges no files: {judged.stderr.strip()[:80]}")
    assert float(found[1]) < LARGEST_EXPOSURE


WORKFLOWS = sorted(EXAMPLES.glob("github-actions*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_command_of_a_workflow_is_one_that_hubscope_takes(path):
    """The options of all examples are held against the commands in `test_front_door`; here that each is there at all."""
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
    lines = [line for job in jobs for step in job["steps"] for line in step.get("run", "").split("&&")]
    typed = [shlex.split(line, comments=True) for line in lines if line.strip().startswith("hubscope ")]
    assert typed
    for _, name, *_ in typed:
        assert name in main.commands, name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_lets_no_step_that_installs_or_runs_software_write_to_anything(path):
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
    for job in jobs:
        runs = [step["run"] for step in job["steps"] if "pip install" in step.get("run", "")]
        may_deploy = "write" in {job["permissions"].get(name) for name in ("pages", "id-token")}
        assert not (runs and may_deploy)
        assert job["timeout-minutes"] <= 60


PAGES = {"pages": "--to", "follow": "--site"}
"""Workflow that deploys pages, and the option that names their folder."""


@pytest.mark.parametrize("name", PAGES)
def test_what_a_workflow_uploads_as_pages_is_the_folder_that_it_wrote(name):
    text = (EXAMPLES / f"github-actions-{name}.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["publish"]["steps"]
    (command,) = [step["run"] for step in steps if "hubscope " in step.get("run", "")]
    (uploaded,) = [step["with"]["path"] for step in steps if "upload-pages" in step.get("uses", "")]
    words = shlex.split(command)
    assert words[words.index(PAGES[name]) + 1] == uploaded
    (written,) = [step["env"]["HUBSCOPE_SITE_URL"] for step in steps if "HUBSCOPE_SITE_URL" in step.get("env", {})]
    assert written.startswith("https://")
