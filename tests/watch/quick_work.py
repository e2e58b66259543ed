"""Work that takes no time, for tests of the watch around it; in a module that its processes can import."""

from __future__ import annotations

import hashlib
import os
import signal
import time

from regsheet.watch.job import Answer, Order


def quickly(order: Order) -> Answer:
    """The file itself is the result; a file that begins with one of a few words does as it says."""
    data = order.path.read_bytes()
    if data.startswith((b"hang", b"slow")):
        (order.inbox.parent / "at hand").touch()
        time.sleep(60 if data.startswith(b"hang") else 0.5)
    if data.startswith(b"die"):
        os.kill(os.getpid(), signal.SIGKILL)
    if data.startswith(b"greedy"):
        try:
            bytearray(2 * 1024**3)
        except MemoryError:
            return Answer("unread", "no memory")
    return Answer("done", "", hashlib.sha256(data).hexdigest(), ((f"{order.file}.html", data),))
