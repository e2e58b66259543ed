"""The change log: what was corrected, and on what ground."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from regsheet.grid.cells import Value
from regsheet.model.book import Book
from regsheet.rules.findings import Correction, Finding, NotRun


@dataclass(frozen=True, init=False, repr=False, eq=False, match_args=False)
class Change(Struct, frozen=True, gc=False):
    """One corrected cell: the correction that was made, the rule that asked for it, the risk it belongs to."""

    correction: Correction
    code: str
    name: str
    ref: str | None
    field: str | None

    @property
    def before(self) -> Value:
        """What the cell held in the workbook that came in."""
        return self.correction.before


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of checking and correcting.

    ``book`` is the workbook as it stands after the changes (ratings as corrected); ``findings`` are those of the
    workbook that came in, each with its status (``corrected`` where a change answers it), worst first within sheet and
    row order; ``changes`` are in sheet and cell order.
    """

    book: Book
    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]
    changes: tuple[Change, ...]
