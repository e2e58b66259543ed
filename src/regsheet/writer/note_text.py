"""What the note on a flagged cell says: each finding with its severity and code in front."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from regsheet.rules.findings import Correction, Finding, Severity, Status
from regsheet.writer.comment_xml import NoteText, Paragraph
from regsheet.writer.sheets.texts import display, one_line


@cache
def our_paragraph() -> re.Pattern[str]:
    """What each line of our notes begins with: severity, code and name, or the line that counts what is left out."""
    severities = "|".join(re.escape(word) for word in _words()["severity"].values())
    more = re.escape(f"{_words()['note']['more_heading']} {_words()['note']['more'].partition('{')[0]}")
    return re.compile(rf"(?:{severities}) [A-Z]{{2}}[0-9]{{3}} \([a-z0-9/-]+\): |{more}[0-9]+ ")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("notes.toml").read_text(encoding="utf-8"))


def correction_words() -> dict[str, str]:
    """The sentences on what was done about a finding, with ``{places}`` to fill in."""
    words: dict[str, str] = _words()["note"]
    return words


@cache
def _limits() -> tuple[int, int]:
    """The most characters and the most findings of a note."""
    limits = _words()["limits"]
    return int(limits["characters"]), int(limits["findings"])


def note_for(findings: Sequence[Finding], findings_sheet: str) -> NoteText:
    """One note for all findings about a cell, as given; what does not fit is counted."""
    room, most = _limits()
    paragraphs: list[Paragraph] = []
    for number, finding in enumerate(findings):
        heading, text = _heading(finding.severity, finding.code, finding.name), _told(finding)
        size = len(heading) + len(text) + 2
        if number and (size > room or number >= most):
            words = _words()["note"]
            text = words["more"].format(count=len(findings) - number, findings=findings_sheet)
            paragraphs.append(Paragraph(words["more_heading"], text))
            break
        paragraphs.append(Paragraph(heading, _cut(text, room)))
        room -= size
    return NoteText(tuple(paragraphs))


def _told(finding: Finding) -> str:
    """What a finding says, what to do about it, and what was done, on one line."""
    said = f"{one_line(finding.message)} {_advice(finding.advice)}".strip()
    if finding.correction is not None and finding.status in {"corrected", "suggested"}:
        said = f"{said} {one_line(_correction(finding.correction, finding.status))}"
    return said


@lru_cache(maxsize=500)
def _heading(severity: Severity, code: str, name: str) -> str:
    words = _words()
    return str(words["note"]["heading"].format(severity=words["severity"][severity.value], code=code, name=name))


@lru_cache(maxsize=500)
def _advice(text: str) -> str:
    """What to do about a finding, on one line: a rule says the same of many cells."""
    return one_line(text)


def _correction(correction: Correction, status: Status) -> str:
    """What was, or could be, done about a finding."""
    words = _words()["note"]
    if correction.formula is None and correction.after in (None, correction.before):  # only the colour changes
        return str(words["recoloured"].format(basis=correction.basis))
    by_formula = status == "corrected" and correction.formula is not None
    return str(
        words["corrected_formula" if by_formula else status].format(
            before=display(correction.before) or words["blank"],
            after=display(correction.after),
            basis=correction.basis,
        )
    )


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(room - 1, 0)].rstrip() + "…"
