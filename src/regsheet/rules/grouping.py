"""Puts findings together that say the same of many risks: one sentence with many places, not as many sentences."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from regsheet.grid.addresses import column_number
from regsheet.grid.cells import Value
from regsheet.model.register import shorten
from regsheet.rules.day_counts import in_words
from regsheet.rules.findings import Finding, Severity, Status
from regsheet.rules.registry import rule_named
from regsheet.values.text import items

FEWEST = 6
"""So many findings of one kind are read together; fewer are read with their risks."""

LONGEST_VALUE = 24
"""A longer value is prose, which says nothing in passing."""

LONGEST_LABEL = 30

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
CHANGING = re.compile(
    # It begins with what one may begin with: so most letters of a sentence are passed over at once.
    r"[“\dmt](?:(?<=“)[^”]*”|(?<=m)ore than \d+ (?:day|month|year)s?\b|(?<=\d)(?<!\d\d)\d* (?:day|month|year)s?\b"
    rf"|(?<=\bt)he month that ends on |(?<=\d)\d? (?:{MONTHS}) \d{{4}})"
)
"""What may differ between sentences that say the same: a cell's own words, a day, a length of time."""

DIGITS = "0123456789"

MORE_FIGURES = re.compile(r"[\d.]*\d")
"""Behind a number, it goes on."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one rule on one field of one sheet that say the same, apart from the risk and the cell's value.

    ``sentence`` says it for all of them. ``with_values``: the values differ, and are worth showing beside the places.
    """

    code: str
    name: str
    severity: Severity
    status: Status
    sheet: str
    field: str | None
    sentence: str
    advice: str
    findings: tuple[Finding, ...]
    with_values: bool

    @property
    def size(self) -> str:
        """``23 risks``; ``7 times on 2 risks`` where a risk has several."""
        risks = len({(finding.ref, finding.title, finding.ref or finding.title or finding.cell)
                     for finding in self.findings})  # fmt: skip
        named = f"{risks} risk{'s' if risks != 1 else ''}"
        return named if risks == len(self.findings) else f"{len(self.findings)} times on {named}"

    @property
    def places(self) -> tuple[tuple[str, str, str], ...]:
        """For each finding what to call its risk, its cell, and its value where that is worth showing."""
        return tuple((label_of(finding), finding.cell or "", brief(finding.value) if self.with_values else "")
                     for finding in self.findings)  # fmt: skip

    @property
    def runs(self) -> tuple[str, ...]:
        """The cells as ranges, cells that stand below each other as one: ``K20:K42``, ``K44``."""
        return runs(finding.cell for finding in self.findings if finding.cell)


def grouped(findings: Iterable[Finding], fewest: int = FEWEST) -> tuple[list[Group], list[Finding]]:
    """The groups of findings that say the same of many risks, in reading order, and the findings that are in none."""
    alike: dict[tuple[object, ...], list[tuple[int, str]]] = {}
    given = list(findings)
    for place, finding in enumerate(given):
        tail = sentence_of(finding)
        if tail is not None:
            key = (finding.code, finding.severity, finding.status, finding.sheet, finding.field)
            alike.setdefault(key, []).append((place, tail))
    # Sentences are only compared where there are enough of them.
    kinds = (kind for said in alike.values() if len(said) >= fewest for kind in _kinds(said, given))
    large = sorted(kind for kind in kinds if len(kind) >= fewest)
    taken = {place for kind in large for place, _ in kind}
    groups = [_group([(given[place], tail) for place, tail in kind]) for kind in large]
    return groups, [finding for place, finding in enumerate(given) if place not in taken]


def _kinds(said: Sequence[tuple[int, str]], findings: Sequence[Finding]) -> Iterable[list[tuple[int, str]]]:
    """Sentences, each with the place of its finding, by what they say."""
    kinds: dict[str, list[tuple[int, str]]] = {}
    known: dict[tuple[str, str], str] = {}
    for place, tail in said:
        asked = (tail, _figure(findings[place].value))
        if asked not in known:
            known[asked] = masked(*asked)
        kinds.setdefault(known[asked], []).append((place, tail))
    return kinds.values()


def _group(said: Sequence[tuple[Finding, str]]) -> Group:
    """One group of findings, each with its sentence."""
    findings, tails = [finding for finding, _ in said], [tail for _, tail in said]
    first = findings[0]
    same = len(set(tails)) == 1
    sentence = tails[0] if same else inspect.cleandoc(rule_named(first.code).__doc__ or "").partition("\n")[0]
    advices = {finding.advice for finding in findings}
    advice = first.advice if len(advices) == 1 else masked_advice(first.advice)
    return Group(first.code, first.name, first.severity, first.status, first.sheet, first.field,
                 sentence[:1].upper() + sentence[1:], advice, tuple(findings), not same)  # fmt: skip


def sentence_of(finding: Finding) -> str | None:
    """A finding's sentence without the risk that it begins with; None where it is not about one risk."""
    if ": " not in finding.message:
        return None
    ref, message = finding.ref or "", finding.message
    if ref.strip() and message.startswith(f"{ref}: "):  # most of them
        return message[len(ref) + 2 :]
    title = shorten(finding.title or "")
    for label in (f"{ref} {title}", f"risk {ref}", title, f"risk {title}"):
        if label.strip() and message.startswith(f"{label}: "):
            return message[len(label) + 2 :]
    row = re.match(r"(?:row|risk) \d+: ", message)
    return message[row.end() :] if row else None


def masked(sentence: str, figure: str) -> str:
    """A sentence with all that may differ between risks taken out; ``figure`` is the cell's number."""
    start = sentence.find(figure) if figure else -1
    while start >= 0:
        end = start + len(figure)
        before = sentence[start - 1] if start else ""
        if before != "." and not before.isdecimal() and not MORE_FIGURES.match(sentence, end):
            sentence = f"{sentence[:start]}…{sentence[end:]}"
            break
        start = sentence.find(figure, start + 1)
    return CHANGING.sub("…", sentence)


def _figure(value: Value) -> str:
    """A number as sentences write it; nothing for any other value."""
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else ""


def masked_advice(advice: str) -> str:
    """Advice that fits all: what it says of one value is cut off (``Type it as a date: 23 June 2026``)."""
    return f"{advice.partition(':')[0].rstrip('.')}." if CHANGING.search(advice) else advice


def label_of(finding: Finding) -> str:
    """What to call a risk in passing: its reference, else its title, else its row."""
    row = re.search(r"\d+$", finding.cell or "")
    return finding.ref or shorten(finding.title or "", LONGEST_LABEL) or (f"row {row[0]}" if row else finding.sheet)


def brief(value: Value) -> str:
    """A value in passing; empty where it is blank or prose."""
    if isinstance(value, dt.datetime):
        return in_words(value.date())
    if isinstance(value, float):
        return f"{value:g}"
    text = "" if value is None else ", ".join(items(str(value)))
    return text if len(text) <= LONGEST_VALUE else ""


def runs(cells: Iterable[str]) -> tuple[str, ...]:
    """Cells as ranges, by column and row, those that stand below each other without a gap as one."""
    rows: dict[str, set[int]] = {}
    for cell in cells:
        column = cell.rstrip(DIGITS)
        rows.setdefault(column, set()).add(int(cell[len(column) :]))
    return tuple(run for column in sorted(rows, key=column_number) for run in _runs(column, sorted(rows[column])))


def _runs(column: str, rows: Sequence[int]) -> Iterator[str]:
    """The ranges of one column; the rows are in order."""
    firsts = [row for row, before in zip(rows, (0, *rows), strict=False) if row != before + 1 or not before]
    lasts = [row for row, behind in zip(rows, (*rows[1:], 0), strict=True) if behind != row + 1]
    for first, last in zip(firsts, lasts, strict=True):
        yield f"{column}{first}" if first == last else f"{column}{first}:{column}{last}"
