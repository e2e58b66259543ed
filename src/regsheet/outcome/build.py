"""A finished check as an ``Outcome``: plain data that can travel, be stored and be shown with others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import pandas as pd

from regsheet.config import Config
from regsheet.corrections.log import Change
from regsheet.errors import RegsheetError
from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.book import Book
from regsheet.outcome.records import (
    AssuranceRecord,
    CorrectionRecord,
    FindingRecord,
    Outcome,
    Stage,
    WaiverRecord,
)
from regsheet.outcome.risks import movement_records, risk_records, scale_of
from regsheet.pipeline import Options
from regsheet.rules.findings import Correction, Finding
from regsheet.rules.waiving import Waiver, waiver_of_response, waiver_of_setting
from regsheet.version import VERSION
from regsheet.writer.report import Report
from regsheet.writer.sheets.bands import BandWords
from regsheet.writer.sheets.texts import display, one_line


@dataclass(frozen=True, slots=True)
class Identity:
    """Which workbook an outcome is of: its path within the run's folder, its service, and the hash of its bytes."""

    file: str
    service: str
    sha256: str


def outcome_of(
    report: Report,
    identity: Identity,
    config: Config,
    *,
    stage: Stage = "annotated",
    output: str = "",
    previous: Book | None = None,
    previous_file: str = "",
    remarks: tuple[str, ...] = (),
) -> Outcome:
    """What came of a workbook that was checked.

    ``config`` is the configuration that it was checked with, ``output`` the annotated workbook's path within the output
    folder. ``previous`` is last quarter's workbook, for the movements, and ``previous_file`` what it is called.
    ``remarks`` come after the report's own.
    """
    book = report.settled.book
    bands = BandWords(book.registers)
    return Outcome(
        file=identity.file,
        service=identity.service,
        stage=stage,
        sha256=identity.sha256,
        source_sha256=report.source_sha256,
        configuration_sha256=report.configuration_sha256,
        as_of=report.as_of,
        version=report.version,
        output=output,
        previous=previous_file,
        risks=tuple(risk for register in book.registers for risk in risk_records(register, report.as_of)),
        movements=() if previous is None else tuple(
            movement for register in book.registers for movement in movement_records(register, previous)),
        findings=tuple(_finding(finding, bands) for finding in report.settled.findings),
        corrections=tuple(_correction(change, bands) for change in report.settled.changes) if output else (),
        waivers=tuple(_waivers(report, config)),
        assurance=tuple(item for one in book.maps for item in _assurance(one)),
        scales=tuple(scale_of(register) for register in book.registers),
        not_run=tuple((item.code, item.why) for item in report.settled.not_run),
        remarks=tuple(one_line(remark) for remark in (*report.remarks, *remarks)),
    )  # fmt: skip


def failed_outcome(error: RegsheetError | str, identity: Identity, options: Options, *,
                   previous_file: str = "") -> Outcome:  # fmt: skip
    """What came of a workbook that could not be read or written; ``error`` is the sentence why."""
    return Outcome(
        file=identity.file,
        service=identity.service,
        stage="failed",
        sha256=identity.sha256,
        source_sha256=identity.sha256,
        configuration_sha256=options.configuration.sha256,
        as_of=options.as_of,
        version=VERSION,
        reason=one_line(str(error)),
        previous=previous_file,
    )


def encode(outcome: Outcome) -> bytes:
    """An outcome as JSON."""
    return msgspec.json.encode(outcome)


def decode(data: bytes | str) -> Outcome:
    """An outcome from JSON. Raises ``msgspec.ValidationError`` or ``msgspec.DecodeError`` where it is none."""
    return msgspec.json.decode(data, type=Outcome)


def _finding(finding: Finding, bands: BandWords) -> FindingRecord:
    correction = finding.correction
    before = finding.value if correction is None else correction.before
    return FindingRecord(
        code=finding.code,
        name=finding.name,
        severity=finding.severity.value,
        sheet=finding.sheet,
        cell=finding.cell,
        ref=_optional(finding.ref),
        title=_optional(finding.title),
        field=finding.field,
        owner=_optional(finding.owner),
        message=one_line(finding.message),
        advice=one_line(finding.advice),
        status=finding.status,
        before=one_line(display(before)),
        after="" if correction is None else _after(correction, bands),
    )


def _optional(text: str | None) -> str | None:
    return None if text is None else one_line(text)


def _after(correction: Correction, bands: BandWords) -> str:
    """What the cell holds after a correction, in words; of one that only recolours it, the fill."""
    if correction.fill is None:
        return one_line(display(correction.after))
    fill = bands.fill(correction.sheet, correction.fill)
    if correction.after in (None, correction.before):
        return fill
    return one_line(f"{display(correction.after)} ({fill})")


def _correction(change: Change, bands: BandWords) -> CorrectionRecord:
    correction = change.correction
    return CorrectionRecord(
        sheet=correction.sheet,
        cell=correction.cell,
        code=change.code,
        ref=_optional(change.ref),
        field=change.field,
        before=one_line(display(correction.before)),
        after=_after(correction, bands),
        basis=one_line(correction.basis),
    )


def _waivers(report: Report, config: Config) -> Iterator[WaiverRecord]:
    """The waiver that holds for each finding that is waived, each once."""
    given = [waiver for waiver in (
        *map(waiver_of_setting, config.waivers),
        *(waiver_of_response(response) for response in report.responses if response.disagrees),
    ) if waiver.is_complete and (waiver.until is None or waiver.until >= report.as_of)]  # fmt: skip
    waived = [finding for finding in report.settled.findings if finding.status == "waived"]
    records = (_waiver(waiver, finding) for finding in waived
               if (waiver := next((one for one in given if one.fits(finding)), None)) is not None)  # fmt: skip
    yield from dict.fromkeys(records)


def _waiver(waiver: Waiver, finding: Finding) -> WaiverRecord:
    return WaiverRecord(
        code=finding.code,
        ref=one_line(waiver.ref),
        field=finding.field,
        reason=one_line(waiver.reason),
        name=one_line(waiver.name),
        until=waiver.until,
    )


def _assurance(one: AssuranceMap) -> Iterator[AssuranceRecord]:
    """Every item of a map, and every line of a risk on which there is none, in the order of its risks."""
    items: dict[int, dict[int, list[AssuranceRecord]]] = {}
    for row in one.frame.to_dict("records"):
        item = _assurance_record(one, row, row["line"], row["cell"], row["item"], row["date"], row["opinion"])
        items.setdefault(row["risk"], {}).setdefault(item.line, []).append(item)
    for place, risk in enumerate(one.risks.to_dict("records")):
        held = items.get(place, {})
        for line in sorted({*one.lines, *held}):
            yield from held.get(line) or [_assurance_record(one, risk, line, risk.get(f"line_{line}"))]


def _assurance_record(one: AssuranceMap, row: Mapping[Hashable, Any], line: int, cell: object, item: object = None,
                      date: object = None, opinion: object = None) -> AssuranceRecord:  # fmt: skip
    return AssuranceRecord(
        sheet=one.sheet_name, cell=cell if isinstance(cell, str) else None, cluster=_word(row["cluster"]),
        risk_ref=_word(row["risk_ref"]), risk_title=_word(row["risk_title"]), line=int(line), item=_word(item),
        date=date.date() if isinstance(date, dt.datetime) and not pd.isna(date) else None, opinion=_word(opinion),
    )  # fmt: skip


def _word(value: object) -> str:
    """A text on one line; empty for what a frame has where there is none."""
    return one_line(value) if isinstance(value, str) else ""
