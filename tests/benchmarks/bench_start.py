"""A stranger's first try: wheels in a folder, no network, an empty environment, `hubscope demo`, its first chart in a browser.

    python -m tests.benchmarks.bench_start [FOLDER]

FOLDER is for the wheels and the environment (1.5 GB; a passing one if none is given). The wheels of the lock are fetched first, each
held against its hash, and hubscope's own is made; then all goes on in a network that has nothing but this machine (`unshare --net`,
which needs root rights). The goal: the first chart a minute after `hubscope demo`.
"""

import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from urllib.request import urlopen

from tests.benchmarks.measure import seconds
from tests.browser.chromium import chromium, settle

ROOT = Path(__file__).parent.parent.parent
GOAL = 60
INSIDE = "inside"
PORT = 8501


def fetch(folder: Path) -> Path:
    """All wheels: those of the lock, and our own."""
    wheels = folder / "wheels"
    venv.create(folder / "fetching", with_pip=True)
    pip = [folder / "fetching" / "bin" / "python", "-m", "pip"]
    locked = ["--require-hashes", "-r", ROOT / "requirements.lock"]
    subprocess.run([*pip, "download", "--quiet", "--only-binary", ":all:", "--dest", wheels, *locked], check=True)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", wheels], cwd=ROOT, check=True
    )
    return wheels


def install(folder: Path) -> None:
    """Into an environment that holds nothing but pip."""
    venv.create(folder / "empty", with_pip=True)
    offline = ["--no-index", "--find-links", folder / "wheels"]
    pip = [folder / "empty" / "bin" / "python", "-m", "pip", "install", "--quiet"]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    subprocess.run([*pip, *offline, "hubscope"], check=True, env=surroundings)


def first_chart(folder: Path) -> float:
    """Seconds from the command to a page whose charts are drawn."""
    home, began = folder / "home", time.perf_counter()
    surroundings = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "HUBSCOPE_HOME": str(home)}
    program = subprocess.Popen([folder / "empty" / "bin" / "hubscope", "demo"], cwd=folder, env=surroundings)
    try:
        _wait_for(f"http://127.0.0.1:{PORT}/_stcore/health")
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"http://127.0.0.1:{PORT}/?lang=en")
            page.wait_for_selector('[data-testid="stVegaLiteChart"]', timeout=60_000)
            settle(page, pause=0)
        return time.perf_counter() - began
    finally:
        program.terminate()
        program.wait(timeout=30)


def _wait_for(address: str) -> None:
    for _ in range(1500):
        try:
            with urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} never answered")


def main(folder: Path) -> None:
    fetch(folder)
    alone = ["unshare", "--net", "/bin/sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    subprocess.run([*alone, sys.executable, "-m", "tests.benchmarks.bench_start", INSIDE, folder], cwd=ROOT, check=True)


def inside(folder: Path) -> None:
    """What is done without a network."""
    print(
        f"installed from {len(list((folder / 'wheels').iterdir()))} wheels in {seconds(lambda: install(folder)):.1f} s"
    )
    print(f"hubscope demo to its first chart: {first_chart(folder):.1f} s (goal: {GOAL})")


if __name__ == "__main__":
    if sys.argv[1:2] == [INSIDE]:
        inside(Path(sys.argv[2]))
    elif len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as passing:
            main(Path(passing))
