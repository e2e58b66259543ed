"""Everything that the new sheets, and the other reports, show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regsheet.corrections.log import Settled
from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.book import Book
from regsheet.model.register import Register
from regsheet.rules.responses import Response
from regsheet.writer.merged import Merge


@dataclass(frozen=True, slots=True)
class Report:
    """A finished check. ``configuration`` names the file that was used, or says that defaults were.

    ``others`` are the other workbooks of the same run: a register finds its assurance map in one of them.
    ``responses`` are what people answered on the Findings sheet of an earlier copy; all of them are shown again.
    ``remarks`` are sentences on what an earlier copy leaves to do.
    ``standalone``: the new sheets make a workbook of their own, in which the register's sheets are not and no cell has
    been corrected. ``merge`` says what was merged into the workbook before it was checked, where anything was.
    """

    settled: Settled
    as_of: dt.date
    version: str
    configuration: str
    configuration_sha256: str
    source_name: str
    source_sha256: str
    responses: tuple[Response, ...] = ()
    remarks: tuple[str, ...] = ()
    others: tuple[Book, ...] = ()
    standalone: bool = False
    merge: Merge | None = None

    @property
    def maps(self) -> tuple[AssuranceMap, ...]:
        """The workbook's own assurance maps, else those of the others where this workbook holds a register."""
        own = self.settled.book.maps
        if own or not self.settled.book.registers:
            return own
        return tuple(item for book in self.others for item in book.maps)

    @property
    def registers(self) -> tuple[Register, ...]:
        """The workbook's own registers, else those of the others where this workbook holds a map."""
        own = self.settled.book.registers
        if own or not self.settled.book.maps:
            return own
        return tuple(register for book in self.others for register in book.registers)

    def is_here(self, part: AssuranceMap | Register) -> bool:
        """Whether a map or register stands in this workbook, so that a link to its cells leads somewhere."""
        return any(one is part for one in (*self.settled.book.maps, *self.settled.book.registers))
