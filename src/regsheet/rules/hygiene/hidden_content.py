"""HY004: what nobody sees and everybody gets."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.grid.addresses import address
from regsheet.model.register import Register
from regsheet.rules.base import BookRule, Context, Example
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import joined

SHOWN = 6
"""Rows or columns that a sentence names."""


class HiddenContent(BookRule):
    """The workbook has hidden sheets, rows or columns.

    ## What it does
    Reports each hidden sheet that holds anything, and the hidden rows and columns of each register that hold anything.

    ## Why it matters
    Whoever receives the file can unhide them in two clicks. Personal data has been published that way more than once.

    ## When it is legitimate
    For lists that feed the drop-downs. Check that they hold nothing else before the file is mailed or published.

    ## Correction
    None: what may be seen is for the sender to decide.
    """

    code = "HY004"
    name = "hidden-content"
    severity = Severity.WARNING
    valid = (
        Example(rows=({"ref": "R1", "title": "A", "spare": None},), hidden_columns=(3,), headings={"spare": ""},
                why="a hidden column with nothing in it"),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "commentary": "Confidential"}, {"ref": "R2", "title": "B"}),
            hidden_columns=(3,),
            hidden_rows=(3,),
            finds=((-1, "commentary"), (1, "ref")),
            why="a hidden commentary, and a hidden risk",
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Every hidden sheet, then what is hidden in each register."""
        for sheet in context.book.grid.sheets:
            if sheet.state != "visible" and any(True for _ in sheet.filled()):
                how = "hidden" if sheet.state == "hidden" else "hidden so that Excel's menu does not show it"
                yield Finding(
                    self.code, self.name, self.severity, sheet.name, None, f"the sheet “{sheet.name}” is {how}.",
                    "Check what it holds before the file leaves the house.",
                )  # fmt: skip
        for register in context.book.registers:
            yield from self._columns(register)
            yield from self._rows(register)

    def _columns(self, register: Register) -> Iterator[Finding]:
        hidden = [column for column in register.table.columns
                  if column.index in register.sheet.hidden_columns and self._holds(register, column.index)]  # fmt: skip
        if hidden:
            names = joined([*(column.letter for column in hidden[:SHOWN]), *(["more"] if len(hidden) > SHOWN else [])])
            plural = "column" if len(hidden) == 1 else "columns"
            cell = f"{hidden[0].letter}{register.table.header_rows[1]}"
            them = "it holds" if len(hidden) == 1 else "they hold"
            verb = "is" if len(hidden) == 1 else "are"
            yield self.table_finding(
                register, cell, hidden[0].field, f"{plural} {names} of the register {verb} hidden.",
                f"Check what {them} before the file leaves the house.",
            )  # fmt: skip

    def _holds(self, register: Register, column: int) -> bool:
        return any(register.sheet.value(row, column) is not None for row in register.table.rows)

    def _rows(self, register: Register) -> Iterator[Finding]:
        hidden = [row for row in register.table.rows if row in register.sheet.hidden_rows]
        if hidden:
            names = joined([*map(str, hidden[:SHOWN]), *(["more"] if len(hidden) > SHOWN else [])])
            first = register.table.columns[0]
            what = "a risk is" if len(hidden) == 1 else f"{len(hidden)} risks are"
            yield self.table_finding(
                register, address(hidden[0], first.index), first.field,
                f"{what} hidden (row{'' if len(hidden) == 1 else 's'} {names}).",
                f"Show {'it' if len(hidden) == 1 else 'them'}, or keep {'it' if len(hidden) == 1 else 'them'} in a "
                "register that is not sent out.",
            )  # fmt: skip
