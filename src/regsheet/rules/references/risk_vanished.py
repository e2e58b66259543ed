"""RF005: a risk that was there last quarter and is not any more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from regsheet.model.history import risk_title
from regsheet.model.previous import SAME_TITLE, Pairing, likeness, reference_key
from regsheet.model.register import Register, shorten
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.pairing import lacks_pairing, pairing_of
from regsheet.rules.risks import closed
from regsheet.rules.table_places import heading_cell
from regsheet.rules.words import pattern
from regsheet.values.text import one_line

LONG_TITLE = 12
"""A shorter title may occur in a sentence by chance."""


class RiskVanished(RegisterRule):
    """A risk of last quarter's register is absent now, and nothing says that it was closed.

    ## What it does
    Compares the register with last quarter's. Reports every risk that was open then and is now neither in the register
    nor in another register checked with it, by reference or by title. A risk that any other cell of the workbook says
    was closed, merged or moved is in order. The finding stands at the heading of the references, since the risk itself
    has no cell any more.

    ## Why it matters
    A risk should leave the register by a decision, with a date and a reason. One that drops out of a spreadsheet may
    have been deleted by mistake.

    ## When it is legitimate
    Where the closure was minuted elsewhere. A list of closed risks in the workbook settles it for good.

    ## Correction
    None: whether the risk is closed is management's decision.
    """

    code = "RF005"
    name = "risk-vanished"
    severity = Severity.ERROR
    valid = (
        Example(
            rows=({"ref": "R1", "title": "Flooding of the depot", "commentary": "R3 was merged into this risk in May."},
                  {"ref": "R7", "title": "Industrial action by staff"}),
            previous_rows=(
                {"ref": "R1", "title": "Flooding of the depot", "status": "Open"},
                {"ref": "R2", "title": "Industrial action by the staff", "status": "Open"},
                {"ref": "R3", "title": "Flooding of the yard", "status": "Open"},
                {"ref": "R4", "title": "Brexit", "status": "Closed"},
            ),
            why="still there; under a new reference; said to be merged; and closed last quarter already",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "Flooding of the depot"}, {"ref": "R2", "title": "Cyber attack"}),
            previous_rows=(
                {"ref": "R1", "title": "Flooding of the depot"},
                {"ref": "R2", "title": "Loss of grant"},
                {"ref": "R3", "title": "Industrial action"},
            ),
            finds=((-1, "ref"), (-1, "ref")),
            why="R3 is gone, and so is the old R2: another risk has its reference",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be last quarter's register."""
        return lacks_pairing(register, context)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open risk of last quarter that is nowhere now."""
        pairing = pairing_of(register, context)
        if pairing is None:
            return
        cell, field = heading_cell(register, "ref", "title", "description")
        off = closed(pairing.then)
        partings = _partings(context) if pairing.vanished else []
        for there in pairing.vanished:
            if off[there] or _is_elsewhere(pairing, there, context) or _is_mentioned(pairing, there, partings):
                continue
            ref, title = pairing.then.text(there, "ref"), risk_title(pairing.then, there)
            name = f"{ref}, “{shorten(title, 60)}”," if ref and title else ref or f"“{shorten(title, 60)}”"
            finding = self.table_finding(
                register, cell, field, f"{name} was in last quarter's register and is absent now.",
                "Put it back, or record when and why it was closed.", value=title or ref,
            )  # fmt: skip
            yield replace(finding, ref=ref or None, title=title or None,
                          owner=pairing.then.text(there, "owner") or None)  # fmt: skip


def _is_elsewhere(pairing: Pairing, there: int, context: Context) -> bool:
    """Whether the risk stands in another register now: of this workbook, or of one that is checked with it."""
    title = risk_title(pairing.then, there)
    if context.elsewhere is not None and title in context.elsewhere.titles:
        return True
    others = [register for book in (context.book, *context.others) for register in book.registers]
    return any(
        likeness(title, risk_title(register, index)) >= SAME_TITLE
        for register in others if register is not pairing.now for index in range(register.count)
    )  # fmt: skip


def _partings(context: Context) -> list[str]:
    """What the workbook says of risks that were closed, merged or moved: cells of registers, rows of other sheets."""
    gone = pattern("left_register")
    with_register = {register.sheet_name for register in context.book.registers}
    found: list[str] = []
    for sheet in context.book.grid.sheets:
        texts: dict[int, list[str]] = {}
        for cell in sheet.filled():
            if isinstance(cell.value, str):
                texts.setdefault(cell.row, []).append(one_line(cell.value))
        if sheet.name in with_register:
            found += [text for row in texts.values() for text in row if gone.search(text)]
        else:
            rows = [" | ".join(row) for row in texts.values()]
            found += rows if gone.search(sheet.name) else [row for row in rows if gone.search(row)]
    return found


def _is_mentioned(pairing: Pairing, there: int, partings: list[str]) -> bool:
    """Whether one of these speaks of the risk, by its reference or its title."""
    ref, title = one_line(pairing.then.text(there, "ref")), risk_title(pairing.then, there).casefold()
    if len(title) >= LONG_TITLE and any(title in text.casefold() for text in partings):
        return True
    if not reference_key(ref) or there in pairing.reused.values():
        return False
    named = re.compile(rf"(?<!\w){re.escape(ref)}(?!\w)", re.IGNORECASE)
    return any(named.search(text) for text in partings)
