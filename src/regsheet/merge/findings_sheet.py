"""Where the headings of a Findings sheet are, and the columns that people fill in."""

from __future__ import annotations

from dataclasses import dataclass

from regsheet.grid.cells import Sheet
from regsheet.rules.responses import ANSWER

RULE = "Rule"


@dataclass(frozen=True, slots=True)
class FindingsColumns:
    """The row of headings, the column of the rule, and the columns of answers."""

    header: int
    rule: int
    answers: frozenset[int]


def findings_columns(sheet: Sheet) -> FindingsColumns | None:
    """Those of a Findings sheet; None where a sheet has no such headings."""
    rows: dict[int, dict[str, int]] = {}
    for cell in sheet.filled():
        if isinstance(cell.value, str):
            rows.setdefault(cell.row, {}).setdefault(cell.value.strip(), cell.column)
    for row, texts in rows.items():
        answers = [texts[word] for name in ANSWER if (word := name.capitalize()) in texts]
        if RULE in texts and len(answers) == len(ANSWER):
            return FindingsColumns(row, texts[RULE], frozenset(answers))
    return None
