"""What results are called: as the file, else with a number, so that no result ever takes the place of another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count
from pathlib import PurePosixPath

from regsheet.batch.gather import original_name

LONGEST_STEM = 200
"""Bytes of a stem: with number and ending it stays a name that every file system takes."""


def stems(file: str) -> Iterator[str]:
    """Stems of results of a file, best first: ``register``, ``register-2``, ``register-3`` and so on without end."""
    stem = shortened(PurePosixPath(original_name(file)).stem)
    return chain([stem], (f"{stem}-{number}" for number in count(2)))


def shortened(stem: str) -> str:
    """A stem that leaves room for an ending, cut between letters."""
    return stem.encode()[:LONGEST_STEM].decode(errors="ignore")


def beside(file: str, name: str) -> str:
    """The path of a result in the outbox: in the folder of the same name as its file's in the inbox."""
    return PurePosixPath(file).with_name(name).as_posix()
