"""Every cell's value, formula and cached value as independent readers see them."""

import io
import warnings
from typing import Any

import openpyxl
import python_calamine

Cells = dict[tuple[str, str, int, int], Any]


def by_openpyxl(data: bytes) -> Cells | None:
    """Every cell by ('formula' or 'value', sheet, row, column); None where openpyxl cannot open the workbook."""
    found: Cells = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for kind, cached in (("formula", False), ("value", True)):
            try:
                book = openpyxl.load_workbook(io.BytesIO(data), data_only=cached)
            except Exception:  # noqa: BLE001 - it fails in many ways; a workbook that it cannot open says nothing
                return None
            for sheet in book.worksheets:
                for cell in sheet._cells.values():  # type: ignore[attr-defined]
                    if cell.value is not None:
                        found[kind, sheet.title, cell.row, cell.column] = _plain(cell.value)
    return found


def by_calamine(data: bytes) -> Cells | None:
    """Every cell by ('calamine', sheet, row, column); None where calamine cannot open the workbook."""
    found: Cells = {}
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            top, left = sheet.start or (0, 0)
            for row, values in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
                for column, value in enumerate(values, left + 1):
                    if value != "":
                        found["calamine", name, row, column] = repr(value)
    except BaseException:  # noqa: BLE001 - a panic of Rust is no Exception
        return None
    return found


def changed(before: bytes, after: bytes, allowed: set[tuple[str, int, int]]) -> list[str]:
    """The cells that read otherwise than before, but for those that were to be written."""
    wrong: list[str] = []
    for reader in (by_openpyxl, by_calamine):
        was, now = reader(before), reader(after)
        if was is None:
            continue
        if now is None:
            wrong.append(f"{reader.__name__}: no longer opens")
            continue
        for (kind, sheet, row, column), value in was.items():
            if now.get((kind, sheet, row, column)) != value and (sheet, row, column) not in allowed:
                wrong.append(f"{reader.__name__}: {kind} of {sheet} {row},{column}")
        ours = {sheet for _, sheet, _, _ in was}
        wrong += [
            f"{reader.__name__}: {key} is new"
            for key in now
            if key not in was and key[1] in ours and key[1:] not in allowed
        ]
    return wrong


def _plain(value: Any) -> str:
    """A value as text; formulas of arrays and data tables are objects of their own."""
    return repr(sorted(vars(value).items())) if hasattr(value, "ref") else repr(value)
