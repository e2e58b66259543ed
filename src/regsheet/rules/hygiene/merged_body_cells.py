"""HY005: merged cells among the risks."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.grid.addresses import address
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import joined

SHOWN = 4
"""Merges that a sentence names."""


class MergedBodyCells(RegisterRule):
    """Cells are merged within the register's rows.

    ## What it does
    Reports merged cells in the rows of a register's risks, all of them in one finding. Merged headings and section
    rows are left alone.

    ## Why it matters
    A merged column cannot be sorted or filtered, and a screen reader loses its place.

    ## When it is legitimate
    For a register that is only ever printed.

    ## Correction
    None: splitting a merge changes how the sheet reads.
    """

    code = "HY005"
    name = "merged-body-cells"
    severity = Severity.WARNING
    valid = (
        Example(rows=({"ref": "R1", "title": "A"}, {"ref": "R2", "title": "B"}), merges=("A1:B1",), why="a heading"),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A"}, {"ref": "R2", "title": None}),
            merges=("B2:B3",),
            finds=((0, "title"),),
            why="one title over two risks",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """The merges within the body, in one finding."""
        rows = register.table.rows
        if not rows:
            return
        fields = {column.index: column.field for column in register.table.columns}
        risks = set(rows)
        body = (area for area in register.sheet.merges if rows[0] <= area.first_row and area.last_row <= rows[-1])
        inside = [
            area
            for area in body
            if area.first_column in fields and risks.intersection(range(area.first_row, area.last_row + 1))
        ]
        if inside:
            inside.sort()
            first = inside[0]
            shown = joined([*map(str, inside[:SHOWN]), *(["more"] if len(inside) > SHOWN else [])])
            yield self.table_finding(
                register, address(first.first_row, first.first_column), fields[first.first_column],
                f"cells are merged among the risks ({shown}), so the register cannot be sorted or filtered.",
                "Unmerge them and repeat the text in each row.",
            )  # fmt: skip
