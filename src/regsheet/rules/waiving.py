"""Findings that somebody has accepted: which waiver holds, for which finding, and why another does not.

A waiver is known by rule, reference (else title), field and the value that the cell had; never by a row. Sorting keeps
it, and a changed value voids it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from regsheet.config import FILE_NAME, WaiverSetting
from regsheet.model.book import Book
from regsheet.model.register import Register
from regsheet.rules.findings import Finding
from regsheet.rules.responses import Response, answered, fold, value_key
from regsheet.rules.risks import texts
from regsheet.rules.working_out import kept
from regsheet.values.text import is_blank

if TYPE_CHECKING:
    from regsheet.rules.base import Context

Verdict = Literal["waived", "unused", "expired", "incomplete", "unwaivable"]
"""``waived``: the finding does not count. Of the others it does: nothing to waive, past its date, no reason or name, or
a rule that the configuration lets nobody waive."""

ON_THE_SHEET = "the Findings sheet"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that somebody has accepted.

    ``rule`` is a code or a name, ``ref`` the risk's reference, else its title. Without ``field`` or ``value_key`` every
    field or value counts. ``until`` is the last day on which it holds, ``source`` where it was written down.
    ``undated`` says that an end was given which is no date. ``response`` is the row that it came from, if it was one.
    """

    rule: str
    ref: str
    field: str | None = None
    value_key: str | None = None
    reason: str = ""
    name: str = ""
    until: dt.date | None = None
    source: str = FILE_NAME
    undated: bool = False
    response: Response | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it says why, who, and, if it has an end, when that is."""
        return bool(self.reason.strip() and self.name.strip()) and not self.undated

    def fits(self, finding: Finding) -> bool:
        """Whether it is about a finding."""
        return (
            self.rule.strip().upper() in {finding.code, finding.name.upper()}
            and fold(self.ref) == fold(finding.ref or finding.title)
            and (self.field is None or self.field == finding.field)
            and (self.value_key is None or self.value_key == value_key(finding.value))
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A waiver, what became of it, and the findings that it is about: none where there is nothing to waive."""

    waiver: Waiver
    verdict: Verdict
    findings: tuple[Finding, ...] = ()


def waiver_of_setting(setting: WaiverSetting) -> Waiver:
    """A waiver of the configuration."""
    return Waiver(
        rule=setting.rule,
        ref=setting.ref,
        field=setting.field.strip().lower().replace(" ", "_") if setting.field else None,
        value_key=None if setting.value is None else value_key(setting.value),
        reason=setting.reason,
        name=setting.name,
        until=setting.until,
    )


def waiver_of_response(response: Response) -> Waiver:
    """What a row of the Findings sheet that disagrees comes to."""
    return Waiver(
        rule=response.rule,
        ref=response.ref or response.title,
        field=response.field,
        value_key=response.value_key,
        reason=response.reason,
        name=response.name,
        until=response.last_day,
        source=ON_THE_SHEET,
        undated=response.last_day is None and not is_blank(response.until),
        response=response,
    )


def judge(findings: Sequence[Finding], context: Context, ran: Collection[str] | None = None) -> list[Judged]:
    """What becomes of each waiver: of the configuration in its order, then of the Findings sheet.

    ``ran`` holds the codes of the rules that ran: of the others nobody can say whether their waivers are used. An
    answer on the Findings sheet whose finding is gone has done its work and is left out, and so is a waiver of the
    configuration for a risk that another workbook of the run has.
    """
    judged: list[Judged] = []
    of_risk = _by_risk(findings) if context.config.waivers else {}
    for waiver in map(waiver_of_setting, context.config.waivers):
        found = tuple(finding for finding in of_risk.get(fold(waiver.ref), ()) if waiver.fits(finding))
        if found or _is_about(waiver, context, ran, findings):
            judged.append(Judged(waiver, _verdict(waiver, found, context), found))
    places, _ = answered(findings, context.responses)
    for place, response in sorted(places.items()):
        if response.disagrees:
            waiver, found = waiver_of_response(response), (findings[place],)
            judged.append(Judged(waiver, _verdict(waiver, found, context), found))
    return judged


def _by_risk(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings by the risk that they are about, as a waiver names it: many waivers each ask for those of one risk."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(fold(finding.ref or finding.title), []).append(finding)
    return found


def _verdict(waiver: Waiver, findings: Sequence[Finding], context: Context) -> Verdict:
    if findings and all(_is_unwaivable(finding, context) for finding in findings):
        return "unwaivable"
    if not waiver.is_complete:
        return "incomplete"
    if not findings:
        return "unused"
    if waiver.until is not None and waiver.until < context.as_of:
        return "expired"
    return "waived"


def _is_unwaivable(finding: Finding, context: Context) -> bool:
    keys = {key.strip().upper() for key in context.config.rules.unwaivable}
    return not keys.isdisjoint({finding.code, finding.code[:2], finding.name.upper()})


def _is_about(waiver: Waiver, context: Context, ran: Collection[str] | None, findings: Sequence[Finding]) -> bool:
    """Whether a waiver without a finding is any business of this workbook."""
    if ran is not None and waiver.rule.strip().upper() not in {*ran, *(finding.code for finding in findings)}:
        return False
    if has_risk(context.book, waiver.ref):
        return True
    if context.elsewhere is not None:
        return fold(waiver.ref) not in context.elsewhere.names
    return not any(has_risk(book, waiver.ref) for book in context.others)


def has_risk(book: Book, ref: str) -> bool:
    """Whether a workbook has a risk of that reference or title."""
    wanted = fold(ref)
    in_registers = any(wanted in _folded(register, field) for register in book.registers for field in ("ref", "title"))
    in_maps = any(wanted == fold(text) for one in book.maps for field in ("risk_ref", "risk_title")
                  for text in one.risks[field].dropna().tolist())  # fmt: skip
    return in_registers or in_maps


@kept
def _folded(register: Register, field: str) -> frozenset[str]:
    """The texts of a column, for comparing."""
    return frozenset(map(fold, set(texts(register, field))))


def waived(findings: Iterable[Finding], judged: Iterable[Judged], context: Context) -> list[Finding]:
    """The findings, those with a waiver that holds marked as waived. What is waived is not corrected either."""
    accepted = {id(finding) for one in judged if one.verdict == "waived" for finding in one.findings
                if not _is_unwaivable(finding, context)}  # fmt: skip
    return [replace(finding, status="waived", correction=None) if id(finding) in accepted else finding
            for finding in findings]  # fmt: skip
