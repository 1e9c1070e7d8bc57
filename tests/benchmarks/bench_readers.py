"""What a room of readers costs: latency, CPU and memory of the dashboard, in Streamlit's own protocol over real websockets.

    python -m tests.benchmarks.bench_readers [HOME]

HOME is a data folder with a finished build; without it the usual demo is collected first (about a minute). Each reader opens
a page, thinks five seconds on average, opens the next; pages and languages are drawn at random, the same in each run. In the
same run: a Streamlit page of one title and one chart; and the overview while twenty of the worst queries are asked.
The goals, on 2 quiet cores: p95 of a rerun under 1 s for 100 readers and under 0.3 s for 30, none refused, under 700 MB.
"""

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.benchmarks.measure import home_or_demo
from tests.browser.serving import free_port
from warehouse.settings import Home

PAGES = (
    *("overview", "growth", "licences", "tasks", "downloads", "lineage", "open_closed", "changes", "claims", "course"),
    *("explore", "lesson_origins", "lesson_ecosystem_impact"),
)
THINK = 5.0
PEER = """
import altair, pandas, streamlit
streamlit.title("One title and one chart")
rows = pandas.DataFrame({"x": range(50), "y": range(50)})
streamlit.altair_chart(altair.Chart(rows).mark_line().encode(x="x", y="y"))
"""
WORST = (
    "select length(regexp_replace(repeat('a', 3000000), 'a', repeat('b', 1000), 'g'))",
    "select damerau_levenshtein(repeat('a', 50000), repeat('b', 50000))",
    "select repeat('x', 1000000) from range(10000)",
    "select repeat('x', 20000) from range(10000)",
    "select len(array_agg(range)) from range(1000000000)",
    "select length(repeat('x', 1000000000))",
    "select lpad('x', 2000000000, 'y')",
    "select sum(range) from range(1000000000000)",
)


@dataclass
class Server:
    """A dashboard in a process of its own."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, without its queries' processes."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100

    def megabytes(self, kind: str = "VmRSS") -> float:
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines()
        return int(next(line for line in lines if line.startswith(kind)).split()[1]) / 1024


@contextmanager
def server(*command: str, **environment: str) -> Iterator[Server]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", *[part.format(port=port) for part in command]],
        env=environment or None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        asyncio.run(_answers(port))
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait()


async def _answers(port: int) -> None:
    for _ in range(300):
        try:
            async with _connected(port):
                return
        except OSError:
            await asyncio.sleep(0.2)
    raise TimeoutError(f"nothing answers on port {port}")


def _connected(port: int) -> connect:
    return connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        open_timeout=90,
    )


async def rerun(socket: ClientConnection, page: str, query: str, pressed: str = "") -> tuple[float, list[ForwardMsg]]:
    """Seconds until the page is drawn, and all that was sent. `pressed` is the id of a button."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.page_name = "" if page == "overview" else page
    if pressed:
        asked.rerun_script.widget_states.widgets.add(id=pressed, trigger_value=True)
    began = time.perf_counter()
    await socket.send(asked.SerializeToString())
    sent: list[ForwardMsg] = []
    while not sent or sent[-1].WhichOneof("type") != "script_finished":
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(socket.recv(), 180))
        sent.append(message)
    assert not any(message.delta.new_element.WhichOneof("type") == "exception" for message in sent), page
    return time.perf_counter() - began, sent


async def read(
    port: int, rounds: int, chance: random.Random, taken: list[float], pages: tuple[str, ...] = PAGES
) -> None:
    """One reader: a round to warm up, then `rounds` that are measured."""
    language = chance.choice(("en", "zh"))
    await asyncio.sleep(chance.random() * THINK)
    async with _connected(port) as socket:
        for number in range(rounds + 1):
            seconds, _ = await rerun(socket, chance.choice(pages), f"lang={language}")
            if number:
                taken.append(seconds)
            await asyncio.sleep(THINK * (0.5 + chance.random()))


async def room(port: int, readers: int, rounds: int) -> tuple[list[float], int]:
    """Seconds of each rerun, in order of size, and how many readers were lost."""
    taken: list[float] = []
    chances = [random.Random(number) for number in range(readers)]
    ended = await asyncio.gather(*(read(port, rounds, one, taken) for one in chances), return_exceptions=True)
    return sorted(taken), sum(isinstance(one, BaseException) for one in ended)


async def alone(port: int, pages: tuple[str, ...], rounds: int) -> list[float]:
    """One reader who does not think; seconds of each rerun after the first of each page."""
    taken = []
    async with _connected(port) as socket:
        for number in range(rounds + 1):
            for page in pages:
                for language in ("en", "zh"):
                    seconds, _ = await rerun(socket, page, f"lang={language}")
                    if number:
                        taken.append(seconds)
    return sorted(taken)


async def ask(port: int, text: str) -> float:
    """Seconds from the press of *Run* to the answer, or to the words that refuse it."""
    async with _connected(port) as socket:
        query = urlencode({"lang": "en", "q": text})
        _, sent = await rerun(socket, "sql", query)
        (button,) = {
            message.delta.new_element.button.id for message in sent if message.delta.new_element.button.label == "Run"
        }
        seconds, _ = await rerun(socket, "sql", query, button)
        return seconds


async def beside_the_worst(port: int) -> tuple[list[float], float]:
    """The overview's seconds while twenty of the worst queries are asked, and how long those took in all."""
    began = time.perf_counter()
    asked = [asyncio.create_task(ask(port, f"{WORST[number % len(WORST)]} -- {number}")) for number in range(20)]
    taken: list[float] = []
    while not all(task.done() for task in asked):
        taken += await alone(port, ("overview",), 1)
        await asyncio.sleep(0.2)
    await asyncio.gather(*asked, return_exceptions=True)
    return sorted(taken), time.perf_counter() - began


def p95(taken: list[float]) -> float:
    return taken[min(len(taken) - 1, int(len(taken) * 0.95))]


def main(home: Home) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder) / "peer.py"
        app.write_text(PEER, encoding="utf-8")
        options = ("--server.port", "{port}", "--server.headless", "true", "--browser.gatherUsageStats", "false")
        with server("streamlit", "run", str(app), *options, "--browser.serverAddress", "localhost") as peer:
            asyncio.run(alone(peer.port, ("overview",), 2))
            before = peer.cpu
            count = len(asyncio.run(alone(peer.port, ("overview",), 20)))
            peer_cpu = (peer.cpu - before) / (count * 21 / 20)
    with server("hubscope", "serve", "--port", "{port}", **{**os.environ, "HUBSCOPE_HOME": str(home.path)}) as ours:
        asyncio.run(alone(ours.port, PAGES, 1))
        before = ours.cpu
        count = len(asyncio.run(alone(ours.port, PAGES, 4)))
        cpu = (ours.cpu - before) / (count * 5 / 4)
        print(
            f"CPU a rerun, {len(PAGES)} pages: {cpu * 1000:.0f} ms; one title and one chart {peer_cpu * 1000:.0f} ms: "
            f"{cpu / peer_cpu:.2f} times"
        )
        for readers in (30, 100):
            taken, lost = asyncio.run(room(ours.port, readers, 6))
            print(
                f"{readers} readers: {len(taken)} reruns, p50 {taken[len(taken) // 2]:.2f} s, p95 {p95(taken):.2f} s; "
                f"{lost} lost; {ours.megabytes():.0f} MB, peak {ours.megabytes('VmHWM'):.0f} MB"
            )
        print(
            f"select 1 from the page: {min(asyncio.run(ask(ours.port, f'select {number}')) for number in range(5)):.2f} s"
        )
        quiet = asyncio.run(alone(ours.port, ("overview",), 40))
        held = ours.megabytes()
        busy, seconds = asyncio.run(beside_the_worst(ours.port))
        time.sleep(5)
        print(
            f"overview beside 20 of the worst queries ({seconds:.0f} s): p95 {p95(busy):.2f} s, alone {p95(quiet):.2f} s: "
            f"{p95(busy) / p95(quiet):.2f} times; memory {held:.0f} MB before, {ours.megabytes():.0f} MB after"
        )


if __name__ == "__main__":
    with home_or_demo() as home:
        main(home)
