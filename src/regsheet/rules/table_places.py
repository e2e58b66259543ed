"""Where to point when a finding is about a table rather than a risk."""

from __future__ import annotations

from regsheet.grid.addresses import address
from regsheet.model.register import SCORES, Register


def heading_cell(register: Register, *fields: str) -> tuple[str | None, str | None]:
    """The heading of the first of these fields that the table has, else of its first rating; and the field."""
    wanted = fields or tuple(f"{stage}_{part}" for part in ("rating", "band", *SCORES) for stage in register.stages)
    for field in wanted:
        column = register.table.column(field)
        if column is not None:
            return address(register.table.header_rows[1], column.index), field
    return None, None
