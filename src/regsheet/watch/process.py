"""A process for each file: it may hang, run out of memory or be killed, and the watch goes on."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from regsheet.bounds import bound_process
from regsheet.limits import MAX_JOB_FILE_BYTES, MAX_JOB_MEMORY_BYTES, MAX_WORKBOOK_SECONDS
from regsheet.watch.job import Answer, Order, work

Work = Callable[[Order], Answer]
Lost = Literal["ended", "too_long", "given_up"]
"""Why there is no answer."""

LOOK_EVERY = 0.2


class Worker:
    """Does files one after another, each in a process that is made for it and gone when it is done."""

    def __init__(self, seconds: float = MAX_WORKBOOK_SECONDS, memory: int = MAX_JOB_MEMORY_BYTES,
                 work: Work = work) -> None:  # fmt: skip
        """No file may take longer than ``seconds``, or more than ``memory`` bytes."""
        self.seconds = seconds
        self._memory = memory
        self._work = work
        self._context: Any = _context()
        self.process_id = 0
        """The process at work; 0 where there is none."""

    def do(self, order: Order, given_up: Callable[[], bool]) -> Answer | Lost:
        """Do a file, and end its process where it takes too long or is ``given_up``."""
        ours, theirs = self._context.Pipe()
        arguments = (theirs, order, self._work, self.seconds, self._memory)
        process: BaseProcess = self._context.Process(target=_serve, args=arguments, daemon=True)
        process.start()
        theirs.close()
        self.process_id = process.pid or 0
        deadline = time.monotonic() + self.seconds
        try:
            while not ours.poll(LOOK_EVERY):
                if given_up():
                    return "given_up"
                if time.monotonic() > deadline:
                    return "too_long"
            answer: Answer = ours.recv()
            return answer
        except (EOFError, OSError):
            return "ended" if time.monotonic() < deadline else "too_long"
        finally:
            self.process_id = 0
            ours.close()
            _end(process)


def _context() -> Any:
    """Processes that are copies of one which has imported everything, where there is such a thing."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["regsheet.watch.job"])
    return context


def _end(process: BaseProcess) -> None:
    process.join(0.5)
    if process.is_alive():
        process.kill()
        process.join(5)
    with contextlib.suppress(ValueError):
        process.close()


def _serve(line: Connection, order: Order, work: Work, seconds: float, memory: int) -> None:
    """Do one file and send what came of it."""
    # Who stops the watch means it to finish the file at hand: the watch itself ends this process if it must.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what a library might print could hold what a workbook holds
        os.dup2(null, stream)
    bound_process(seconds, memory, MAX_JOB_FILE_BYTES)
    answer = work(order)
    with contextlib.suppress(OSError):
        line.send(answer)


def _end_with(sentinel: int) -> None:
    """End this process when the watch is gone."""
    wait([sentinel])
    os._exit(1)
