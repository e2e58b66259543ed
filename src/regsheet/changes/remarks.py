"""What changed of a register as a whole, in sentences: its columns, its bands, how it scores."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.changes.risks import unread_columns
from regsheet.model.choose_scoring import describe
from regsheet.model.register import Register
from regsheet.values.text import one_line

WORKED_OUT = {"product", "sum", "lookup", "three-factor"}
"""Rules by which a rating follows from other cells."""


def column_remarks(old: Register, new: Register, sheet: str) -> Iterator[str]:
    """Columns that only one of the registers has; those that have no heading are not spoken of."""
    gone, came = _columns(old, new), _columns(new, old)
    where = f" of sheet “{sheet}”" if sheet else ""
    if came:
        yield f"Columns that are new in the register{where}: {', '.join(came)}."
    if gone:
        yield f"Columns that the register{where} no longer has: {', '.join(gone)}."


def _columns(one: Register, other: Register) -> list[str]:
    """The headings that only the first has."""
    known = {one_line(column.heading).casefold() for column in unread_columns(other)}
    fields = {column.field for column in other.table.columns}
    read = {column.letter: column for column in one.table.columns
            if column.field and column.field not in fields and not other.has(column.field)}  # fmt: skip
    unread = [column for column in unread_columns(one) if one_line(column.heading).casefold() not in known]
    columns = sorted([*read.values(), *unread], key=lambda column: column.index)
    words = (" / ".join(one_line(text) for text in (column.group, column.heading) if one_line(text))
             for column in columns)  # fmt: skip
    return [f"“{text}”" for text in dict.fromkeys(words) if text]


def scoring_remarks(old: Register, new: Register, sheet: str) -> Iterator[str]:
    """A changed rule or changed bands: they move risks that nobody scored anew."""
    where = f" of sheet “{sheet}”" if sheet else ""
    if old.scoring.rule != new.scoring.rule and {old.scoring.rule, new.scoring.rule} <= WORKED_OUT:
        yield f"The register{where} works ratings out in another way: {old.scoring.rule}, now {new.scoring.rule}."
    if "words" in (old.scoring.rule, new.scoring.rule) or not (old.scoring.bands and new.scoring.bands):
        return
    then, now = describe(old.scoring.bands), describe(new.scoring.bands)
    if then.casefold() != now.casefold():
        yield f"The bands{where} changed: {then}; now {now}."
