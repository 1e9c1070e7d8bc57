"""The commands as cron, a terminal and the dashboard's refresh see them."""

import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from collector.commands import COMMANDS, Joined, collect, schedule
from tests.collector.hub_server import Answer, record
from warehouse.errors import SourceError


@pytest.fixture
def environment(hub, home, monkeypatch):
    """The environment of a process that collects from the server into an empty home."""
    stated = {
        "HUBSCOPE_HOME": str(home.path),
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(home.path / "hf"),
        "HUBSCOPE_CATALOGUE_URL": f"{hub.url}/api.json",
        "HUBSCOPE_PYPISTATS_URL": hub.url,
        "OPENAI_BASE_URL": f"{hub.url}/v1",
    }
    for name, value in stated.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub.url)  # read once, when the library is imported
    return {**os.environ, **stated}


def test_collect_says_what_came_and_what_was_skipped(environment):
    done = CliRunner().invoke(collect, [])
    assert done.exit_code == 0, done.output
    assert "models (top 10,000): 3 rows" in done.stdout
    assert "OpenAI models: skipped: OPENAI_API_KEY is not set" in done.stdout
    assert "quick: about 155 requests" in done.stderr


def test_quiet_says_nothing_when_all_went_well(environment, hub):
    hub.answers["/api/models"] = [Answer(status=503)]
    done = CliRunner().invoke(collect, ["--quiet"])
    assert (done.exit_code, done.output) == (0, "")


def test_a_failed_side_source_is_published_and_ends_with_nine_even_when_quiet(environment, hub):
    hub.answers["/api/tasks"] = [Answer(status=404, body=b"{}")]
    done = CliRunner().invoke(collect, ["--quiet"])
    assert done.exit_code == 9
    assert "tasks: failed: " in done.stderr and done.stdout == ""


def test_a_failed_hub_listing_is_an_error_with_exit_code_three(environment, hub):
    hub.answers["/api/models"] = [Answer(status=404, body=b"{}")]
    done = CliRunner().invoke(collect, ["--quiet"])
    assert isinstance(done.exception, SourceError) and done.exception.exit_code == 3


def _no_site(*_: object) -> list[str]:
    raise AssertionError("no run writes a site")


def test_what_the_front_door_does_after_a_run_is_told(environment, home):
    done = CliRunner().invoke(collect, [], obj=Joined(lambda published: f"written for {published.path}", _no_site))
    assert done.exit_code == 0 and done.stdout.endswith(f"written for {home.path}\n")


def test_what_fails_after_a_run_does_not_fail_the_run(environment, home):
    def fails(_):
        raise OSError("no space\nleft")

    done = CliRunner().invoke(collect, ["--quiet"], obj=Joined(fails, _no_site))
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "The snapshot is published; what follows a run failed: no space left\n"
    assert list(home.lake.glob("manifests/*.json"))


def test_the_help_documents_every_exit_code():
    text = CliRunner().invoke(collect, ["--help"]).output
    for code in ("0", "3", "4", "5", "6", "9", "130"):
        assert f"\n    {code} " in text


def test_every_command_says_what_it_does():
    assert [command.name for command in COMMANDS] == ["collect", "backfill", "schedule", "publish"]
    assert all(command.help for command in COMMANDS)


def test_schedule_refuses_what_is_no_cron_expression(environment):
    done = CliRunner().invoke(schedule, ["--cron", "at noon"])
    assert done.exit_code == 2 and "five fields" in done.output


PROCESS = "import sys; from collector.commands import {name}; {name}(sys.argv[1:])"


def start(name, *arguments, environment):
    return subprocess.Popen(
        [sys.executable, "-c", PROCESS.format(name=name), *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "waited 20 s in vain"
        time.sleep(0.02)


def test_a_terminated_collection_says_that_it_resumes_and_does(environment, hub):
    hub.page_size = 1
    hub.answers["/api/datasets"] = [None, Answer(delay=30)]
    process = start("collect", environment=environment)
    until(lambda: hub.paths().count("/api/datasets") == 2)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=10)
    assert process.returncode == 130 and "Stopped; what was fetched is kept" in said
    asked = len(hub.asked)
    assert CliRunner().invoke(collect, []).exit_code == 0
    assert "/api/models" not in [request.path for request in hub.asked[asked:]]


def test_no_key_is_in_what_a_process_prints_nor_anywhere_in_its_home(environment, hub, home):
    keys = {"HF_TOKEN": "hf_verysecret", "OPENAI_API_KEY": "sk-verysecret"}
    hub.answers["/api/tasks"] = [Answer(status=404, body=b'{"error":"hf_verysecret may not"}')]
    hub.answers["/v1/models"] = [Answer(status=401, body=b'{"error":{"message":"Incorrect key sk-verysecret"}}')]
    process = start("collect", environment=environment | keys | {"HF_DEBUG": "1"})
    said = "".join(process.communicate(timeout=60))
    assert {asked.headers.get("authorization") for asked in hub.asked} == {
        "Bearer hf_verysecret",
        "Bearer sk-verysecret",
        None,
    }
    assert process.returncode == 9 and "verysecret" not in said
    assert not [path for path in home.path.rglob("*") if path.is_file() and b"verysecret" in path.read_bytes()]


def test_progress_is_readable_lines_where_there_is_no_terminal(environment, hub):
    hub.page_size = 1
    hub.listings["/api/models"] = [record(n) for n in range(6)]
    hub.headers = {"RateLimit": '"api";r=400;t=200', "RateLimit-Policy": '"fixed window";"api";q=500;w=300'}
    following = [f'<{{host}}/api/models?cursor={cursor}&limit=1>; rel="next"' for cursor in (2, 3)]
    hub.answers["/api/models"] = [None, *[Answer(delay=1.1, headers={"Link": link}) for link in following]]
    _, said = start("collect", "--profile", "full", environment=environment).communicate(timeout=30)
    lines = [line for line in said.splitlines() if "pages" in line and "models (full)" in line]
    assert "records/s" in lines[0] and "left" in lines[0] and "400 of 500 requests left" in lines[0]
    assert "\r" not in said


def test_the_schedule_runs_at_once_when_nothing_was_ever_collected_and_stops_on_sigterm(environment, hub, home):
    process = start("schedule", "--cron", "0 0 1 1 *", environment=environment)
    # Up to the summary, which comes after the lock is free: on a busy machine the signal would come before it.
    out = ""
    while "models (top 10,000): 3 rows" not in out and (line := process.stdout.readline()):
        out += line
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=10)
    assert process.returncode == 0 and "Stopped." in said
    assert "next at" in out and "models (top 10,000): 3 rows" in out
