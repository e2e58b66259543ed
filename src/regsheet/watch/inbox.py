"""What lies in the inbox: the files that may be registers, and what is passed over and why."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass, field
from pathlib import Path

from regsheet.changes.files import WORKBOOKS
from regsheet.config import FILE_NAME
from regsheet.limits import MAX_BATCH_FILES, STALE_SECONDS
from regsheet.watch.places import reason
from regsheet.watch.words import words

DOCUMENTS = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".numbers", ".zip", ".msg", ".eml")
"""Endings of files that people send in place of a workbook: they are told so. Any other file is left alone."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file does. Not its number: some network folders give a file a new one now and then."""

    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A file: its path within the inbox with ``/``, where it lies, and whether somebody has it open."""

    file: str
    path: Path
    stamp: Stamp
    in_use: bool


@dataclass(slots=True)
class Seen:
    """All that was seen at one look. ``settings`` are the configurations in the inbox with their stamps."""

    files: dict[str, Sighting] = field(default_factory=dict)
    passed_over: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Stamp] = field(default_factory=dict)
    too_many: bool = False


def look(inbox: Path) -> Seen:
    """Look through the inbox and its folders. Raises ``OSError`` where the inbox itself cannot be looked into.

    Hidden files, lock files and files of other kinds are left alone without a word. No link is followed: it could
    lead to a file that whoever put it there may not read.
    """
    seen = Seen()
    os.scandir(inbox).close()

    def unreadable(error: OSError) -> None:
        where = Path(os.fsdecode(error.filename or inbox))
        seen.passed_over[_shown(where, inbox)] = words("passed", "folder", why=reason(error))

    for place, folders, names in os.walk(inbox, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        there = {name.casefold() for name in names}
        for name in sorted(names):
            _see(seen, inbox, Path(place, name), there)
    return seen


def _see(seen: Seen, inbox: Path, path: Path, neighbours: set[str]) -> None:
    if path.name == FILE_NAME:
        found = stamp_of(path)
        if found is not None:
            seen.settings[str(path)] = found
        return
    if path.name.startswith((".", "~")) or not path.name.lower().endswith((*WORKBOOKS, *DOCUMENTS)):
        return
    why = _why_not(path)
    if why:
        seen.passed_over[_shown(path, inbox)] = words("passed", why)
    elif len(seen.files) >= MAX_BATCH_FILES:
        seen.too_many = True
    else:
        stamp = stamp_of(path)
        if stamp is not None:
            file = path.relative_to(inbox).as_posix()
            seen.files[file] = Sighting(file, path, stamp, _in_use(path, neighbours))


def _why_not(path: Path) -> str:
    """The key of the sentence why a file is passed over; empty where it is not."""
    try:
        str(path).encode()
        mode = path.lstat().st_mode
    except UnicodeEncodeError:
        return "name"
    except OSError:  # it is gone again
        return ""
    if stat.S_ISLNK(mode):
        return "link"
    return "" if stat.S_ISREG(mode) else "special"


def stamp_of(path: Path) -> Stamp | None:
    """A file's stamp; None where it is not there or is a link."""
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return Stamp(status.st_size, status.st_mtime_ns)


def _in_use(path: Path, neighbours: set[str]) -> bool:
    """Whether Excel's or LibreOffice's lock file lies beside it; one that is a day old was left behind by a crash."""
    for name in (f"~${path.name}", f".~lock.{path.name}#"):
        if name.casefold() in neighbours:
            try:
                return time.time() - path.with_name(name).lstat().st_mtime < STALE_SECONDS
            except OSError:
                continue
    return False


def _shown(path: Path, inbox: Path) -> str:
    """A path within the inbox as it can be printed."""
    name = path.relative_to(inbox).as_posix() if path.is_relative_to(inbox) else str(path)
    return name.encode(errors="replace").decode()
