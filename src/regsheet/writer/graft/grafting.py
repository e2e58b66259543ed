"""The order of work: look into the side workbook, carry its styles over, then each sheet with what hangs on it."""

from __future__ import annotations

from lxml import etree

from regsheet.package import Package
from regsheet.writer.graft.dependants import Carrier
from regsheet.writer.graft.looks import Looks
from regsheet.writer.graft.loose import LooseSheets
from regsheet.writer.graft.side import Side
from regsheet.writer.graft.workbook import add_names, add_sheets
from regsheet.writer.graft.worksheet import adopt_worksheet
from regsheet.writer.markup import local
from regsheet.writer.styles import Styles
from regsheet.writer.vml import ShapeIds


def graft(package: Package, side: bytes | LooseSheets, shapes: ShapeIds | None = None) -> tuple[str, ...]:
    """Add every sheet of the workbook in ``side`` behind the sheets of ``package``; gives their names.

    ``side`` is a whole workbook, or one whose rows are apart; these are used up. ``shapes`` are the ids of shapes in
    use, where they are known.

    Raises ``ValueError`` when the host has a sheet of one of these names: it is the caller who chooses free ones.
    """
    source, rows = (Side(side.book), side.rows) if isinstance(side, LooseSheets) else (Side(side), {})
    _check_names(package, source)
    looks = Looks(source, Styles(package))
    carrier = Carrier(package, source, looks, shapes or ShapeIds(package))
    added = []
    for sheet in source.sheets:
        root, rebuild = adopt_worksheet(source.blob(sheet.part), source.strings, looks, rows.pop(sheet.name, None))
        name = carrier.free_name(f"{_folder(package)}worksheets/sheet{{}}.xml")
        added.append((sheet, carrier.carry(sheet.part, name, root, rebuild)))
    first = add_sheets(package, [(sheet.name, part) for sheet, part in added])
    add_names(package, source.defined_names, first)
    return tuple(sheet.name for sheet, _ in added)


def _check_names(package: Package, source: Side) -> None:
    root = package.tree(package.main_part)
    taken = {str(item.get("name") or "").casefold() for item in root.iter(etree.Element) if local(item) == "sheet"}
    clash = [sheet.name for sheet in source.sheets if sheet.name.casefold() in taken]
    if clash:
        raise ValueError(f"the workbook has a sheet called {clash[0]!r} already")


def _folder(package: Package) -> str:
    folder, slash, _ = package.main_part.rpartition("/")
    return folder + slash
