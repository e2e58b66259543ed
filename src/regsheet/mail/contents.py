"""What an annotated workbook says: its findings as its Findings sheet shows them, and its registers as corrected.

The Findings sheet is read rather than the check run again. A check needs what it was given then (last quarter's
workbook, the ledger, the assurance map, the owners list), and a mail must say what the sheet it comes with says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from regsheet.config import Config
from regsheet.errors import LayoutError, OutputError
from regsheet.grid import read_grid
from regsheet.grid.addresses import position
from regsheet.grid.cells import Grid, Sheet
from regsheet.model.book import Book
from regsheet.model.build import build_book
from regsheet.package import Package
from regsheet.package.opening import read_file
from regsheet.pipeline import Opened, open_workbook, understand
from regsheet.values.dates import read_periods
from regsheet.values.text import clean, one_line
from regsheet.writer.mark import read_mark
from regsheet.writer.markup import local
from regsheet.writer.sheets.texts import display
from regsheet.writer.sheets.wording import wording
from regsheet.writer.strip import is_annotated
from regsheet.writer.traces import our_sheets

NOT_ANNOTATED = (
    "“{name}” is not an annotated workbook, so there is nothing to mail; "
    "run 'regsheet annotate' on the register first and give the .checked.xlsx that it writes."
)
NO_FINDINGS_SHEET = (
    "“{name}” has no Findings sheet any more, so there is nothing to mail; "
    "annotate the register again and give the new .checked.xlsx."
)
NO_DAY = (
    "“{name}” does not say any more as of which day it was checked; "
    "annotate the register again and give the new .checked.xlsx."
)
LAST_HEAD_ROW = 12
AS_OF = re.compile(r"as of ([^.]+)\.")


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """One row of the Findings sheet.

    ``row`` is the sheet's row and ``owner_text`` the owner as the cell has it; ``owner`` is on one line. ``sheet`` and
    ``cell`` are where to look, either may be empty. ``basis`` is the working of a correction that was made.
    """

    row: int
    severity: str
    code: str
    name: str
    ref: str
    title: str
    owner: str
    owner_text: str
    field: str
    sheet: str
    cell: str
    message: str
    advice: str
    before: str
    after: str
    status: str
    basis: str = ""

    @property
    def is_corrected(self) -> bool:
        """Whether the workbook holds a corrected cell for it."""
        return self.status == str(wording("status")["corrected"])

    @property
    def is_waived(self) -> bool:
        """Whether somebody accepted it."""
        return self.status == str(wording("status")["waived"])


@dataclass(frozen=True, slots=True)
class Contents:
    """An annotated workbook, read for mailing. ``book`` has its registers with the corrections made.

    ``remarks`` say what of the annotation was changed since by somebody, in sentences.
    """

    path: Path
    data: bytes
    source_name: str
    as_of: dt.date
    findings_sheet: str
    findings: tuple[SheetFinding, ...]
    book: Book | None
    remarks: tuple[str, ...] = ()


def read_contents(path: Path, config: Config) -> Contents:
    """Read an annotated workbook. Raises ``RegsheetError`` with a sentence where it is none, or cannot be read."""
    data = read_file(path)
    opened = open_workbook(path)
    if opened.package is None:
        raise OutputError(NOT_ANNOTATED.format(name=path.name))
    package = Package(data, path.name, path)
    grid = read_grid(package)
    if not is_annotated(package, grid):
        raise OutputError(NOT_ANNOTATED.format(name=path.name))
    mark = read_mark(package)
    ours = our_sheets(grid, mark.sheets if mark else ())
    name = next((sheet for sheet, section in ours.items() if section == "findings"), None)
    if name is None:
        raise OutputError(NO_FINDINGS_SHEET.format(name=path.name))
    findings = read_findings(package, grid.sheet(name), _bases(grid, ours))
    return Contents(path, data, opened.source_name, _as_of(grid, ours, path), name, findings,
                    _book(opened, grid, config), opened.remarks)  # fmt: skip


def _book(opened: Opened, grid: Grid, config: Config) -> Book | None:
    """The registers with corrected values: as they were understood before, with the cells of the annotated copy."""
    try:
        book = understand(opened, config)
    except LayoutError:
        return None
    return build_book(grid, book.layout, config, book.path, book.sha256)


# -- the Findings sheet ------------------------------------------------------------------------------------------


def read_findings(
    package: Package, sheet: Sheet, bases: Mapping[tuple[str, str, str], str] | None = None
) -> tuple[SheetFinding, ...]:
    """Every row of a Findings sheet, however it was sorted; rows whose finding is gone are left out."""
    found = heading_row(sheet, wording("findings")["heads"])
    if found is None:
        return ()
    heading, columns = found
    links = _links(package, sheet)
    rows = sorted({cell.row for cell in sheet.filled() if cell.row > heading})
    findings = (_finding(sheet, row, columns, links, bases or {}) for row in rows)
    known = set(wording("status").values())
    return tuple(finding for finding in findings if finding.code and finding.status in known)


def heading_row(sheet: Sheet, heads: Iterable[str]) -> tuple[int, dict[str, int]] | None:
    """The row of a sheet that has all these headings, and their columns; None where there is none."""
    wanted = set(heads)
    by_row: dict[int, dict[str, int]] = {}
    for cell in sheet.filled():
        if cell.row <= LAST_HEAD_ROW and isinstance(cell.value, str) and one_line(cell.value) in wanted:
            by_row.setdefault(cell.row, {}).setdefault(one_line(cell.value), cell.column)
    return next(((row, columns) for row, columns in sorted(by_row.items()) if set(columns) == wanted), None)


def _finding(
    sheet: Sheet, row: int, columns: Mapping[str, int], links: Mapping[tuple[int, int], tuple[str, str]],
    bases: Mapping[tuple[str, str, str], str],
) -> SheetFinding:  # fmt: skip
    texts = {head: clean(display(sheet.value(row, column))) for head, column in columns.items()}
    code, _, name = one_line(texts["Rule"]).partition(" ")
    shown = one_line(texts["Cell"])
    place, cell = links.get((row, columns["Cell"])) or _shown_place(shown)
    owner = sheet.value(row, columns["Owner"])
    return SheetFinding(
        row=row,
        severity=one_line(texts["Severity"]),
        code=code,
        name=name,
        ref=one_line(texts["Risk"]),
        title=one_line(texts["Title"]),
        owner=one_line(texts["Owner"]),
        owner_text="" if owner is None else str(owner),
        field=one_line(texts["Field"]),
        sheet=place,
        cell=cell,
        message=texts["What is wrong"],
        advice=texts["What to do"],
        before=texts["Before"],
        after=texts["After"],
        status=one_line(texts["Status"]),
        basis=bases.get((code, place, cell), ""),
    )


def _shown_place(shown: str) -> tuple[str, str]:
    """Sheet and cell of what the column shows: ``K7``, ``K7, Register`` or ``Register``."""
    cell, _, sheet = shown.partition(", ")
    try:
        position(cell)
    except ValueError:
        return shown, ""
    return sheet, cell


def _links(package: Package, sheet: Sheet) -> dict[tuple[int, int], tuple[str, str]]:
    """Where the links of a sheet lead: sheet and cell by the cell that the link is on."""
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for element in package.tree(sheet.part or "").iter("{*}hyperlink"):
        name, mark, cell = (element.get("location") or "").lstrip("#").rpartition("!")
        try:
            at = position((element.get("ref") or "").partition(":")[0])
        except ValueError:
            continue
        if mark and local(element) == "hyperlink":
            found[at] = (_unquoted(name), cell.replace("$", ""))
    return found


def _unquoted(name: str) -> str:
    quoted = len(name) > 1 and name[0] == name[-1] == "'"
    return name[1:-1].replace("''", "'") if quoted else name


# -- the other sheets --------------------------------------------------------------------------------------------


def _bases(grid: Grid, ours: Mapping[str, str]) -> dict[tuple[str, str, str], str]:
    """The working of each correction of the Change log, by rule, sheet and cell."""
    name = next((sheet for sheet, section in ours.items() if section == "changes"), None)
    found = None if name is None else heading_row(grid.sheet(name), wording("changes")["heads"])
    if name is None or found is None:
        return {}
    sheet, (heading, columns) = grid.sheet(name), found
    bases: dict[tuple[str, str, str], str] = {}
    for row in {cell.row for cell in sheet.filled() if cell.row > heading}:
        texts = {head: one_line(display(sheet.value(row, column))) for head, column in columns.items()}
        bases[texts["Rule"].partition(" ")[0], texts["Sheet"], texts["Cell"]] = texts["Basis"]
    return bases


def _as_of(grid: Grid, ours: Mapping[str, str], path: Path) -> dt.date:
    """The day of the check, from the Check summary, else from a subtitle of our sheets."""
    label = wording("summary")["as_of"]
    for name, section in ours.items():
        sheet = grid.sheet(name)
        for cell in sheet.filled():
            if section == "summary" and cell.value == label:
                beside = (sheet.value(cell.row, cell.column + step) for step in (1, 2, 3))
                day = _day(next((value for value in beside if value is not None), None))
                if day is not None:
                    return day
    for name in ours:
        sheet = grid.sheet(name)
        found = AS_OF.search(str(sheet.value(2, 1) or ""))
        day = _day(found[1]) if found else None
        if day is not None:
            return day
    raise OutputError(NO_DAY.format(name=path.name))


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    periods = read_periods(value) if isinstance(value, str) else ()
    return periods[0].start if periods and periods[0].precision == "day" else None
