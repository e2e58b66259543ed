"""Bounds that the system keeps on a process that works on one file of a stranger's."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path


def bound_process(seconds: float, memory: int, file_bytes: int) -> None:
    """Bound this process from now on, where the system can: it is ended, or an allocation fails, beyond them.

    ``seconds`` of processor time and ``memory`` in bytes count on top of what was used so far; ``file_bytes`` is the
    largest file that it may write. No core is dumped, for it would hold what the file holds.
    """
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    bounds = {
        resource.RLIMIT_CPU: int(used.ru_utime + used.ru_stime + seconds) + 1,
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform.startswith("linux"):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        bounds[resource.RLIMIT_AS] = pages * resource.getpagesize() + memory
    for what, bound in bounds.items():
        highest = resource.getrlimit(what)[1]
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (bound if highest == resource.RLIM_INFINITY else min(bound, highest), highest))
