"""What came of one workbook of a run, as plain data: it travels between processes, into the ledger and the quarter."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from regsheet.rules.findings import Status

Stage = Literal["annotated", "checked", "failed"]
"""``annotated``: a workbook was written. ``checked``: of a format that cannot be annotated. ``failed``: not read."""


class StageRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A risk's scores at one stage, None or empty where the sheet has none. ``colour`` is the band's, ``RRGGBB``."""

    likelihood: float | None = None
    impact: float | None = None
    rating: float | None = None
    band: str = ""
    colour: str = ""
    is_red: bool = False


class ActionRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """An action, the last day on which it is due, and whether that day had passed with the action still open.

    ``text`` is empty where the register has a date and names no action.
    """

    text: str
    due: dt.date | None
    overdue: bool


class RiskRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """One risk as the workbook holds it after its corrections; one that takes several rows is one risk.

    ``stages`` has those the register scores, in order. ``direction`` is ``up``, ``down``, ``same``, ``new`` or empty;
    ``status`` is the sheet's own word, and ``closed`` tells whether it means that the risk is off the books.
    """

    sheet: str
    cell: str | None
    ref: str
    title: str
    owner: str
    category: str
    objective: str
    direction: str
    status: str
    stages: dict[str, StageRecord]
    actions: tuple[ActionRecord, ...]
    closed: bool = False

    @property
    def current(self) -> StageRecord:
        """The scores that count now: residual, else inherent."""
        return self.stages.get("residual") or self.stages.get("inherent") or StageRecord()


class FindingRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """One finding, as the JSON report has it."""

    code: str
    name: str
    severity: str
    sheet: str
    cell: str | None
    ref: str | None
    title: str | None
    field: str | None
    owner: str | None
    message: str
    advice: str
    status: Status
    before: str = ""
    after: str = ""


class CorrectionRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """One corrected cell."""

    sheet: str
    cell: str
    code: str
    ref: str | None
    field: str | None
    before: str
    after: str
    basis: str


class AssuranceRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of assurance, or a risk's line without any (``item`` empty)."""

    sheet: str
    cell: str | None
    cluster: str
    risk_ref: str
    risk_title: str
    line: int
    item: str
    date: dt.date | None
    opinion: str


class WaiverRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A waiver that somebody gave on the Findings sheet or in the configuration, and a finding it answers."""

    code: str
    ref: str
    field: str | None
    reason: str
    name: str
    until: dt.date | None


class Grade(msgspec.Struct, frozen=True, omit_defaults=True):
    """A band of a register's scale: its name, lowest and highest rating and colour; the last is the worst."""

    name: str
    low: float
    high: float
    colour: str


class Scale(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a register scores: the scores of its levels, lowest first, with their names, and its bands.

    ``sheet`` is the register's.
    """

    likelihood: dict[str, float]
    impact: dict[str, float]
    rule: str
    bands: tuple[Grade, ...]
    sheet: str = ""


class MovementRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A risk against last quarter's: ``before`` is None for a new one, ``after`` for one that is no longer there.

    ``before`` and ``after`` are the scores that counted then and count now. A risk that has been closed since counts
    as one that is no longer there; one that was closed then already, and is still, has no record. Risks that did not
    move have one too.
    """

    ref: str
    title: str
    owner: str
    before: StageRecord | None
    after: StageRecord | None


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of one workbook.

    ``file`` is its path within the folder of the run, with ``/``; ``service`` the part of the organisation it is of;
    ``output`` the annotated workbook's path within the output folder. ``sha256`` is the input file's, ``source_sha256``
    that of the workbook it was first annotated from. ``previous`` is last quarter's workbook, if one was found, and
    ``movements`` is empty without it. ``reason`` is the sentence why it failed. ``scales`` has one for
    each register. Text is as the workbook has it, with line breaks as spaces.
    """

    file: str
    service: str
    stage: Stage
    sha256: str
    source_sha256: str
    configuration_sha256: str
    as_of: dt.date
    version: str
    output: str = ""
    reason: str = ""
    previous: str = ""
    risks: tuple[RiskRecord, ...] = ()
    movements: tuple[MovementRecord, ...] = ()
    findings: tuple[FindingRecord, ...] = ()
    corrections: tuple[CorrectionRecord, ...] = ()
    waivers: tuple[WaiverRecord, ...] = ()
    assurance: tuple[AssuranceRecord, ...] = ()
    scales: tuple[Scale, ...] = ()
    not_run: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """One run over a folder. ``outcomes`` are in the order of their file names.

    ``gone``: workbooks of last quarter's folder with which none of this quarter's was paired. ``passed_over``: files
    of the folder that are no registers (a letter, a report of ours, a copy of one that is there), each with a sentence
    why; nothing is wrong with them.
    """

    organisation: str
    as_of: dt.date
    version: str
    configuration_sha256: str
    outcomes: tuple[Outcome, ...]
    gone: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, str], ...] = ()
