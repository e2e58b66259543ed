"""How workbooks were read, for the page that shows it and lets a misread column be mended."""

from __future__ import annotations

from regsheet.layout.settled import heading_names
from regsheet.layout.tables import Layout, Table
from regsheet.model.choose_scoring import describe
from regsheet.model.scoring import plain
from regsheet.web.work.results import ColumnShown, TableShown

SURE = 0.75
"""A column or table below this confidence is shown as one to look at, as on the command line."""

KINDS = {"register": "Risk register", "assurance-map": "Assurance map", "scale": "Scale", "matrix": "Scoring matrix"}
RULES = {
    "product": "likelihood × impact", "sum": "likelihood + impact", "lookup": "the workbook's own matrix",
    "three-factor": "likelihood × impact × a third factor", "words": "words", "rank": "a rank",
    "typed-unknown": "typed, by no rule that fits", "none": "",
}  # fmt: skip


def tables_shown(layout: Layout) -> tuple[TableShown, ...]:
    """Every table of a workbook, in sheet order."""
    return tuple(_table(number, table) for number, table in enumerate(layout.tables))


def _table(number: int, table: Table) -> TableShown:
    mended = table.kind in ("register", "assurance-map") and not table.secondary and not table.readings
    return TableShown(
        number=number,
        sheet=table.sheet,
        kind=KINDS[table.kind] + (", repeats another in brief and is not checked" if table.secondary else ""),
        rows=f"rows {table.first_row}–{table.last_row}" if table.first_row else "no rows filled in",
        risks=table.n_risks if table.kind == "register" else 0,
        rule=RULES[table.rating_rule] if table.kind == "register" else "",
        confidence=round(table.confidence, 2),
        sure=table.confidence >= SURE,
        scale=_scale(table),
        bands=describe(table.bands) if table.bands else "",
        columns=_columns(table) if table.kind in ("register", "assurance-map") else (),
        reasons=table.reasons,
        unreadable=tuple(
            f"Row {row}, {field.replace('_', ' ')}: {why}" for (row, field), why in table.unreadable.items()
        ),
        can_mend=mended,
    )


def _columns(table: Table) -> tuple[ColumnShown, ...]:
    names = heading_names(table.columns)
    return tuple(
        ColumnShown(column.letter, name, column.field or "", round(column.confidence, 2), column.reason,
                    column.field is None or column.confidence >= SURE)
        for name, column in zip(names, table.columns, strict=True)
    )  # fmt: skip


def _scale(table: Table) -> tuple[tuple[str, str], ...]:
    if table.scales:
        return tuple(
            (scale.axis, ", ".join(f"{plain(level.score)} {level.name}".strip() for level in scale.levels))
            for scale in table.scales
        )
    return tuple(
        (axis, ", ".join(plain(level) if isinstance(level, int | float) else level for level in levels))
        for axis, levels in table.scale.items() if levels
    )  # fmt: skip
