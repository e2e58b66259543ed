"""Worker processes: each does one job and is replaced, so that nothing of one workbook is left for the next."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import msgspec

from regsheet.errors import TOO_MUCH
from regsheet.limits import MAX_JOB_SECONDS
from regsheet.web.queueing import Ending, FairQueue, Ticket
from regsheet.web.sentences import sentence
from regsheet.web.work.orders import Word
from regsheet.web.work.process import serve

LOG = logging.getLogger("regsheet.web")
FORKS = sys.platform != "win32"
JOBS_OF_ONE_PROCESS = 1 if FORKS else 20
"""A forked worker is there in a moment, with everything imported; elsewhere starting one takes a second or two."""

LOOK_EVERY = 0.2
PATIENCE_AT_START = 60.0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    line: Connection
    jobs: int = 0


class Workers:
    """As many slots as jobs may run at a time, each with a warm process that waits for the next job."""

    def __init__(self, count: int, queue: FairQueue, seconds: float = MAX_JOB_SECONDS) -> None:
        self._queue = queue
        self._seconds = seconds
        # Many small jobs at a time: threads within each of them would only get in each other's way.
        for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
            os.environ.setdefault(name, "1")
        self._context: Any = multiprocessing.get_context("forkserver" if FORKS else "spawn")
        if FORKS:
            self._context.set_forkserver_preload(["regsheet.web.work.warm"])
        self._stopping = threading.Event()
        self._abandon = threading.Event()
        self._starting = threading.Lock()
        self._slots = [threading.Thread(target=self._slot, name=f"slot-{number}", daemon=True)
                       for number in range(count)]  # fmt: skip
        self._at_work: dict[int, int] = {}

    @property
    def at_work(self) -> tuple[int, ...]:
        """The process ids of the workers that have a job."""
        return tuple(self._at_work.values())

    def start(self) -> None:
        """Start every slot."""
        for slot in self._slots:
            slot.start()

    def stop(self, patience: float) -> None:
        """Take no more jobs, let those that run finish within ``patience`` seconds, then end them."""
        self._stopping.set()
        self._queue.close()
        deadline = time.monotonic() + patience
        for slot in self._slots:
            slot.join(max(deadline - time.monotonic(), 0))
        self._abandon.set()
        for slot in self._slots:
            slot.join(5)

    # -- a slot ------------------------------------------------------------------------------------------------

    def _slot(self) -> None:
        number = threading.get_ident()
        worker: _Worker | None = None
        while True:
            if worker is None and not self._stopping.is_set():
                worker = self._new_worker()
            ticket = self._queue.take()
            if ticket is None:
                break
            worker = worker or self._new_worker()
            self._at_work[number] = worker.process.pid or 0
            try:
                ending = self._do(worker, ticket)
            except Exception:  # noqa: BLE001 - a slot must outlive whatever happens to one job
                LOG.error("a worker could not be used; it is replaced")
                ending = Ending(503, sentence("killed"))
            del self._at_work[number]
            worker.jobs += 1
            if not ending.succeeded or worker.jobs >= JOBS_OF_ONE_PROCESS or not worker.process.is_alive():
                _end(worker)
                worker = None
            ticket.end(ending)
        if worker is not None:
            _end(worker)

    def _new_worker(self) -> _Worker:
        with self._starting:
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=serve, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
        return _Worker(process, ours)

    def _do(self, worker: _Worker, ticket: Ticket) -> Ending:
        """Hand a job over, follow it, and end it where it takes too long or is no longer wanted."""
        deadline = time.monotonic() + self._seconds + (0 if worker.jobs else PATIENCE_AT_START)
        worker.line.send_bytes(msgspec.json.encode(ticket.order))
        while True:
            if worker.line.poll(LOOK_EVERY):
                try:
                    word = msgspec.json.decode(worker.line.recv_bytes(), type=Word)
                except (EOFError, OSError, msgspec.DecodeError):
                    LOG.warning("a worker was ended by the system while it worked on a job")
                    return Ending(503, sentence("killed"))
                if word.kind == "ready":
                    deadline = time.monotonic() + self._seconds
                elif word.kind == "stage":
                    ticket.stage = word.stage
                else:
                    return _ending(word)
            if ticket.given_up:
                return Ending(410, sentence("gone"))
            if self._abandon.is_set():
                return Ending(503, sentence("stopping"))
            if time.monotonic() > deadline:
                LOG.warning("a job took too long and was ended")
                return Ending(503, sentence("too_long", minutes=round(self._seconds / 60) or 1))


def _ending(word: Word) -> Ending:
    if word.kind == "done":
        return Ending()
    if word.kind == "refused":
        return Ending(422, word.refusal, word.error)
    if word.kind == "too-much":
        return Ending(422, TOO_MUCH)
    LOG.error("a job failed: %s", word.fault)
    return Ending(500, sentence("fault", place=word.fault))


def _end(worker: _Worker) -> None:
    """Close a worker's line, upon which an idle one leaves; one that is at work is killed."""
    with contextlib.suppress(OSError):
        worker.line.close()
    worker.process.join(0.05)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join(5)
    worker.process.close()
