"""Work done in a process of its own, with a bound on time and memory that the system keeps."""

import contextlib
import os
import sys
import warnings
from collections.abc import Callable

import pytest

SECONDS = 60
"""Processor seconds; what is bounded at all takes a few, and what is not would take hours."""

MEMORY = 3 * 1024**3
"""Bytes on top of what the tests themselves take."""


def bounded(work: Callable[[], object], seconds: int = SECONDS, memory: int = MEMORY) -> str:
    """What ``work`` returns, or the sentence of the RegsheetError it raises; fails beyond the bounds."""
    if not sys.platform.startswith("linux"):
        return _outcome(work)
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside threads: the child uses none of them
        child = os.fork()
    if child == 0:
        _in_child(work, write, seconds, memory)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        pytest.fail(f"ended by signal {os.WTERMSIG(status)}: more than {seconds} seconds of work")
    if os.WEXITSTATUS(status):
        pytest.fail(said)
    return said


def _in_child(work: Callable[[], object], write: int, seconds: int, memory: int) -> None:
    import resource

    status = 1
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123 - a file of the system
            used = int(stream.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        said = _outcome(work)
        status = 0
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent is told
        said = f"{type(error).__name__}: {error}"
    with contextlib.suppress(BaseException):
        os.write(write, said.encode("utf-8", "replace")[:60_000])
    os._exit(status)


def _outcome(work: Callable[[], object]) -> str:
    from regsheet.errors import RegsheetError

    try:
        return str(work())
    except RegsheetError as error:
        sentence = str(error)
        assert sentence.endswith("."), sentence
        assert "\n" not in sentence, sentence
        return sentence
