"""Workbooks of other kinds, values only: ``.xls``, ``.xlsb`` and ``.ods`` through python-calamine, ``.csv`` as text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from regsheet.errors import GridError
from regsheet.grid.addresses import Area
from regsheet.grid.cells import CellStyle, Grid, Sheet, SheetKind, Value
from regsheet.grid.delimited import read_delimited
from regsheet.limits import MAX_CELLS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

DELIMITED = frozenset({".csv", ".tsv", ".txt"})
_FORMATS = {".xls": "xls", ".xlt": "xls", ".xlsb": "xlsb", ".ods": "ods", ".xlsx": "xlsx", ".xlsm": "xlsm"}
_GENERAL, _DATE = 0, 1
_STYLES = [CellStyle(), CellStyle(number_format="yyyy-mm-dd", is_date=True)]
_STATES: dict[str, Literal["hidden", "very hidden"]] = {"Hidden": "hidden", "VeryHidden": "very hidden"}
_KINDS: dict[str, SheetKind] = {
    "ChartSheet": "chartsheet",
    "DialogSheet": "dialogsheet",
    "MacroSheet": "macrosheet",
    "Vba": "macrosheet",
}


def read_foreign(path: str | Path) -> Grid:
    """A grid of values, merges where the format tells them, and nothing of looks.

    Raises ``GridError`` when the file cannot be read, has a password, or is larger than is read.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in DELIMITED and suffix not in _FORMATS:
        raise GridError(
            f"{path.name} is not a workbook of a kind that is read; save it as .xlsx (or .xls, .xlsb, .ods or .csv)."
        )
    try:
        size = path.stat().st_size
    except OSError as error:
        raise GridError(
            f"{path.name} cannot be opened ({_why(error)}); check where it is and who may read it."
        ) from None
    if size > MAX_FILE_BYTES:
        raise GridError(
            f"{path.name} is larger than {MAX_FILE_BYTES // 1024**2} MB; save the register in a workbook of its own."
        )
    return read_delimited(path) if suffix in DELIMITED else _read_workbook(path, _FORMATS[suffix])


def _read_workbook(path: Path, name: str) -> Grid:
    import python_calamine as calamine

    # Reading a damaged file may end in a panic of the parser, which is no Exception.
    try:
        with calamine.CalamineWorkbook.from_path(path) as workbook:
            return Grid(sheets=_sheets(workbook), format=name)
    except GridError:
        raise
    except calamine.PasswordError:
        raise GridError(f"{path.name} has a password; save a copy without one and run again.") from None
    except OSError as error:
        raise GridError(
            f"{path.name} cannot be opened ({_why(error)}); check where it is and who may read it."
        ) from None
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise GridError(
            f"{path.name} is damaged or not what its name says; open it in Excel, save it as .xlsx and run again."
        ) from None


def _sheets(workbook: CalamineWorkbook) -> list[Sheet]:
    sheets: list[Sheet] = []
    count = 0
    for position, metadata in enumerate(workbook.sheets_metadata):
        sheet = Sheet(
            name=metadata.name,
            position=position,
            state=_STATES.get(_member(metadata.visible), "visible"),
            styles=_STYLES,
            kind=_KINDS.get(_member(metadata.typ), "worksheet"),
        )
        if sheet.kind == "worksheet":
            count = _fill(sheet, workbook.get_sheet_by_index(position), count)
        sheets.append(sheet)
    return sheets


def _fill(sheet: Sheet, source: CalamineSheet, count: int) -> int:
    """Put the source's values and merges into a sheet; the workbook's number of filled cells so far."""
    if source.start is None:
        return count
    # The source's rows count from the top of the sheet, its columns from the first that is used.
    first_column = source.start[1] + 1
    for row, values in enumerate(source.iter_rows(), start=1):
        if row > MAX_ROWS:
            break
        found = {
            column: _value(raw)
            for column, raw in enumerate(values[: max(0, MAX_COLUMNS - first_column + 1)], start=first_column)
            if raw != ""
        }
        styles = {
            column: _DATE if isinstance(value, dt.datetime | dt.time) else _GENERAL for column, value in found.items()
        }
        sheet.cells.put_values(row, found, styles)
        count += len(found)
        if count > MAX_CELLS:
            raise GridError(
                f"The workbook has more than {MAX_CELLS:,} filled cells; "
                "keep the register in a workbook of its own and run again."
            )
    sheet.merges = [
        Area(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in source.merged_cell_ranges or ()
    ]
    return count


def _value(raw: Any) -> Value:
    """A value as the grid gives it: whole numbers as ``int``, days as ``datetime``, elapsed time in days."""
    if isinstance(raw, bool | str | dt.datetime | dt.time):
        return raw
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() and abs(raw) <= 2**53 else raw
    if isinstance(raw, dt.date):
        return dt.datetime(raw.year, raw.month, raw.day)
    if isinstance(raw, dt.timedelta):
        return raw / dt.timedelta(days=1)
    return raw if isinstance(raw, int) else str(raw)


def _member(value: object) -> str:
    return str(value).rpartition(".")[2]


def _why(error: OSError) -> str:
    return (error.strerror or "it cannot be read").lower()
