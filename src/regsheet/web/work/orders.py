"""What a worker process is asked to do, and what it says while it does it: plain data that travels as JSON."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

Task = Literal["recognise", "check", "mail", "api-inspect", "api-check", "api-annotate"]
Role = Literal["register", "map", "previous", "owners", "config", "ignore"]


class GivenFile(msgspec.Struct, frozen=True):
    """A file that somebody sent: what it is called, and under which name of our own it lies in the order's folder."""

    name: str
    stored: str


class Order(msgspec.Struct, frozen=True, omit_defaults=True):
    """One job. Results are written into ``folder``. ``workbooks`` are checked together, as on the command line.

    ``mended`` has, for each table whose columns somebody mended, its headings to their fields.
    """

    task: Task
    folder: str
    workbooks: tuple[GivenFile, ...] = ()
    previous: GivenFile | None = None
    owners: GivenFile | None = None
    config: GivenFile | None = None
    mended: tuple[dict[str, str], ...] = ()
    as_of: dt.date | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    correct: bool = True
    suggestions: bool = False

    @property
    def files(self) -> tuple[GivenFile, ...]:
        """Every file of the order."""
        beside = (self.previous, self.owners, self.config)
        return (*self.workbooks, *(given for given in beside if given is not None))


class Word(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a worker says: that it is ready, which stage it has reached, or how the order ended.

    ``refusal`` is the sentence of a ``RegsheetError`` and ``kind`` its class; ``fault`` names an error of ours and the
    place in our code, never what a workbook holds.
    """

    kind: Literal["ready", "stage", "done", "refused", "too-much", "fault"]
    stage: str = ""
    refusal: str = ""
    error: str = ""
    fault: str = ""
