"""What every rule is: a small class with a page, examples, and one method."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from sys import intern
from typing import ClassVar, Literal

from regsheet.config import Config
from regsheet.grid.cells import ConditionalFormat, Validation, Value
from regsheet.layout.tables import Axis, Band, RatingRule
from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.book import Book
from regsheet.model.history import History
from regsheet.model.owners_list import OwnersList
from regsheet.model.previous import Pairing
from regsheet.model.register import Register, shorten
from regsheet.rules.elsewhere import Elsewhere
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.rules.responses import Response, fold
from regsheet.rules.risks import texts, typed_at
from regsheet.rules.waiving import Judged

CorrectionPolicy = Literal["derived", "suggest", "no"]

HEADINGS = ("What it does", "Why it matters", "When it is legitimate", "Correction")
"""The headings that every rule's page has, in this order."""

ONE_TO_FIVE: Mapping[Axis, tuple[float | str, ...]] = {"likelihood": (1, 5), "impact": (1, 5)}
"""The scale of an example that gives none."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at besides its table. ``book`` is the workbook, ``as_of`` the day that counts as today.

    ``previous`` is last quarter's workbook, ``owners`` the owners list, ``others`` the other workbooks of the same
    organisation that are checked in the same run, ``history`` the earlier quarters that a ledger keeps; None or empty
    where they were not given. ``responses`` are what people answered on the Findings sheet of an annotated copy.
    ``elsewhere`` is what all other workbooks of a large run hold; where it is given, ``others`` are only those to which
    risks are joined: a register's maps, or a map's registers.
    ``pairings`` keeps what pairing with last quarter gave, by register.
    """

    book: Book
    config: Config
    as_of: dt.date
    previous: Book | None = None
    owners: OwnersList | None = None
    others: tuple[Book, ...] = ()
    history: History | None = None
    responses: tuple[Response, ...] = ()
    elsewhere: Elsewhere | None = None
    pairings: dict[int, Pairing | None] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Example:
    """A small table for a rule's tests and page.

    ``rows`` holds one mapping a risk, canonical field to the value as typed (``=`` starts a formula, whose cached
    value is the second of a pair: ``("=F2*G2", 16)``). ``fills`` colours cells, keyed by (row index, field).
    ``finds`` names what the rule must report: (row index, field) of each finding; empty for a valid example.
    ``map_rows`` holds assurance-map rows (``cluster``, ``risk_ref``, ``risk_title``, ``line_1`` …). ``headings``
    gives a field's heading its own words. ``settings`` overrides configuration keys. ``rating_rule``, ``scale`` and
    ``bands`` are what the sheet would have told about its scoring. The rest is the state of the sheet: fonts, merges,
    hidden rows and columns, conditional formats, validations. ``why`` says in a clause what the example shows.

    ``previous_rows`` are last quarter's register, ``other_rows`` another register checked in the same run, ``owners``
    the lines of an owners list as its headings name them, ``history`` the rows of earlier quarters by their day.
    ``responses`` are answers given on the Findings sheet.
    """

    rows: tuple[Mapping[str, object], ...] = ()
    finds: tuple[tuple[int, str], ...] = ()
    fills: Mapping[tuple[int, str], str] = field(default_factory=dict)
    map_rows: tuple[Mapping[str, object], ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    rating_rule: RatingRule = "product"
    scale: Mapping[Axis, tuple[float | str, ...]] = field(default_factory=lambda: dict(ONE_TO_FIVE))
    bands: tuple[Band, ...] = ()
    merges: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    formats: tuple[ConditionalFormat, ...] = ()
    validations: tuple[Validation, ...] = ()
    external_links: tuple[str, ...] = ()
    fonts: Mapping[tuple[int, str], str] = field(default_factory=dict)
    previous_rows: tuple[Mapping[str, object], ...] | None = None
    other_rows: tuple[Mapping[str, object], ...] = ()
    owners: tuple[Mapping[str, object], ...] | None = None
    history: Mapping[dt.date, tuple[Mapping[str, object], ...]] | None = None
    responses: tuple[Response, ...] = ()
    as_of: dt.date = dt.date(2024, 12, 31)
    why: str = ""


class Rule(ABC):
    """A rule. Its docstring is its page: a first line, then the four headings of ``HEADINGS``."""

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    correction: ClassVar[CorrectionPolicy] = "no"
    valid: ClassVar[tuple[Example, ...]]
    invalid: ClassVar[tuple[Example, ...]]

    @classmethod
    def family(cls) -> str:
        """``SC`` of ``SC001``."""
        return cls.code[:2]


class AboutRisks(Rule):
    """What rules that speak about a register's risks have in common."""

    def finding(
        self,
        register: Register,
        index: int,
        field: str,
        message: str,
        advice: str,
        *,
        cell: str | None = None,
        value: Value = None,
        severity: Severity | None = None,
        correction: Correction | None = None,
    ) -> Finding:
        """A finding about one field of one risk; the message is given the risk's label in front.

        What thousands of findings have in common they share: a large register has as many.
        """
        ref, title, owner = register.named(index)
        cell = cell or register.address(index, field) or register.address(index, "title")
        return Finding(
            code=self.code, name=self.name, severity=severity or self.severity, sheet=register.sheet_name,
            cell=correction.cell if correction is not None and correction.cell == cell else cell,
            message=f"{_named(ref or register.label(index))}: {message}", advice=intern(advice),
            ref=ref, title=title, field=intern(field), owner=owner,
            value=typed_at(register, index, field) if value is None else value, correction=correction,
        )  # fmt: skip

    def table_finding(
        self,
        register: Register,
        cell: str | None,
        field: str | None,
        message: str,
        advice: str,
        *,
        value: Value = None,
        correction: Correction | None = None,
    ) -> Finding:
        """A finding about the table itself (a heading, a column): it belongs to no risk."""
        return Finding(code=self.code, name=self.name, severity=self.severity, sheet=register.sheet_name, cell=cell,
                       message=message, advice=advice, field=field, value=value, correction=correction)  # fmt: skip


class RegisterRule(AboutRisks):
    """A rule that is run on each register. ``needs`` are fields the sheet must have, all of them.

    ``reads`` are the fields that settle, beside those that name a risk, all that it finds in a register, with
    ``residual_settled`` for the scores of a stage as ``settled_scores`` gives them: where corrections change none of
    them, it is not asked again. None where it looks at anything more.
    ``follows_corrections`` is False where what it finds is never the work of a correction: where it found nothing
    before them, it is not asked again.
    """

    needs: ClassVar[tuple[str, ...]] = ()
    reads: ClassVar[frozenset[str]] = frozenset()
    follows_corrections: ClassVar[bool] = True

    def fields_read(self, register: Register) -> frozenset[str]:
        """What ``reads`` comes to in this register: nothing where the rule looks at more than that here."""
        return self.reads

    def lacks(self, register: Register, context: Context) -> str | None:
        """Why the rule cannot run here: what the register or the configuration lacks; None when it can run."""
        missing = [field for field in self.needs if not register.has(field)]
        if not missing:
            return None
        names = " or ".join(name.replace("_", " ") for name in missing)
        return f"sheet {register.sheet_name!r} has no column for {names}"

    @abstractmethod
    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every finding in this register, in row order."""


class MapRule(Rule):
    """A rule that is run on each assurance map."""

    def lacks(self, assurance_map: AssuranceMap, context: Context) -> str | None:
        """Why the rule cannot run here; None when it can run."""
        return None

    @abstractmethod
    def check(self, assurance_map: AssuranceMap, context: Context) -> Iterator[Finding]:
        """Every finding in this map, in reading order."""

    def finding(
        self,
        assurance_map: AssuranceMap,
        risk: int,
        cell: str | None,
        field: str,
        message: str,
        advice: str,
        *,
        value: Value = None,
    ) -> Finding:
        """A finding about one risk of the map, by its place there; the message is given the risk's name in front."""
        ref, title = (_blank_or_text(assurance_map.risks[name].iat[risk]) for name in ("risk_ref", "risk_title"))
        name = " ".join(part for part in (ref, shorten(title or "")) if part) or f"risk {risk + 1}"
        return Finding(code=self.code, name=self.name, severity=self.severity, sheet=assurance_map.sheet_name,
                       cell=cell, message=f"{name}: {message}", advice=advice, ref=ref, title=title, field=field,
                       value=value)  # fmt: skip


class BookRule(AboutRisks):
    """A rule that is run once, on the workbook as a whole."""

    def lacks(self, context: Context) -> str | None:
        """Why the rule cannot run here; None when it can run."""
        return None

    @abstractmethod
    def check(self, context: Context) -> Iterator[Finding]:
        """Every finding in the workbook."""


def _named(label: str) -> str:
    """A label that can begin a sentence: a bare number says that it is a risk's."""
    return f"risk {label}" if label.replace(".", "").isdigit() else label


class WaiverRule(Rule):
    """A rule on the waivers of a workbook, run when all others have."""

    def problem(self, one: Judged, context: Context, message: str, advice: str) -> Finding:
        """A finding about a waiver: at the cell of what it would waive, else at the risk, else at no cell."""
        if one.findings:
            about = one.findings[0]
            return replace(about, code=self.code, name=self.name, severity=self.severity, message=message,
                           advice=advice, correction=None, status="open")  # fmt: skip
        sheet, cell, title = _place(one.waiver.ref, context.book)
        return Finding(code=self.code, name=self.name, severity=self.severity, sheet=sheet, cell=cell, message=message,
                       advice=advice, ref=one.waiver.ref or None, title=title, field=one.waiver.field)  # fmt: skip

    @abstractmethod
    def check(self, judged: Sequence[Judged], context: Context) -> Iterator[Finding]:
        """Every finding about these waivers."""


def _place(ref: str, book: Book) -> tuple[str, str | None, str | None]:
    """Where a risk stands: sheet, cell, title. Only the first sheet where no register has it."""
    for register in book.registers:
        for field_name in ("ref", "title"):
            for index, text in enumerate(texts(register, field_name)):
                if fold(text) == fold(ref) != "":
                    return register.sheet_name, register.address(index, field_name), register.text(index, "title")
    names = (*(one.sheet_name for one in book.registers), *(one.sheet_name for one in book.maps))
    return next(iter(names), ""), None, None


def _blank_or_text(value: object) -> str | None:
    """A text of a frame; None for NA."""
    return value if isinstance(value, str) and value else None
