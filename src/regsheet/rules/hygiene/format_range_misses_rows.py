"""HY007: a drop-down list or a colouring that stops too early."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from regsheet.grid.addresses import Area, address
from regsheet.grid.cells import ConditionalFormat, Validation
from regsheet.layout.tables import Column
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity

MOST = 0.5
"""A range must cover at least this share of a column's risks to be meant for all of them."""


class FormatRangeMissesRows(RegisterRule):
    """A drop-down list or a conditional format stops short of the last risks.

    ## What it does
    Compares the ranges of data validation and of conditional formats with the rows of the register, column by column,
    and reports a column in which they cover most risks but not the last ones.

    ## Why it matters
    New risks were added below the range. They take any value, and keep whatever colour they had.

    ## When it is legitimate
    Where the last rows are meant to be different.

    ## Correction
    None yet: extend the range in Excel by Data > Data Validation, or Conditional Formatting > Manage Rules.
    """

    code = "HY007"
    name = "format-range-misses-rows"
    severity = Severity.WARNING
    valid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "response": "Treat"} for n in range(1, 5)),
            validations=(Validation((Area.parse("C2:C100"),), "list", None, ('"Treat,Accept"',)),),
            why="more rows than there are risks",
        ),
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "response": "Treat"} for n in range(1, 5)),
            validations=(Validation((Area.parse("C2"),), "list", None, ('"Treat,Accept"',)),),
            why="one cell only, which is not meant for all",
        ),
    )
    invalid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "response": "Treat"} for n in range(1, 6)),
            validations=(Validation((Area.parse("C2:C4"),), "list", None, ('"Treat,Accept"',)),),
            finds=((3, "response"),),
            why="the list ends in row 4, the risks in row 6",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """The file must hold validations and formats."""
        if context.book.grid.format in {"xlsx", "xlsm"}:
            return None
        return f"the validations and formats of a .{context.book.grid.format} file are not read"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every column in which a range stops short."""
        kinds = (
            ("the drop-down list", [one for one in register.sheet.validations if one.kind == "list"]),
            ("the conditional format", register.sheet.conditional_formats),
        )
        for what, ranges in kinds:
            covered = rows_covered(register, ranges)
            for column in register.table.columns:
                missed = missed_below(register.table.rows, covered.get(column.index, []))
                if missed and column.field:
                    yield self._finding(register, column, what, missed)

    def _finding(self, register: Register, column: Column, what: str, missed: list[int]) -> Finding:
        rows = f"row {missed[0]}" if len(missed) == 1 else f"rows {missed[0]} to {missed[-1]}"
        field = column.field or ""
        return self.table_finding(
            register, address(missed[0], column.index), field,
            f"{what} of column {column.letter} ({register.field_name(field)}) does not reach {rows}.",
            "Extend its range to the last risk.",
        )  # fmt: skip


def rows_covered(register: Register, ranges: Iterable[Validation | ConditionalFormat]) -> dict[int, list[Area]]:
    """Each column of the register to the areas that lie over it."""
    found: dict[int, list[Area]] = defaultdict(list)
    for one in ranges:
        for area in one.areas:
            for column in register.table.columns:
                if area.first_column <= column.index <= area.last_column:
                    found[column.index].append(area)
    return found


def missed_below(rows: tuple[int, ...], areas: list[Area]) -> list[int]:
    """The last risks that no area reaches, where the areas cover most of those above; else none."""
    inside = [area for area in areas if rows and area.last_row >= rows[0] and area.first_row <= rows[-1]]
    if not inside:
        return []
    last = max(area.last_row for area in inside)
    first = min(area.first_row for area in inside)
    reached = [row for row in rows if first <= row <= last]
    missed = [row for row in rows if row > last]
    return missed if len(reached) > MOST * len(rows) and len(reached) > 1 else []
