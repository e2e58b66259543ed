"""A worker process: does one order after another within bounds that the system keeps, and says how each ended."""

from __future__ import annotations

import contextlib
import os
import signal
from multiprocessing.connection import Connection

import msgspec

from regsheet.bounds import bound_process
from regsheet.errors import RegsheetError
from regsheet.limits import MAX_JOB_FILE_BYTES, MAX_JOB_MEMORY_BYTES, MAX_JOB_SECONDS
from regsheet.web.faults import place_of
from regsheet.web.work.orders import Order, Word


def serve(line: Connection) -> None:
    """Take orders from the other end of ``line`` until it is closed."""
    from regsheet.web.work.tasks import carry_out

    _settle_in()
    _say(line, Word("ready"))
    while True:
        try:
            order = msgspec.json.decode(line.recv_bytes(), type=Order)
        except (EOFError, OSError):
            return
        _bound()
        try:
            carry_out(order, lambda stage: _say(line, Word("stage", stage=stage)))
            word = Word("done")
        except RegsheetError as error:
            word = Word("refused", refusal=str(error), error=type(error).__name__)
        except (MemoryError, RecursionError):
            word = Word("too-much")
        except Exception as error:  # noqa: BLE001 - an error of ours is said without what the workbook holds
            word = Word("fault", fault=place_of(error))
        _say(line, word)


def _settle_in() -> None:
    """Nothing that is written can be read by others; an interrupt at the terminal is the server's to handle."""
    os.umask(0o077)
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what a library might print could hold what a workbook holds
        os.dup2(null, stream)


def _bound() -> None:
    """Bounds for the next order, where the system keeps them."""
    bound_process(MAX_JOB_SECONDS, MAX_JOB_MEMORY_BYTES, MAX_JOB_FILE_BYTES)


def _say(line: Connection, word: Word) -> None:
    with contextlib.suppress(BrokenPipeError, OSError):
        line.send_bytes(msgspec.json.encode(word))
