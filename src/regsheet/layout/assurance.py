"""Assurance maps: which sheet areas hold the lines of defence, for which risk, under which cluster."""

from __future__ import annotations

import re
from collections.abc import Sequence

from regsheet.grid.addresses import address
from regsheet.grid.cells import CellError
from regsheet.layout.fields import LINES
from regsheet.layout.headings import Block, Heading
from regsheet.layout.matching import match_heading, quick_field
from regsheet.layout.settled import SettledColumns, settle_columns
from regsheet.layout.tables import Column, Table
from regsheet.layout.view import SheetView
from regsheet.layout.vocabulary import heading_key, speaks_of_risk, vocabulary
from regsheet.values.text import clean, one_line

_FURTHEST_ABOVE = 12
_SCOPE = re.compile(
    r"^(cluster|directorate|service|function|portfolio|department|division)\b\s*[-–—:]\s*(\S.*)$", re.IGNORECASE
)
_STEM = re.compile(
    "line|lod|defen[cs]e|assurance|control|oversight|doers|do-ers|help|check|independent|external|audit", re.I
)
_TEXTS = frozenset({str, CellError})
_NUMBERED = re.compile(r"^\s*((?:[A-Za-z]{1,4}[-. ]?)?\d{1,4}[a-z]?)\s*[.):]?\s+(?=\S)")
_LABELLED = re.compile(r"^[^:]{0,40}\brisk\b[^:]{0,20}:\s*(.*)$", re.IGNORECASE | re.DOTALL)
_FIELDS = {"ref": "risk_ref", "title": "risk_title", "description": "risk_description", "cluster": "cluster",
           "opinion": "opinion", "owner": "owner", "item": "item", "line": "line", "identified_date": "date",
           "review_date": "date", "action_date": "date", "commentary": "commentary"}  # fmt: skip


def is_map_row(view: SheetView, row: int) -> bool:
    """Whether a row heads an assurance map: two lines of defence, or one column for the line and one for the item."""
    if not _TEXTS.issuperset(map(type, view.values[row].contents)):
        return False
    texts = [text for c in view.values[row].columns if len(text := view.text(row, c)) <= 120 and _STEM.search(text)]
    if len(texts) < 2:
        return False
    fields = {quick_field(text) for text in texts}
    if _scores_risks(view, row):
        return False
    return len(fields & set(LINES)) >= 2 or {"line", "item"} <= fields


def _scores_risks(view: SheetView, row: int) -> bool:
    """Whether a row heads a register of scored risks that tells their lines of defence as well."""
    below = view.rows.get(row + 1, {})  # Scores may stand under groups: "Inherent" over "L", "I" and "Score".
    fields = {
        quick_field(view.text(r, column)) for r, cells in ((row, view.rows[row]), (row + 1, below)) for column in cells
    }
    return {"likelihood", "impact"} <= fields or len(fields & {"likelihood", "impact", "rating"}) >= 2


def map_block(view: SheetView, row: int) -> Block:
    """The block of a row that heads an assurance map."""
    headings = tuple(Heading(column, view.text(row, column), "") for column in view.rows[row])
    return Block(row, row, headings, row + 1)


def build_map(
    view: SheetView, block: Block, start: int, end: int, more_below: bool, settled: SettledColumns | None = None
) -> Table:
    """The assurance map under a block. What stands from row ``start`` above it tells its cluster and risk."""
    columns = settle_columns(_columns(block), settled or {})
    rows = _rows(view, columns, block.body_row, end, more_below)
    context = (
        {} if any(column.field in {"risk", "risk_title"} for column in columns) else _risk_above(view, block, start)
    )
    context |= _scope_above(view, block)
    return Table(
        sheet=view.sheet.name,
        kind="assurance-map",
        header_rows=(block.first_row, block.last_row),
        first_row=rows[0] if rows else None,
        last_row=rows[-1] if rows else None,
        columns=columns,
        rows=tuple(rows),
        n_risks=1 if "risk_title" in context else _count_risks(view, columns, rows),
        context=context,
        confidence=0.95 if len(rows) else 0.7,
        reasons=("its columns are settled in regsheet.toml" if settled else "its headings are lines of defence",),
    )


def _columns(block: Block) -> tuple[Column, ...]:
    found: dict[int, tuple[str | None, float, str]] = {}
    taken: set[str] = set()
    for heading in block.headings:
        matches = [m for m in match_heading(heading.text) if m.field in LINES or m.field in _FIELDS]
        best = next(
            (
                m
                for m in sorted(matches, key=lambda m: (m.field not in LINES, -m.weight))
                if _named(m.field) not in taken
            ),
            None,
        )
        if best is None:
            found[heading.column] = (None, 0.0, "no field of an assurance map")
            continue
        name = _named(best.field)
        taken.add(name)
        found[heading.column] = (name, round(best.weight, 2), best.how)
    if "risk_title" in taken and "risk_ref" not in taken:
        # One column for the whole risk: its number, its title and its description.
        found = {c: ("risk" if f == "risk_title" else f, w, how) for c, (f, w, how) in found.items()}
    return tuple(Column(h.column, h.text, h.group, *found[h.column]) for h in block.headings)


def _named(field: str) -> str:
    return _FIELDS.get(field, field)


def _rows(view: SheetView, columns: Sequence[Column], first: int, end: int, more_below: bool) -> list[int]:
    indexes = [column.index for column in columns if column.field]
    lines = {column.index for column in columns if column.field in LINES}
    rows = [row for row in range(first, end) if row in view.rows and any(view.text(row, index) for index in indexes)]
    if more_below:
        # What follows the last gap and fills one column at most is the text above the next map.
        for place in range(1, len(rows)):
            rest = rows[place:]
            if rest[0] - rows[place - 1] > 1 and all(len(lines & view.rows[row].keys()) <= 1 for row in rest):
                return rows[:place]
    return rows


def _risk_above(view: SheetView, block: Block, start: int) -> dict[str, str]:
    """The risk's text above a map: the nearest text that is numbered, or follows a label such as ``Risk:``."""
    texts = [
        (row, column, clean(view.text(row, column)))
        for row in range(max(start, block.first_row - _FURTHEST_ABOVE), block.first_row)
        for column in view.rows.get(row, {})
    ]
    for place in range(len(texts) - 1, -1, -1):
        row, column, text = texts[place]
        labelled = _LABELLED.match(text)
        after_label = place > 0 and one_line(texts[place - 1][2]).endswith(":") and speaks_of_risk(texts[place - 1][2])
        if labelled and labelled[1]:
            return _risk(view, row, column, labelled[1])
        if after_label or (_NUMBERED.match(text) and len(text) > 15):
            return _risk(view, row, column, text)
    return {}


def _risk(view: SheetView, row: int, column: int, text: str) -> dict[str, str]:
    numbered = _NUMBERED.match(text)
    ref = numbered[1].strip() if numbered else None
    rest = text[numbered.end() :] if numbered else text
    bold = [run.text.strip(" -–:") for run in view.sheet.rich_text.get((row, column), ()) if run.bold]
    bold = [words for words in bold if len(words) > 4]
    head, dash, description = rest.partition(" - ")
    if not dash:
        head, dash, description = rest.partition(" – ")
    title = next((words for words in bold if words in rest), head if dash and len(head) <= 120 else rest)
    context = {"risk_title": one_line(title), "risk_cell": address(row, column), "risk": one_line(text)}
    if ref:
        context["risk_ref"] = ref
    if description:
        context["risk_description"] = one_line(description)
    return context


def _scope_above(view: SheetView, block: Block) -> dict[str, str]:
    for row in range(block.first_row - 1, 0, -1):
        if block.first_row - row > 200:
            break
        for column, cell in view.rows.get(row, {}).items():
            text = one_line(cell.value)
            found = _SCOPE.match(text)
            if found:
                return {"cluster": found[2].strip()}
            if heading_key(text.rstrip(":")) in vocabulary().kinds["scope_words"] and (
                beside := view.text(row, column + 1)
            ):
                return {"cluster": one_line(beside)}
    return {}


def _count_risks(view: SheetView, columns: Sequence[Column], rows: Sequence[int]) -> int:
    index = next((c.index for name in ("risk_ref", "risk_title", "risk") for c in columns if c.field == name), None)
    if index is None:
        return 1 if rows else 0
    return len({heading_key(text) for row in rows if (text := view.text(row, index))})
