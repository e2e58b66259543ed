"""The two folders of a watch, and that they keep apart."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from regsheet.errors import WatchError
from regsheet.watch.words import words

STATE = ".regsheet-watch.json"
LOCK = ".regsheet-watch.lock"
UNREAD = "unread"


def prepared(inbox: Path, outbox: Path) -> tuple[Path, Path]:
    """Both folders by their full names, the outbox made where it is missing.

    Raises ``WatchError`` where there is no inbox, or one of them is or lies in the other, by whatever name.
    """
    if not inbox.is_dir():
        raise WatchError(words("refused", "no_inbox", inbox=inbox))
    inside, outside = inbox.resolve(), outbox.resolve()
    _keep_apart(inside, outside)  # before it is made, so that a refusal leaves nothing behind
    try:
        outside.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WatchError(words("refused", "no_outbox", outbox=outbox, why=reason(error))) from None
    _keep_apart(inside, outside)
    if (outside / UNREAD).is_symlink():
        raise WatchError(words("refused", "unread_link", folder=outside / UNREAD))
    return inside, outside


def _keep_apart(inbox: Path, outbox: Path) -> None:
    if _same(inbox, outbox):
        raise WatchError(words("refused", "same"))
    for inner, outer in ((inbox, outbox), (outbox, inbox)):
        if any(_same(folder, outer) for folder in inner.parents):
            raise WatchError(words("refused", "within", inner=inner, outer=outer))


def _same(one: Path, other: Path) -> bool:
    """Whether two names stand for one folder, also where case does not count or a drive has two names."""
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def reason(error: OSError) -> str:
    """What the system says, in the middle of a sentence."""
    return (error.strerror or str(error)).lower()


@contextmanager
def alone(outbox: Path) -> Iterator[None]:
    """Hold the outbox, so that a service and a scheduled task do not both write to it. Raises ``WatchError``."""
    try:
        stream = (outbox / LOCK).open("ab")
    except OSError as error:
        raise WatchError(words("refused", "not_writable", outbox=outbox, why=reason(error))) from None
    with stream:
        _take(stream, outbox)
        yield


def _take(stream: IO[bytes], outbox: Path) -> None:
    """Lock a file for as long as it is open."""
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        raise WatchError(words("refused", "busy", outbox=outbox)) from None
    except OSError:  # some network folders know no locks; there it is for whoever runs it to run it once
        return
