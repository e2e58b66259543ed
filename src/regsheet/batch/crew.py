"""Several processes that work on the files of a run; one that dies takes its own file with it at the most."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import ForkServerContext, SpawnContext
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from regsheet.limits import MAX_WORKBOOK_SECONDS

Task = TypeVar("Task")
Answer = TypeVar("Answer")

ENDED = (
    "The process that worked on it was ended twice, which happens where the computer's memory gives out; "
    "run again with --jobs 1, or keep the register in a smaller workbook."
)
TOO_LONG = "It took longer than {minutes:g} minutes and was given up; keep the register in a smaller workbook."

FIRST_IMPORTS = ("regsheet.batch.survey", "regsheet.batch.work", "regsheet.batch.standing")
"""What every process needs, imported once for all of them where the system can do so."""

AHEAD = 2
"""Tasks that are handed over for each process, so that none waits for the next."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A task without an answer, and a sentence why."""

    why: str


class Crew(Protocol):
    """Who does the work of a run. ``shares_disk`` is false where files must be handed over as bytes."""

    shares_disk: bool

    def run(self, work: Callable[[Task], Answer], tasks: Iterable[Task]) -> Iterator[tuple[int, Answer | Lost]]:
        """Do a task after another, and give each task's place with its answer as it is done, in any order."""
        ...


@dataclass(slots=True)
class _Running(Generic[Task]):
    place: int
    task: Task


class Pool:
    """Processes of this computer. A context manager: at its end they are gone."""

    shares_disk = True

    def __init__(self, jobs: int, seconds: float = MAX_WORKBOOK_SECONDS) -> None:
        """So many processes, none of which may take longer than ``seconds`` over one task."""
        self._jobs = jobs
        self._seconds = seconds
        self._context = process_context()
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self._end()

    def run(self, work: Callable[[Task], Answer], tasks: Iterable[Task]) -> Iterator[tuple[int, Answer | Lost]]:
        """Do a task after another. Where a process dies, what was under way is done again, each task by itself."""
        waiting: deque[tuple[int, Task]] = deque()
        rest = iter(enumerate(tasks))
        running: dict[Future[Answer], _Running[Task]] = {}
        while True:
            while len(running) < AHEAD * self._jobs:
                place, task = waiting.popleft() if waiting else next(rest, (-1, None))
                if task is None:
                    break
                running[self._submit(work, task)] = _Running(place, task)
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            broken: list[_Running[Task]] = []
            for future in done:
                one = running.pop(future)
                try:
                    yield one.place, future.result()
                except (BrokenProcessPool, CancelledError):
                    broken.append(one)
            if broken:
                broken += running.values()
                running.clear()
                self._end()
                for one in sorted(broken, key=lambda one: one.place):
                    yield one.place, self._alone(work, one.task)

    def _alone(self, work: Callable[[Task], Answer], task: Task) -> Answer | Lost:
        """Do one task in a process in which nothing else is under way."""
        began = time.monotonic()
        try:
            return self._submit(work, task).result()
        except BrokenProcessPool:
            self._end()
            took = time.monotonic() - began
        return Lost(TOO_LONG.format(minutes=self._seconds / 60) if took >= self._seconds else ENDED)

    def _submit(self, work: Callable[[Task], Answer], task: Task) -> Future[Answer]:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(self._jobs, mp_context=self._context, initializer=begin_process)
        try:
            return self._executor.submit(_timed, work, task, self._seconds)
        except BrokenProcessPool:  # a process died while it had nothing to do
            self._end()
            return self._submit(work, task)

    def _end(self) -> None:
        """End the processes; what they are at is lost."""
        executor, self._executor = self._executor, None
        if executor is not None:
            for process in list((executor._processes or {}).values()):
                process.terminate()
            executor.shutdown(wait=True, cancel_futures=True)


def process_context() -> ForkServerContext | SpawnContext:
    """Processes that are copies of one which has imported everything, where there is such a thing.

    That one begins to import at once, while this process does what it has to do before there is work for others.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(FIRST_IMPORTS))
    forkserver.ensure_running()
    return context


def begin_process() -> None:
    """Begin a process: Ctrl-C ends it at once, and it does not outlive the run that it works for."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)


def _timed(work: Callable[[Task], Answer], task: Task, seconds: float) -> Answer:
    """Do a task; the process ends itself where it takes too long, whatever it hangs in."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - the null device is no file
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            return work(task)
        finally:
            faulthandler.cancel_dump_traceback_later()
