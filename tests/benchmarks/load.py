"""Many people at once: how the page does when they all drop their registers in.

    python tests/benchmarks/load.py [--users 50] [--rounds 1] [--register FILE] [--workers N] [--api]

Starts ``regsheet serve`` on a free port; each user sends a register, waits for it to be recognised, starts the check,
waits for the result and fetches the annotated workbook, exactly as the page's forms do. Prints how many failed, how
long people waited, and the most memory that the server and its workers took together.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLE = REPOSITORY / "samples" / "strategic-risk-register.xlsx"
LOOK_EVERY = 0.1


@dataclass(slots=True)
class Figures:
    """What was seen: seconds of each user, failures in words, the deepest place in the queue, memory in bytes,
    processor time in seconds."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    deepest: int = 0
    workers: int = 0
    server: int = 0
    processor: float = 0.0


async def use_page(address: str, content: bytes, figures: Figures) -> None:
    """One person's whole path through the page."""
    begun = time.monotonic()
    try:
        async with httpx.AsyncClient(base_url=address, timeout=600, trust_env=False) as client:
            token = _token((await client.get("/")).text)
            form = {"form_token": token}
            sent = await client.post("/checks", files={"file": ("register.xlsx", content)}, data=form)
            check = _went(sent)
            await _until(client, check, "What the files are", figures)
            form |= {"as_of": "2024-12-31", "correct": "yes"}
            _went(await client.post(f"{check}/start", data=form))
            page = await _until(client, check, "Downloads", figures)
            first = re.search(r'href="(/checks/[^"]+/files/\d+)"', page)
            workbook = await client.get(first[1] if first else "/nothing")
            if not workbook.content.startswith(b"PK"):
                raise RuntimeError(f"no workbook came: {workbook.status_code}")
            await client.post(f"{check}/forget", data=form)
        figures.seconds.append(time.monotonic() - begun)
    except Exception as error:  # noqa: BLE001 - whatever went wrong for one user is counted and printed
        figures.failures.append(f"{type(error).__name__}: {error}"[:200])


async def use_api(address: str, content: bytes, figures: Figures) -> None:
    """One program that wants a workbook annotated."""
    begun = time.monotonic()
    try:
        async with httpx.AsyncClient(base_url=address, timeout=600, trust_env=False) as client:
            files, form = {"file": ("register.xlsx", content)}, {"as_of": "2024-12-31"}
            answer = await client.post("/api/annotate", files=files, data=form)
            if answer.status_code != 200:
                raise RuntimeError(f"{answer.status_code} {answer.text[:150]}")
        figures.seconds.append(time.monotonic() - begun)
    except Exception as error:  # noqa: BLE001 - whatever went wrong for one user is counted and printed
        figures.failures.append(f"{type(error).__name__}: {error}"[:200])


async def _until(client: httpx.AsyncClient, check: str, words: str, figures: Figures) -> str:
    """Look at a check, as somebody who asks for the result, until its page says what is waited for."""
    while True:
        answer = await client.get(f"{check}?wait=1")
        if words in answer.text:
            return answer.text
        place = re.search(r"Number (\d+) in the queue", answer.text)
        figures.deepest = max(figures.deepest, int(place[1]) if place else 0)
        if answer.status_code != 200 or "could not be done" in answer.text:
            raise RuntimeError(f"{answer.status_code}: " + " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())[:150])


def _token(page: str) -> str:
    found = re.search(r'name="form_token" value="(\w+)"', page)
    if found is None:
        raise RuntimeError("the first page has no form")
    return found[1]


def _went(answer: httpx.Response) -> str:
    if answer.status_code != 303:
        raise RuntimeError(f"{answer.status_code}: {answer.text[:150]}")
    return answer.headers["location"]


def watch_memory(process: int, figures: Figures, over: threading.Event) -> None:
    """Note the most memory: the server's own, and of everything it has started together with it (shared pages once)."""
    while not over.wait(LOOK_EVERY):
        sizes = {member: _proportional(member) for member in _family(process)}
        figures.processor = max(figures.processor, sum(map(_processor_seconds, sizes)))
        figures.server = max(figures.server, sizes.get(process, 0))
        figures.workers = max(figures.workers, sum(sizes.values()))


def _family(process: int) -> list[int]:
    members, waiting = [], [process]
    while waiting:
        one = waiting.pop()
        members.append(one)
        try:
            children = "".join(path.read_text() for path in Path(f"/proc/{one}/task").glob("*/children"))
        except OSError:
            continue
        waiting += [int(child) for child in children.split()]
    return members


def _proportional(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _processor_seconds(process: int) -> float:
    """Of a process and all that it has started and that has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


async def crowd(address: str, content: bytes, users: int, rounds: int, figures: Figures, *, api: bool) -> None:
    """All users at once, each as often as there are rounds."""
    use = use_api if api else use_page

    async def person() -> None:
        for _ in range(rounds):
            await use(address, content, figures)

    await asyncio.gather(*(person() for _ in range(users)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Load the page with many users at once.")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--register", type=Path, default=SAMPLE)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--api", action="store_true")
    chosen = parser.parse_args()
    command = [sys.executable, "-c", "from regsheet.cli.main import main; main()", "serve", "--port", "0", "--workers",
               str(chosen.workers)]  # fmt: skip
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    figures, over = Figures(), threading.Event()
    try:
        found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
        if found is None:
            sys.exit("the server did not start")
        watcher = threading.Thread(target=watch_memory, args=(server.pid, figures, over), daemon=True)
        watcher.start()
        begun = time.monotonic()
        content = chosen.register.read_bytes()
        asyncio.run(crowd(found[0], content, chosen.users, chosen.rounds, figures, api=chosen.api))
        took = time.monotonic() - begun
    finally:
        over.set()
        server.terminate()
        server.wait(60)
    done = len(figures.seconds)
    waits = sorted(figures.seconds) or [0.0]
    print(f"{chosen.users} users, {chosen.rounds} round(s), {chosen.workers} workers, {chosen.register.name}")
    print(f"done {done}, failed {len(figures.failures)}, in {took:.1f} s: {done / took:.1f} a second")
    print(f"waited: median {statistics.median(waits):.1f} s, slowest {waits[-1]:.1f} s, quickest {waits[0]:.1f} s")
    print(f"processor time: {figures.processor:.0f} s, {figures.processor / max(done, 1):.2f} s a user")
    print(f"deepest place in the queue that was shown: {figures.deepest}")
    print(f"memory: server {figures.server / 1024**2:.0f} MB, all together {figures.workers / 1024**2:.0f} MB")
    for failure in figures.failures[:5]:
        print(f"  {failure}")


if __name__ == "__main__":
    main()
