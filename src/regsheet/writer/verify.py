"""The last look before a result is given out: is everything still there that the workbook held?"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from lxml import etree

from regsheet.errors import OutputError, PackageError
from regsheet.grid import walk
from regsheet.grid.addresses import address
from regsheet.package import Package
from regsheet.writer.changed_rows import Content, differing_rows
from regsheet.writer.markup import child, local
from regsheet.writer.seal import Before

Cell = tuple[int, int]
CHAIN = "calcChain"
_A_LITTLE = 1024
"""The start of a part's first element rarely takes more bytes."""


def verify(package: Package, before: Before, written: Mapping[str, set[Cell]], moved: Mapping[str, set[Cell]]) -> None:
    """Open the result anew and compare it with the original. Raises ``OutputError`` where something is missing.

    Only cells that were given a value may hold another: ``written``, by sheet; ``moved`` are those, by part, that took
    over a shared formula.
    """
    try:
        result = package.opened_again()
    except PackageError as error:
        raise _failure(f"the result cannot be opened again: {error}") from None
    _check_parts(result, before, package)
    given: dict[str, set[Cell]] = {}
    for sheet, part in sheet_parts(result).items():
        given.setdefault(part, set()).update(written.get(sheet, ()))
    for part in before.names:
        if part in result and package.is_changed(part):
            allowed = given.get(part, set()) | moved.get(part, set())
            earlier, present = partial(package.original_stretches, part), partial(_stretches, result, part)
            _check_part(part, earlier, present, allowed)


def _stretches(result: Package, part: str) -> Iterator[bytes]:
    """A part of the result; its checksum is looked at when it was read to the end."""
    try:
        yield from result.stretches(part)
    except PackageError:
        raise _unreadable(part) from None


def _check_part(part: str, earlier: Content, present: Content, allowed: set[Cell]) -> None:
    """Compare the cells of a changed part, if it is a worksheet: those that its text shows to differ at all."""
    if _root_name(earlier()) != "worksheet":
        deque(present(), maxlen=0)
        return
    if _agree_where_they_differ(earlier, present, allowed):
        return
    original, result = _parsed(b"".join(earlier())), _parsed(b"".join(present()))
    if original is None:
        return
    if result is None:
        raise _unreadable(part)
    changed = _changed_cell(original, result, allowed)
    if changed is not None:
        raise _failure(f"cell {address(*changed)} of {part} has changed")


def _root_name(content: Iterable[bytes]) -> str:
    """The name of the element that all others are in; no more is parsed than its start. Empty where there is none."""
    parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True)
    try:
        for stretch in content:
            for start in range(0, len(stretch), _A_LITTLE):
                parser.feed(stretch[start : start + _A_LITTLE])
                for _, element in parser.read_events():
                    if isinstance(element, etree._Element):
                        return local(element)
    except etree.XMLSyntaxError:
        pass
    return ""


def _agree_where_they_differ(earlier: Content, present: Content, allowed: set[Cell]) -> bool:
    """Whether two spellings of a sheet surely hold the same: only what differs in their texts is looked at."""
    free = {b'r="%s"' % address(*cell).encode(): b'<row r="%d"' % cell[0] for cell in allowed}
    reduced = differing_rows(earlier, present, free)
    if reduced is None:
        return False
    original, result = map(_parsed, reduced)
    if original is None or result is None or original.tag != result.tag:
        return False
    if not (_is_simple(original) and _is_simple(result)):
        return False  # what one row or cell opens and another closes hides those between them, which are left out here
    return _changed_cell(original, result, allowed) is None


def _is_simple(root: etree._Element) -> bool:
    """Whether rows stand nowhere but side by side in the sheet's data, and cells nowhere but so in rows."""
    data = child(root, "sheetData")
    if data is None:
        return False
    rows = data.findall("{*}row")
    cells = sum(len(row.findall("{*}c")) for row in rows)
    return len(rows) == len(list(root.iter("{*}row"))) and cells == len(list(root.iter("{*}c")))


def _check_parts(result: Package, before: Before, package: Package) -> None:
    chains = {name for name in before.names if CHAIN.lower() in name.lower()}
    missing = [name for name in before.names if name not in result and name not in chains]
    if missing:
        raise _failure(f"the part {missing[0]} is missing")
    for name in before.names:
        if name in result and not package.is_changed(name) and not result.holds_as_it_was(name, package):
            raise _failure(f"the part {name} differs")


def sheet_parts(package: Package) -> dict[str, str]:
    """Sheet names with their parts."""
    identifier = package.namespaces().relationship("id")
    found: dict[str, str] = {}
    for sheet in package.tree(package.main_part).iter("{*}sheet"):  # a damaged workbook may have lost its namespace
        relationship = package.relationships(package.main_part).by_id(sheet.get(identifier, ""))
        if relationship is not None:
            found[sheet.get("name", "")] = relationship.target
    return found


def _changed_cell(before: etree._Element, after: etree._Element, allowed: set[Cell]) -> Cell | None:
    """The first cell that does not hold what it held."""
    now: dict[Cell, list[tuple[object, ...]]] = {}
    for cell, content in _contents(after):
        now.setdefault(cell, []).append(content)
    for cell, content in _contents(before):
        # A damaged sheet may hold a cell twice: each of them must be there still.
        if cell not in allowed and content not in now.get(cell, ()):
            return cell
    return None


def _contents(root: etree._Element) -> Iterator[tuple[Cell, tuple[object, ...]]]:
    """Each cell that holds something, and what, as the file has it."""
    data = child(root, "sheetData")
    for row, row_element in walk.rows(data) if data is not None else ():
        if not len(row_element):
            continue
        for column, cell in walk.cells(row_element):
            if len(cell):
                yield (row, column), (cell.get("t"), *(_content(item) for item in cell if isinstance(item.tag, str)))


def _content(item: etree._Element) -> tuple[object, ...]:
    return (item.tag, item.text, tuple(sorted(item.attrib.items())), tuple(_content(inner) for inner in item))


def _parsed(blob: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def _unreadable(part: str) -> OutputError:
    return _failure(f"the part {part} cannot be read")


def _failure(what: str) -> OutputError:
    return OutputError(
        f"The annotated workbook was not written, because checking it showed that {what}; "
        "please report this with the workbook, if you may pass it on."
    )
