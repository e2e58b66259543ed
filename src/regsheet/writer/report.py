"""Everything that the new sheets, and the other reports, show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regsheet.corrections.log import Settled
from regsheet.rules.responses import Response


@dataclass(frozen=True, slots=True)
class Report:
    """A finished check. ``configuration`` names the file that was used, or says that defaults were.

    ``responses`` are what people answered on the Findings sheet of an earlier copy; all of them are shown again.
    ``standalone``: the new sheets make a workbook of their own, in which the register's sheets are not and no cell has
    been corrected.
    """

    settled: Settled
    as_of: dt.date
    version: str
    configuration: str
    configuration_sha256: str
    source_name: str
    source_sha256: str
    responses: tuple[Response, ...] = ()
    standalone: bool = False
