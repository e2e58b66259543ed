"""Finds the heading blocks of a sheet: one to four rows of headings with the groups that stand above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from regsheet.grid.addresses import Area
from regsheet.layout.matching import match_heading, quick_field
from regsheet.layout.view import MOSTLY_TEXTS, SheetView, count_texts
from regsheet.layout.vocabulary import OTHER, SCORING, find_stage, heading_key

FEWEST_FIELDS = 3
_LONGEST = 200
_DEEPEST = 4
_KNOWN = 0.4
_MOST_BLOCKS = 400
_HELP = re.compile(
    r"\?\s*$|^(?:enter|select|choose|describe|state|provide|insert|list|what|who|when|how|should|why|which|add|record|"
    r"use|give|note|date (?:the )?risk|unique|e\.?g\.?|a (?:brief|short|description|qualitative|unique)|the |this |"
    r"drop ?down|auto|calculated|\[|\()",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of one column: its own words, the words of the group above it, and the help text with it."""

    column: int
    text: str
    group: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Heading rows and the heading of each column; ``body_row`` is where data may start."""

    first_row: int
    last_row: int
    headings: tuple[Heading, ...]
    body_row: int


def find_blocks(view: SheetView) -> list[Block]:
    """The heading blocks of a sheet, top to bottom."""
    blocks: list[Block] = []
    taken = 0
    for row in _seed_rows(view):
        if row <= taken or len(blocks) >= _MOST_BLOCKS:
            continue
        last = last_heading_row(view, row)
        first = _first_heading_row(view, row, taken)
        block = block_between(view, first, last)
        blocks.append(block)
        taken = block.body_row - 1
    return blocks


def _seed_rows(view: SheetView) -> list[int]:
    rows: list[int] = []
    for row in view.wordy_rows:
        # Questions may be headings, but right below headings they are help.
        helps = bool(rows) and row - rows[-1] <= 2 and _is_help(view, row)
        if not helps and is_heading_row(view, row):
            rows.append(row)
    return rows


def is_heading_row(view: SheetView, row: int) -> bool:
    """Whether most of what a row holds are headings that we know, of at least three fields."""
    held = view.values[row]
    least = max(FEWEST_FIELDS, MOSTLY_TEXTS * len(held.columns))
    if count_texts(held) < least:
        return False
    texts = [(column, plain) for column in held.columns if (plain := _heading_text(view, row, column)) is not None]
    if len(texts) < least or _is_form(texts):
        return False
    fields = _fields(texts, len(held.columns))
    known = len(set(fields) - {OTHER})
    if known < FEWEST_FIELDS and not (known == 2 and _is_score_pair(fields, texts)):
        return False
    return len(fields) >= _KNOWN * len(held.columns)


def _fields(texts: list[tuple[int, str]], cells: int) -> list[str]:
    """The fields of the texts; given up as soon as too few of the row's cells can be headings."""
    fields: list[str] = []
    for place, (_, text) in enumerate(texts):
        field = quick_field(text)
        if field is not None:
            fields.append(field)
        elif len(fields) + len(texts) - place - 1 < _KNOWN * cells:
            return []
    return fields


def _is_form(texts: list[tuple[int, str]]) -> bool:
    """Whether a row holds labels to be filled in beside them, or prose: ``Project manager:``."""
    labels = sum(text.endswith(":") for _, text in texts)
    prose = sum(len(text) > 80 and "\n" not in text and "?" not in text for _, text in texts)
    return (labels * 2 > len(texts) > 2 and labels < len(texts)) or prose * 2 > len(texts)


def _is_score_pair(fields: list[str], texts: list[tuple[int, str]]) -> bool:
    return set(fields) <= set(SCORING) and len(fields) == len(texts) >= 4


def _heading_text(view: SheetView, row: int, column: int) -> str | None:
    if not isinstance(view.values[row].get(column), str):
        return None
    text = view.text(row, column)
    return text if 0 < len(text) <= _LONGEST and any(sign.isalpha() or sign in "#↑" for sign in text) else None


def last_heading_row(view: SheetView, row: int) -> int:
    """The last row of headings that begin or go on in a row."""
    last = row
    for below in range(row + 1, row + _DEEPEST):
        if below in view.rows and _belongs_below(view, row, last, below):
            last = below
    return max(last, *(area.last_row for column in view.rows[row] if (area := _tall(view, row, column))), last)


def _tall(view: SheetView, row: int, column: int) -> Area | None:
    area = view.spans.get((row, column))
    return area if area is not None and 0 < area.last_row - area.first_row < _DEEPEST else None


def _belongs_below(view: SheetView, row: int, last: int, below: int) -> bool:
    # Sub-headings stand where the row above has a wide group or nothing; a repeated heading row is another table.
    if _is_help(view, below):
        return False
    if is_heading_row(view, below):
        return not _same_headings(view, row, below)
    cells = [(column, _heading_text(view, below, column)) for column in view.rows[below]]
    if not cells or any(text is None for _, text in cells):
        return False
    under_group = [c for c, _ in cells if _is_under_group(view, row, c)]
    scoring = [t for _, t in cells if t is not None and quick_field(t) in SCORING]
    return below == last + 1 and len(under_group) == len(cells) and len(scoring) >= max(2, len(cells) // 2)


def _is_help(view: SheetView, row: int) -> bool:
    texts = [view.text(row, column) for column in view.rows[row]]
    hints = sum(bool(_HELP.search(text)) and len(text) > 14 for text in texts)
    if hints >= 4 and hints >= 0.8 * len(texts):
        return True
    return hints >= max(2, 0.5 * len(texts)) and sum(map(len, texts)) > 20 * len(texts)


def _is_under_group(view: SheetView, row: int, column: int) -> bool:
    area = view.covered.get((row, column))
    return (area is not None and area.last_column > area.first_column) or not view.text(row, column)


def _same_headings(view: SheetView, row: int, below: int) -> bool:
    first = {column: heading_key(view.text(row, column)) for column in view.rows[row]}
    same = sum(first.get(column) == heading_key(view.text(below, column)) for column in view.rows[below])
    return same >= 0.6 * len(view.rows[below])


def _first_heading_row(view: SheetView, row: int, taken: int) -> int:
    first = row
    for above in (row - 1, row - 2):
        if above <= taken or above not in view.rows or above < first - 1 or not _is_group_row(view, above, row):
            break
        first = above
    return first


def _is_group_row(view: SheetView, above: int, row: int) -> bool:
    columns = list(view.rows[row])
    texts = [(column, _heading_text(view, above, column)) for column in view.rows[above]]
    if any(text is None or len(text) > 120 for _, text in texts):
        return False
    if sum(":" in (text or "") and not (text or "").rstrip().endswith(":") for _, text in texts) * 2 > len(texts):
        return False
    if len(texts) == 1:
        column, text = texts[0]
        width = view.width(above, column)
        return column > columns[0] and find_stage(text or "") is not None and width < 0.7 * (len(columns) + 1)
    beside = [column for column, _ in texts if columns[0] - 1 <= column <= columns[-1] + 1]
    return len(beside) == len(texts) and (
        any(view.width(above, column) > 1 for column, _ in texts)
        or any(find_stage(text or "") or quick_field(text or "") for _, text in texts)
    )


def block_between(view: SheetView, first: int, last: int) -> Block:
    """The block whose headings stand in these rows."""
    columns = sorted({column for row in range(first, last + 1) for column in _row_columns(view, row)})
    groups = {row: _group_texts(view, row, columns, last) for row in range(first, last)}
    headings = tuple(heading for column in columns if (heading := _heading(view, column, first, last, groups)))
    return Block(first, last, headings, _body_row(view, last, headings))


def _row_columns(view: SheetView, row: int) -> list[int]:
    columns: list[int] = []
    for column in view.rows.get(row, {}):
        columns.append(column)
    return columns


def _group_texts(view: SheetView, row: int, columns: list[int], last: int) -> dict[int, str]:
    """What each column stands under in one row: merges spread out, and texts written once over several columns."""
    texts: dict[int, str] = {}
    filled = sorted(view.rows.get(row, {}))
    for column, after in pairwise([*filled, max(columns, default=0) + 1]):
        area = view.spans.get((row, column))
        if area is not None and area.last_column > area.first_column:
            end = area.last_column + 1
        else:
            end = _reach(view, row, column, after, last)
        if end - column > 1:
            texts.update(dict.fromkeys(range(column, end), view.text(row, column)))
    return texts


def _reach(view: SheetView, row: int, column: int, after: int, last: int) -> int:
    """How far a text written once reaches: over columns blank beside it, as long as scores go on and none repeats."""
    seen: set[str] = set()
    for end in range(column, after):
        if end > column and (row, end) in view.covered:
            return end
        below = next((t for deeper in range(last, row, -1) if (t := view.merged_text(deeper, end))), "")
        field = quick_field(below) if below else None
        if field not in SCORING or (field in seen):
            return end
        seen.add(field)
    return after


def _heading(view: SheetView, column: int, first: int, last: int, groups: dict[int, dict[int, str]]) -> Heading | None:
    own, above = [], []
    for row in range(first, last + 1):
        text = view.text(row, column)
        if row in groups and column in groups[row]:
            above.append(groups[row][column])
        elif text:
            own.append(text)
    if not own and not above:
        return None
    if not own:
        own = [above.pop()]
    text = _best_text(own)
    others = [line for line in own if line != text and len(line) <= 60]
    return Heading(column, text, " / ".join(dict.fromkeys(above)), " ".join(others))


def _best_text(own: list[str]) -> str:
    if len(own) == 1:
        return own[0]
    options = [own[-1], *own[:-1]]
    if all(len(text) <= 40 for text in own):
        options.append(" ".join(own))
    return max(options, key=lambda text: max((match.weight for match in match_heading(text)), default=0.0))


def _body_row(view: SheetView, last: int, headings: tuple[Heading, ...]) -> int:
    row = last + 1
    while row in view.rows and row <= last + 2 and is_help_row(view, row, headings):
        row += 1
    return row


def is_help_row(view: SheetView, row: int, headings: Sequence[Heading]) -> bool:
    """Whether a row below the headings explains what to write in each column."""
    own = {heading.column for heading in headings}
    cells = {column: value for column, value in view.values[row].values.items() if column in own}
    texts = [view.text(row, column) for column in cells]
    if any(not isinstance(value, str) for value in cells.values()) or not cells.keys().isdisjoint(view.formulas(row)):
        return False
    hints = sum(bool(_HELP.search(text)) and len(text) > 8 for text in texts)
    scored = [
        h.column for h in headings if quick_field(h.text) in {*SCORING, "action_date", "review_date", "identified_date"}
    ]
    wordy = sum(len(view.text(row, column)) > 20 for column in scored)
    return hints >= 2 and (hints >= 0.4 * len(texts) or (wordy >= 2 and wordy * 2 >= len(scored)))
