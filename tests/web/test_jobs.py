"""Queue and workers: everybody's turn, and what becomes of a job that is killed, slow or no longer wanted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from tests.web.conftest import MAP, REGISTER, new_client, sample, sent

from regsheet.web import queueing
from regsheet.web.queueing import BusyError, Ending, FairQueue, Ticket
from regsheet.web.services import Services
from regsheet.web.work.orders import GivenFile, Order
from regsheet.web.workers import Workers

HEADINGS = "Ref,Risk Title,Likelihood,Impact,Rating,Risk Owner\n"
LARGE = (HEADINGS + "".join(f"R{n},Loss of building {n},4,4,16,Head of Property\n" for n in range(60_000))).encode()
"""A register that takes many seconds."""


def ticket(client: str) -> Ticket:
    return Ticket(Order("recognise", ""), client)


def test_everybody_has_a_turn_before_anybody_has_a_second() -> None:
    queue = FairQueue()
    mine = [ticket("busy") for _ in range(3)]
    for one in mine:
        queue.put(one)
    other, third = ticket("other"), ticket("third")
    queue.put(other)
    queue.put(third)
    assert [queue.place(one) for one in (*mine, other, third)] == [1, 4, 5, 2, 3]
    assert [queue.take() for _ in range(5)] == [mine[0], other, third, mine[1], mine[2]]
    assert queue.place(mine[0]) == 0


def test_the_place_that_is_shown_is_the_place_in_which_jobs_begin() -> None:
    queue = FairQueue()
    tickets = [ticket(client) for client in "aabacbbdaca"]
    for one in tickets:
        queue.put(one)
    places = {id(one): queue.place(one) for one in tickets}
    assert [places[id(queue.take())] for _ in tickets] == list(range(1, len(tickets) + 1))


def test_a_job_that_is_given_up_leaves_the_queue() -> None:
    queue = FairQueue()
    first, second = ticket("one"), ticket("two")
    queue.put(first)
    queue.put(second)
    queue.remove(first)
    assert first.over
    assert queue.place(second) == 1
    assert queue.take() is second
    assert len(queue) == 0


def test_a_full_queue_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queueing, "MAX_WAITING_JOBS_OF_ONE", 2)
    monkeypatch.setattr(queueing, "MAX_WAITING_JOBS", 3)
    queue = FairQueue()
    queue.put(ticket("one"))
    queue.put(ticket("one"))
    with pytest.raises(BusyError, match="Too many checks are waiting"):
        queue.put(ticket("one"))
    queue.put(ticket("two"))
    with pytest.raises(BusyError):
        queue.put(ticket("three"))


def test_a_closed_queue_ends_what_waits() -> None:
    queue = FairQueue()
    waiting = ticket("one")
    queue.put(waiting)
    queue.close()
    assert waiting.ending.result().status == 503
    assert queue.take() is None
    with pytest.raises(BusyError, match="being stopped"):
        queue.put(ticket("one"))


@pytest.fixture
def large(tmp_path: Path) -> Order:
    (tmp_path / "large.csv").write_bytes(LARGE)
    return Order("api-check", str(tmp_path), (GivenFile("large.csv", "large.csv"),))


@pytest.fixture
def one_worker() -> Iterator[tuple[FairQueue, Workers]]:
    queue = FairQueue()
    workers = Workers(1, queue, seconds=0.5)
    workers.start()
    yield queue, workers
    workers.stop(0)


def test_a_job_that_takes_too_long_is_ended(large: Order, one_worker: tuple[FairQueue, Workers]) -> None:
    queue, _ = one_worker
    slow = Ticket(large, "one")
    queue.put(slow)
    ending = slow.ending.result(30)
    assert ending.status == 503
    assert "took longer than 1 minutes" in ending.refusal
    quick = Ticket(Order("recognise", large.folder), "one")
    queue.put(quick)
    assert quick.ending.result(30) == Ending()


def wait_for(condition, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed otherwise there")
def test_a_killed_worker_is_one_persons_trouble(app: FastAPI, services: Services) -> None:
    with ThreadPoolExecutor(4) as people, new_client(app) as unlucky, new_client(app) as lucky:
        doomed = people.submit(unlucky.post, "/api/check", files=[sent(LARGE, "large.csv")])
        wait_for(lambda: services.workers.at_work)
        (process,) = services.workers.at_work
        others = [people.submit(lucky.post, "/api/inspect", files=[sample(MAP)]) for _ in range(2)]
        os.kill(process, signal.SIGKILL)
        answer = doomed.result(30)
        assert answer.status_code == 503
        assert "ended this check before it was finished" in answer.json()["detail"]
        assert [one.result(30).status_code for one in others] == [200, 200]
    wait_for(lambda: not services.workers.at_work)


def test_a_client_that_goes_away_gives_its_job_up(app: FastAPI, services: Services) -> None:
    with new_client(app) as client, pytest.raises(httpx.ReadTimeout):
        client.post("/api/check", files=[sent(LARGE, "large.csv")], timeout=0.3)
    wait_for(lambda: not services.workers.at_work, 10)


def test_many_at_once(app: FastAPI) -> None:
    """More than there are workers: nobody fails."""

    def ask(number: int) -> int:
        with new_client(app) as client:
            name = (REGISTER, MAP)[number % 2]
            return client.post("/api/check", files=[sample(name)], data={"as_of": "2024-12-31"}).status_code

    with ThreadPoolExecutor(12) as people:
        assert list(people.map(ask, range(12))) == [200] * 12


def test_stopping_lets_a_job_finish(tmp_path: Path) -> None:
    queue = FairQueue()
    workers = Workers(1, queue)
    workers.start()
    (tmp_path / "small.csv").write_text(HEADINGS + "R1,Fire,4,4,16,Ann\n" * 5, encoding="utf-8")
    short = Ticket(Order("api-inspect", str(tmp_path), (GivenFile("small.csv", "small.csv"),)), "one")
    queue.put(short)
    wait_for(lambda: workers.at_work or short.over)
    workers.stop(60)
    assert short.ending.result(0) == Ending()


def test_stopping_ends_a_job_that_does_not_finish(large: Order) -> None:
    queue = FairQueue()
    workers = Workers(1, queue)
    workers.start()
    long = Ticket(large, "one")
    queue.put(long)
    wait_for(lambda: workers.at_work)
    workers.stop(0)
    assert "being stopped" in long.ending.result(0).refusal
    assert workers.at_work == ()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system keeps no such bound")
def test_memory_and_time_of_a_job_are_bounded() -> None:
    script = (
        "import regsheet.web.work.process as process, resource, sys\n"
        "process.MAX_JOB_MEMORY_BYTES = 200 * 1024**2\n"
        "process._bound()\n"
        "assert resource.getrlimit(resource.RLIMIT_CPU)[0] <= process.MAX_JOB_SECONDS + 60\n"
        "try:\n    bytearray(300 * 1024**2)\nexcept MemoryError:\n    sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == 7
