"""What a room of a hundred phones costs one server: seconds of an answer and of the reveal, CPU, memory.

    python -m tests.benchmarks.bench_room [HOME]

Phones ask what is on the screen every two seconds and answer each of three questions; the presenter's page runs anew every
one and a half seconds, which is more than its counter does. In the same run: as many requests for the server's sign of life.
The goals, on 2 quiet cores: p95 of an answer under 1 s, a reveal under 1 s, none lost, under 700 MB.
"""

import asyncio
import os
import random
import re
import time
from urllib.parse import urlencode

import httpx2
from websockets.asyncio.client import ClientConnection

from tests.benchmarks.bench_readers import Server, _connected, p95, rerun, server
from tests.benchmarks.measure import home_or_demo
from warehouse.settings import Home

PHONES, OFTEN, SECONDS = 100, 2.0, 20.0
LESSONS = ("lesson_hub_architecture", "lesson_models_and_tools", "lesson_origins")
"""A number, an order, a line."""
OPEN = "Answers from phones"


async def opened(socket: ClientConnection) -> str:
    """The code of a room that the presenter opens."""
    _, sent = await rerun(socket, LESSONS[0], _screen("guess"))
    buttons = (message.delta.new_element.button for message in sent)
    (button,) = {one.id for one in buttons if one.label.startswith(OPEN)}
    _, sent = await rerun(socket, LESSONS[0], _screen("guess"), button)
    while not (found := re.search(r"room=([A-Z]{4})", str(sent))):
        _, sent = await rerun(socket, LESSONS[0], _screen("guess"))
    return found[1]


def _screen(step: str, room: str = "") -> str:
    return urlencode({"lang": "en", "class": "1", "step": step, "room": room})


async def phone(address: str, number: int, taken: list[float], asked: list[float], until: float) -> None:
    """One phone: it polls until the end, and answers every question that it has not answered."""
    chance, answered = random.Random(number), set()
    async with httpx2.AsyncClient(headers={"origin": address.partition("/room")[0]}, timeout=30) as client:
        (await client.get(address)).raise_for_status()
        seen = -1
        while time.monotonic() < until:
            began = time.perf_counter()
            told = (await client.get(f"{address}/state?seen={seen}")).raise_for_status().json()
            asked.append(time.perf_counter() - began)
            seen = told["version"]
            if told.get("phase") == "ask" and told["question"] not in answered:
                await asyncio.sleep(chance.random() * OFTEN)
                places = range(len(told["choices"]))
                count = len(told["points"]) or len(told["choices"])
                body = {"question": told["question"], "answer": chance.sample(places, count)}
                began = time.perf_counter()
                (await client.post(f"{address}/answer", json=body)).raise_for_status()
                taken.append(time.perf_counter() - began)
                answered.add(told["question"])
            await asyncio.sleep(OFTEN * (0.8 + chance.random() * 0.4))


async def lesson(ours: Server) -> tuple[list[float], list[float], list[float], int]:
    """Seconds of each answer, each poll and each reveal; and how many phones were lost."""
    taken: list[float] = []
    asked: list[float] = []
    reveals = []
    async with _connected(ours.port) as socket:
        code = await opened(socket)
        address = f"http://127.0.0.1:{ours.port}/room/{code}"
        until = time.monotonic() + SECONDS * len(LESSONS)
        phones = [asyncio.create_task(phone(address, one, taken, asked, until)) for one in range(PHONES)]
        for page in LESSONS:
            ends = time.monotonic() + SECONDS - OFTEN
            while time.monotonic() < ends:
                await rerun(socket, page, _screen("guess", code))
                await asyncio.sleep(1.5)
            seconds, _ = await rerun(socket, page, _screen("reveal", code))
            reveals.append(seconds)
        ended = await asyncio.gather(*phones, return_exceptions=True)
    return sorted(taken), sorted(asked), reveals, sum(isinstance(one, BaseException) for one in ended)


async def signs_of_life(ours: Server, count: int) -> None:
    async with httpx2.AsyncClient(timeout=30) as client:
        for _ in range(count):
            (await client.get(f"http://127.0.0.1:{ours.port}/_stcore/health")).raise_for_status()


def main(home: Home) -> None:
    environment = {**os.environ, "HUBSCOPE_HOME": str(home.path)}
    with server("hubscope", "serve", "--port", "{port}", "--class", **environment) as ours:
        before = ours.cpu
        asyncio.run(signs_of_life(ours, 1_000))
        sign = (ours.cpu - before) / 1_000
        before, began = ours.cpu, time.perf_counter()
        taken, asked, reveals, lost = asyncio.run(lesson(ours))
        cpu, seconds = ours.cpu - before, time.perf_counter() - began
        each = cpu / (len(taken) + len(asked))
        print(
            f"{PHONES} phones, {len(LESSONS)} questions in {seconds:.0f} s: {len(taken)} answers, p95 {p95(taken):.3f} s; "
            f"{len(asked)} polls, p95 {p95(asked):.3f} s; {lost} lost"
        )
        print("reveal: " + ", ".join(f"{one:.2f} s" for one in reveals))
        print(
            f"CPU {cpu / seconds:.0%} of one core, presenter included; {each * 1000:.1f} ms a request, a sign of life "
            f"{sign * 1000:.1f} ms: {each / sign:.1f} times; peak {ours.megabytes('VmHWM'):.0f} MB"
        )


if __name__ == "__main__":
    with home_or_demo() as home:
        main(home)
