"""HY009: values that come from another workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from regsheet.grid.cells import Cell, Sheet
from regsheet.rules.base import BookRule, Context, Example
from regsheet.rules.findings import Finding, Severity

OTHER_WORKBOOK = re.compile(r"\[(?:\d+|[^\[\]]+\.xl\w{1,2})\][^\[\]]*!", re.IGNORECASE)
QUOTED = re.compile(r'"(?:[^"]|"")*"')


class ExternalLink(BookRule):
    """A formula takes its value from another workbook.

    ## What it does
    Reports each sheet with formulas that point into another workbook, in one finding at the first of them.

    ## Why it matters
    The other file moves, changes or is not there for whoever receives this one. The value shown may be months old.

    ## When it is legitimate
    Where the two are always kept and sent together.

    ## Correction
    None: whether to keep the link or its value is for the sender to decide.
    """

    code = "HY009"
    name = "external-link"
    severity = Severity.WARNING
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_rating": ("=SUM(Table1[Score])", 4)},),
            why="square brackets of a table",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_rating": ("='[1]Scores'!B2", 4)},
                  {"ref": "R2", "title": "B", "residual_rating": ("=[Other.xlsx]Scores!B3", 4)}),
            finds=((0, "residual_rating"),),
            why="two formulas that point elsewhere, in one finding",
        ),
    )  # fmt: skip

    def lacks(self, context: Context) -> str | None:
        """The file must hold formulas."""
        if context.book.grid.format in {"xlsx", "xlsm"}:
            return None
        return f"the formulas of a .{context.book.grid.format} file are not read"

    def check(self, context: Context) -> Iterator[Finding]:
        """Every sheet with formulas that point elsewhere."""
        for sheet in context.book.grid.sheets:
            linked = [cell for cell in sheet.cells.with_formulas() if points_elsewhere(cell.formula or "")]
            if linked:
                yield self._finding(sheet, linked, context)

    def _finding(self, sheet: Sheet, linked: list[Cell], context: Context) -> Finding:
        first = min(linked, key=lambda cell: (cell.row, cell.column))
        names = [unquote(name.replace("\\", "/").rpartition("/")[2]) for name in context.book.grid.external_links]
        where = f" ({', '.join(dict.fromkeys(names))})" if names else ""
        what = "a formula takes its value" if len(linked) == 1 else f"{len(linked)} formulas take their values"
        field = next((column.field for register in context.book.registers if register.sheet is sheet
                      for column in register.table.columns if column.index == first.column), None)  # fmt: skip
        return Finding(
            self.code, self.name, self.severity, sheet.name, first.address,
            f"{what} from another workbook{where}.", "Check that the values are today's, or paste them as values.",
            field=field, value=first.value,
        )  # fmt: skip


def points_elsewhere(formula: str) -> bool:
    """Whether a formula points into another workbook."""
    return "[" in formula and OTHER_WORKBOOK.search(QUOTED.sub('""', formula)) is not None
