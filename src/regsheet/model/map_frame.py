"""One assurance map as dataframes: an item a row, and a risk a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from regsheet.config import Config
from regsheet.grid.addresses import address
from regsheet.grid.cells import Sheet
from regsheet.layout.tables import Column, Table
from regsheet.model.assurance_map import LINES, AssuranceMap
from regsheet.model.sources import Sources
from regsheet.values.dates import Period, dates_in_text, read_periods
from regsheet.values.text import clean, is_blank, items

NUMBERED = re.compile(r"\s*([A-Za-z]{0,4}[-. ]?\d{1,4}[a-z]?)[.):]?\s+(?=\S)")
"""A reference before a title: ``1. ``, ``CR14 ``, ``R-003: ``."""

OPINIONS = ("substantial", "reasonable", "moderate", "adequate", "limited", "partial", "no assurance", "unsatisfactory")


@dataclass
class _Risk:
    cluster: str | None
    ref: str | None
    title: str | None
    cell: str | None
    lines: dict[int, str | None] = field(default_factory=dict)


@dataclass
class _Reader:
    """Walks a map's rows and gathers risks and items."""

    sheet: Sheet
    table: Table
    config: Config
    risks: list[_Risk] = field(default_factory=list)
    items: list[dict[str, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sources = Sources(self.sheet, self.table)
        self.columns = {column.field: column for column in self.table.columns if column.field}
        self.lines = {line: self.columns[f"line_{line}"] for line in LINES if f"line_{line}" in self.columns}
        if any(name in self.table.context for name in ("risk_title", "risk", "risk_ref")):
            self._begin_from_context()

    def _begin_from_context(self) -> None:
        context = self.table.context
        ref, title = context.get("risk_ref"), context.get("risk_title")
        if title is None:
            ref, title = split_risk(context.get("risk", ""))
        self.risks.append(_Risk(context.get("cluster"), ref, title, context.get("risk_cell")))

    def read(self) -> None:
        for row in self.table.rows:
            self._risk_of(row)
            for line, column in self.lines.items():
                self._line(row, line, column)
            if "line" in self.columns and "item" in self.columns:
                self._listed_item(row)

    def _text(self, row: int, name: str) -> str | None:
        column = self.columns.get(name)
        value = None if column is None else self.sources.of(row, column).value
        return None if is_blank(value) else clean(value)

    def _risk_of(self, row: int) -> None:
        """A row that names a risk begins one; a row that names none goes on with the risk above."""
        ref, title = self._text(row, "risk_ref"), self._text(row, "risk_title")
        whole = self._text(row, "risk")
        if title is None and whole is not None:
            found, title = split_risk(whole)
            ref = ref or found
        last = self.risks[-1] if self.risks else None
        if (ref is None and title is None) or (last and (last.ref, last.title) == (ref, title)):
            if last is None:
                self.risks.append(_Risk(self.table.context.get("cluster"), None, None, address(row, 1)))
            return
        cluster = self._text(row, "cluster") or self.table.context.get("cluster") or (last.cluster if last else None)
        named = self.columns.get("risk_title") or self.columns.get("risk") or self.columns.get("risk_ref")
        cell = self.sources.of(row, named).address if named else address(row, 1)
        self.risks.append(_Risk(cluster, ref, title, cell))

    def _line(self, row: int, line: int, column: Column) -> None:
        source = self.sources.of(row, column)
        risk = self.risks[-1]
        risk.lines.setdefault(line, source.address)
        if not is_blank(source.value):
            for item in items(clean(source.value)):
                self._item(line, item, source.address, row)

    def _listed_item(self, row: int) -> None:
        text, line = self._text(row, "item"), re.search(r"[1-4]", self._text(row, "line") or "")
        if text and line:
            cell = self.sources.of(row, self.columns["item"]).address
            self.risks[-1].lines.setdefault(int(line[0]), cell)
            self._item(int(line[0]), text, cell, row)

    def _item(self, line: int, text: str, cell: str, row: int) -> None:
        period = self._date(row, text)
        self.items.append({
            "cluster": self.risks[-1].cluster, "risk_ref": self.risks[-1].ref, "risk_title": self.risks[-1].title,
            "risk": len(self.risks) - 1, "line": line, "item": text, "date": period.end if period else None,
            "date_text": period.text if period else None, "opinion": self._text(row, "opinion") or opinion_in(text),
            "cell": cell,
        })  # fmt: skip

    def _date(self, row: int, text: str) -> Period | None:
        column = self.columns.get("date")
        value = None if column is None else self.sources.of(row, column).value
        found = read_periods(value, day_first=self.config.day_first) if not is_blank(value) else dates_in_text(text)
        return max((period for period in found if period.end is not None), key=lambda p: str(p.end), default=None)


def build_map(sheet: Sheet, table: Table, config: Config) -> AssuranceMap:
    """An assurance-map table as an ``AssuranceMap``; see there for the frames' columns and dtypes."""
    import pandas as pd

    reader = _Reader(sheet, table, config)
    reader.read()
    frame = pd.DataFrame(
        reader.items,
        columns=["cluster", "risk_ref", "risk_title", "risk", "line", "item", "date", "date_text", "opinion", "cell"],
    )
    texts = ["cluster", "risk_ref", "risk_title", "item", "date_text", "opinion", "cell"]
    frame = frame.astype({**dict.fromkeys(texts, "string"), "risk": "Int64", "line": "Int64"})
    frame["date"] = pd.to_datetime(frame["date"])
    risks = pd.DataFrame(list(_risk_rows(reader)), columns=["cluster", "risk_ref", "risk_title", "cell",
                                                            *(f"line_{line}" for line in LINES)])  # fmt: skip
    risks = risks.astype(dict.fromkeys(["cluster", "risk_ref", "risk_title", "cell"], "string"))
    lines = {line: column.heading for line, column in reader.lines.items()}
    return AssuranceMap(table, sheet, frame, risks, lines)


def _risk_rows(reader: _Reader) -> Iterator[dict[str, object]]:
    for risk in reader.risks:
        yield {"cluster": risk.cluster, "risk_ref": risk.ref, "risk_title": risk.title, "cell": risk.cell,
               **{f"line_{line}": risk.lines.get(line) for line in LINES}}  # fmt: skip


def split_risk(text: str) -> tuple[str | None, str | None]:
    """``"1. Service delivery - Risk to delivery of …"`` → ``("1", "Service delivery")``."""
    text = clean(text)
    ref = None
    if found := NUMBERED.match(text):
        ref, text = found[1].strip(), text[found.end() :]
    head, dash, _ = text.partition(" - ")
    if not dash:
        head, dash, _ = text.partition(" – ")
    title = (head if dash and len(head) <= 120 else text).strip(" -–:") or None
    return ref, title


def opinion_in(text: str) -> str | None:
    """The audit opinion that an item's words give: ``reasonable`` of "(Reasonable assurance)"."""
    found = re.search(rf"\b({'|'.join(OPINIONS)})\b(?=\s+(?:assurance|opinion)|\s*[)\]]|$)", text, re.IGNORECASE)
    return found[1].lower() if found else None
