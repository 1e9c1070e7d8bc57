"""The program as a process: what becomes of its words where they cannot be shown, and of its work when it is told to end."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.browser.serving import free_port

ROOT = Path(__file__).parent.parent
WORDS = "select 'é中😀' as words"
ENDLESS = "select sum(hash(a.range * b.range)) from range(1000000) a, range(10000000) b"


def typed(*arguments: str, home: Path, stdout=subprocess.PIPE, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "hubscope", *arguments],
        cwd=ROOT,
        env={**os.environ, "HUBSCOPE_HOME": str(home), **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def ended(process: subprocess.Popen[bytes]) -> tuple[int, bytes, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out or b"", err.decode()


def _hears(pid: int) -> bool:
    """Whether Python has begun and our first lines have run: no program hears a signal before."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    caught = int(re.search(r"SigCgt:\s*(\w+)", status)[1], 16)
    return bool(caught >> (signal.SIGTERM - 1) & 1)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "utf-8"])
def test_words_that_an_encoding_lacks_are_escaped_so_that_json_stays_json(demo_home, encoding):
    process = typed("query", "--format", "json", WORDS, home=demo_home.path, PYTHONIOENCODING=encoding)
    code, out, err = ended(process)
    assert (code, err) == (0, "")
    assert json.loads(out.decode(encoding)) == [{"words": "é中😀"}]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_output_that_is_full_is_said_and_is_no_success(demo_home):
    with Path("/dev/full").open("wb") as full:
        code, _, err = ended(typed("query", "select 1", home=demo_home.path, stdout=full))
    assert code == 2
    assert "could not be written" in err
    assert "Traceback" not in err


def test_a_reader_that_has_seen_enough_is_no_fault(demo_home):
    process = typed("query", "--limit", "100000", "from range(100000)", home=demo_home.path)
    process.stdout.readline()
    process.stdout.close()
    with process:
        err = process.stderr.read().decode()
    assert (process.returncode, "Traceback" in err) == (0, False)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="nothing tells when Python has begun")
@pytest.mark.parametrize(("number", "delay"), [("SIGTERM", 0), ("SIGHUP", 0.1), ("SIGINT", 0.4), ("SIGTERM", 2)])
def test_a_signal_ends_the_program_at_any_moment_with_130_and_one_sentence(demo_home, number, delay):
    process = typed("query", ENDLESS, home=demo_home.path)
    while not _hears(process.pid):
        time.sleep(0.01)
    time.sleep(delay)
    process.send_signal(signal.Signals[number])
    code, out, err = ended(process)
    assert (code, out) == (130, b"")
    assert err == "hubscope: stopped; what was complete before is kept.\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_a_serving_dashboard_likewise(demo_home, number):
    process = typed("serve", "--port", str(free_port()), home=demo_home.path, PYTHONUNBUFFERED="1")
    process.stdout.readline()
    process.send_signal(signal.Signals[number])
    code, _, err = ended(process)
    assert code == 130
    assert err.endswith("hubscope: stopped; what was complete before is kept.\n")
    assert "Traceback" not in err


def _as_a_service() -> None:
    """Without a terminal, as a job in the background whom SIGINT does not concern, from a supervisor that holds signals back."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGHUP])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux has containers")
@pytest.mark.parametrize(("command", "number"), [("schedule", "SIGTERM"), ("serve", "SIGHUP")])
def test_a_signal_ends_the_first_process_of_a_container_and_a_service_likewise(demo_home, command, number):
    container = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if subprocess.run([*container, "true"], capture_output=True, check=False).returncode:
        container = ["env"]  # not allowed here: a service alone
    options = ["--port", str(free_port())] if command == "serve" else ["--cron", "0 0 1 1 *"]
    process = subprocess.Popen(
        [*container, sys.executable, "-m", "hubscope", command, *options],
        cwd=ROOT,
        env={**os.environ, "HUBSCOPE_HOME": str(demo_home.path), "HF_HUB_OFFLINE": "1", "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_as_a_service,
    )
    process.stdout.readline()
    inner = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    os.kill(int(inner[0]) if inner and container[0] == "unshare" else process.pid, signal.Signals[number])
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert re.search("[sS]topped", err.decode().splitlines()[-1])
    assert b"Traceback" not in err


def test_work_that_lets_no_python_run_is_cut_off(tmp_path):
    """As a library's long call does that is asked to end and goes on."""
    code = "import time\nfrom warehouse.program import stopping\nstopping.interrupt()\n"
    code += "while True:\n    try:\n        print(1, flush=True)\n        time.sleep(60)\n    except KeyboardInterrupt:\n        pass\n"
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert ended(process)[0] == 130


@pytest.mark.parametrize(
    ("last", "code"),
    [
        ("try: exec('raise KeyboardInterrupt')\nexcept KeyboardInterrupt: sys.exit(130)", 130),
        ("late = Late()", 0),
    ],
    ids=["interrupted in a text", "told to end when all is done"],
)
def test_the_exit_code_stands_while_python_is_taken_apart(last, code, tmp_path):
    program = f"""
import os, signal, sys
from warehouse.program import stopping
class Late:
    def __del__(self, kill=os.kill, pid=os.getpid(), number=signal.SIGTERM):
        kill(pid, number)
stopping.interrupt()
{last}
"""
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "program"]  # the way to begin that knows of the interruption in the end
    assert subprocess.run(command, cwd=tmp_path, env=environment, check=False).returncode == code


def test_modules_of_the_same_names_elsewhere_are_not_ours(demo_home, tmp_path):
    for name in ("dashboard", "collector", "warehouse"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not ours')\n", encoding="utf-8")
    found = subprocess.run(
        [sys.executable, ROOT / "hubscope.py", "--version"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no arguments that are no text")
def test_arguments_that_are_no_text_are_refused_in_words(demo_home):
    code, _, err = ended(typed("query", b"select '\xff'".decode("utf-8", "surrogateescape"), home=demo_home.path))
    assert code == 8
    assert "Traceback" not in err
