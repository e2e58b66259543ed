"""Everything that the new sheets, and the other reports, show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regsheet.corrections.log import Settled


@dataclass(frozen=True, slots=True)
class Report:
    """A finished check. ``configuration`` names the file that was used, or says that defaults were."""

    settled: Settled
    as_of: dt.date
    version: str
    configuration: str
    configuration_sha256: str
    source_name: str
    source_sha256: str
