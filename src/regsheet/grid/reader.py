"""From a package to a grid: the workbook part, then each sheet with what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from regsheet.grid.cells import Grid, Sheet, SheetKind
from regsheet.grid.colours import Palette, read_indexed, read_theme
from regsheet.grid.formats import read_conditional_formats, read_validations
from regsheet.grid.notes import Notes, Threads, read_notes, read_people, read_threads, split_shadows
from regsheet.grid.scanned_rows import ScannedSheet
from regsheet.grid.scanning import UnusualError
from regsheet.grid.shared_strings import SharedStrings, strings_of_text, strings_of_tree
from regsheet.grid.sheet_cells import CellReader
from regsheet.grid.styles import read_styles
from regsheet.grid.tables import read_table
from regsheet.grid.tree_rows import rows_of_tree
from regsheet.grid.worksheet import read_column_styles, read_header_footer, read_hidden_columns, read_merges
from regsheet.grid.xml import attribute, child, children, flag, number
from regsheet.package.xml import parse
from regsheet.undisturbed import undisturbed

if TYPE_CHECKING:
    from lxml import etree

    from regsheet.package import Package

SheetState = Literal["visible", "hidden", "very hidden"]

_STATES: dict[str, SheetState] = {"hidden": "hidden", "veryHidden": "very hidden"}
_KINDS: dict[str, SheetKind] = {
    "worksheet": "worksheet",
    "chartsheet": "chartsheet",
    "dialogsheet": "dialogsheet",
    "xlMacrosheet": "macrosheet",
    "xlIntlMacrosheet": "macrosheet",
}
_MACRO_TYPE = "macroEnabled"


@undisturbed
def read_grid(package: Package) -> Grid:
    """Every sheet of a workbook with its cells, looks and what hangs on them, read from the package's own trees.

    Raises ``GridError`` when the workbook has more cells than are read, ``PackageError`` when a part is damaged.
    """
    return _WorkbookReader(package).read()


class _WorkbookReader:
    """Reads one workbook; styles, strings and people are shared by its sheets."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main_part
        self.workbook = package.tree(self.main)
        style_sheet = self.part_of_kind("styles")
        self.palette = Palette(read_theme(self.part_of_kind("theme")), read_indexed(style_sheet))
        self.styles = read_styles(style_sheet, self.palette)
        properties = child(self.workbook, "workbookPr")
        self.date_1904 = properties is not None and flag(properties, "date1904")
        self.cells = CellReader(self.strings(), self.styles.cells, self.date_1904)
        people = self.part_of_kind("person")
        self.people = {} if people is None else read_people(people)

    def read(self) -> Grid:
        """The whole workbook."""
        listed = child(self.workbook, "sheets")
        elements = [] if listed is None else list(children(listed, "sheet"))
        sheets = [self.sheet(element, position) for position, element in enumerate(elements)]
        return Grid(
            sheets=sheets,
            format="xlsm" if _MACRO_TYPE in self.package.content_type(self.main) else "xlsx",
            date_1904=self.date_1904,
            defined_names=self.defined_names([sheet.name for sheet in sheets]),
            external_links=self.external_links(),
        )

    def sheet(self, element: etree._Element, position: int) -> Sheet:
        """One sheet; without cells where it is no worksheet or its part is missing."""
        sheet = Sheet(
            name=element.get("name", ""),
            position=position,
            state=_STATES.get(element.get("state", ""), "visible"),
            styles=self.styles.cells,
        )
        relationship = self.package.relationships(self.main).by_id(attribute(element, "id") or "")
        if relationship is None or relationship.external or relationship.target not in self.package:
            return sheet
        sheet.part = relationship.target
        sheet.kind = _KINDS.get(relationship.kind, "worksheet")
        if sheet.kind in ("worksheet", "macrosheet"):
            self.contents(sheet, self.rows(sheet, relationship.target))
            self.attachments(sheet, relationship.target)
        return sheet

    def strings(self) -> SharedStrings:
        """The shared strings; none where there is no such part."""
        part = next(iter(self.related_names(self.main, "sharedStrings")), None)
        if part is None:
            return SharedStrings()
        if not self.package.is_changed(part):
            try:
                return strings_of_text(self.package.stretches(part))
            except UnusualError:
                pass
        return strings_of_tree(self.package.tree(part))

    def rows(self, sheet: Sheet, part: str) -> etree._Element:
        """Read the rows of a sheet's part; gives the part's root element, if need be without the rows."""
        if not self.package.is_changed(part):
            try:
                scanned = ScannedSheet(self.package.stretches(part))
                self.cells.read(scanned.rows(), sheet)
                return parse(scanned.rest(), self.package.file, part)
            except UnusualError:
                pass
        worksheet = self.package.tree(part)
        for sheet_data in children(worksheet, "sheetData"):
            self.cells.read(rows_of_tree(sheet_data), sheet)
        return worksheet

    def contents(self, sheet: Sheet, worksheet: etree._Element) -> None:
        """What the sheet's own part says besides its rows."""
        sheet.merges = read_merges(worksheet)
        sheet.hidden_columns = read_hidden_columns(worksheet)
        sheet.column_styles = read_column_styles(worksheet)
        sheet.header_footer = read_header_footer(worksheet)
        sheet.conditional_formats = read_conditional_formats(worksheet, self.styles.differential_fills, self.palette)
        sheet.validations = read_validations(worksheet)

    def attachments(self, sheet: Sheet, part: str) -> None:
        """What related parts hold: notes, threaded comments, tables."""
        notes: Notes = {}
        threads: Threads = {}
        for root in self.related(part, "comments"):
            notes |= read_notes(root)
        for root in self.related(part, "threadedComment"):
            threads |= read_threads(root, self.people)
        sheet.notes, sheet.threads = split_shadows(notes, threads)
        tables = (read_table(root) for root in self.related(part, "table"))
        sheet.tables = [table for table in tables if table is not None]

    def defined_names(self, sheet_names: list[str]) -> dict[str, str]:
        """Defined names with what they stand for; those of one sheet are keyed ``Sheet name!Name``."""
        found: dict[str, str] = {}
        listed = child(self.workbook, "definedNames")
        for element in children(listed, "definedName") if listed is not None else ():
            name, home = element.get("name", ""), number(element, "localSheetId", -1)
            if 0 <= home < len(sheet_names):
                name = f"{sheet_names[home]}!{name}"
            found[name] = (element.text or "").strip().removeprefix("=")
        return found

    def external_links(self) -> tuple[str, ...]:
        """Where links to other workbooks lead, in the order that formulas count them; empty where nobody knows."""
        listed = child(self.workbook, "externalReferences")
        relationships = self.package.relationships(self.main)
        found: list[str] = []
        for element in children(listed, "externalReference") if listed is not None else ():
            relationship = relationships.by_id(attribute(element, "id") or "")
            known = relationship is not None and relationship.target in self.package
            found.append(self.link_target(relationship.target) if relationship is not None and known else "")
        return tuple(found)

    def link_target(self, part: str) -> str:
        """The target of one external link: a workbook's path, or ``service|topic`` of a DDE link."""
        link = next(children(self.package.tree(part)), None)
        if link is None:
            return ""
        if link.get("ddeService"):
            return f"{link.get('ddeService')}|{link.get('ddeTopic', '')}"
        target = self.package.relationships(part).by_id(attribute(link, "id") or "")
        return "" if target is None else target.target

    def part_of_kind(self, kind: str) -> etree._Element | None:
        """The root of the workbook's only part of a kind; None where it has none."""
        return next(iter(self.related(self.main, kind)), None)

    def related(self, part: str, kind: str) -> list[etree._Element]:
        """The roots of all parts of a kind that belong to a part and are there."""
        return [self.package.tree(name) for name in self.related_names(part, kind)]

    def related_names(self, part: str, kind: str) -> list[str]:
        """The names of all parts of a kind that belong to a part and are there."""
        return [
            relationship.target
            for relationship in self.package.relationships(part).of_kind(kind)
            if not relationship.external and relationship.target in self.package
        ]
