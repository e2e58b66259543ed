"""The mark that an annotated workbook carries: a custom XML item, which Excel keeps and nobody sees.

It names what was added and tells, cell by cell, what was there before; and it holds, for each part that was changed,
a recipe for the part's earlier bytes. ``strip`` needs nothing else.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from lxml import etree

from regsheet.errors import PackageError
from regsheet.grid.addresses import position
from regsheet.grid.cells import CellError, Value
from regsheet.grid.texts import unescape
from regsheet.limits import MAX_COLUMNS, MAX_ROWS
from regsheet.package import Package
from regsheet.package.names import key as names_key
from regsheet.package.xml import parse
from regsheet.writer.delta import ChangedPart
from regsheet.writer.markup import escape_text, in_attribute, in_text
from regsheet.writer.pieces import pieces
from regsheet.writer.records import LOOKS, CellRecord, NoteRecord, looks_of

SPACE = "urn:regsheet:annotation:1"
PROPERTIES_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
PROPERTIES_SPACE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/customXml"
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"

_CODED = 3 << 14
"""So many bytes are put into letters at a time: a multiple of three, so that the letters can be strung together."""


@dataclass(frozen=True, slots=True)
class DroppedPart:
    """A part of the original that was taken out: the part it stood behind in the zip, and its bytes, compressed."""

    name: str
    behind: str
    content: bytes


@dataclass(slots=True)
class Mark:
    """All that the mark says. ``untouched`` is one hash over the original parts that were not changed.

    ``palette`` says what theme and indexed colours meant, should a program drop the theme.
    """

    version: str
    source_name: str
    source_sha256: str
    sheets: tuple[str, ...] = ()
    cells: list[CellRecord] = field(default_factory=list)
    notes: Iterable[NoteRecord] = field(default_factory=list)
    changed: list[ChangedPart] = field(default_factory=list)
    dropped: list[DroppedPart] = field(default_factory=list)
    added: tuple[str, ...] = ()
    untouched: str = ""
    palette: str = ""
    part: str = ""


# -- in the package ----------------------------------------------------------------------------------------------


def place_mark(package: Package, sha256: str) -> tuple[str, str]:
    """Add an empty mark with its relationships. Returns the names of the item and of its properties."""
    item = package.free_name("customXml/item{}.xml")
    number = "".join(letter for letter in item if letter.isdigit())
    properties = f"customXml/itemProps{number}.xml"
    if properties in package:
        properties = package.free_name("customXml/itemProps{}.xml")
    package.add(item, _empty(), "application/xml")
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{SPACE}:{sha256}")).upper()
    space = PROPERTIES_SPACE_STRICT if package.strict else PROPERTIES_SPACE
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        f'<ds:datastoreItem ds:itemID="{{{identity}}}" xmlns:ds="{space}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    package.add(properties, text.encode(), PROPERTIES_TYPE)
    package.relationships(package.main_part).add("customXml", item)
    package.relationships(item).add("customXmlProps", properties)
    return item, properties


def _empty() -> bytes:
    return f'<annotation xmlns="{SPACE}"/>'.encode()


def find_mark(package: Package) -> str | None:
    """The name of the part that is our mark."""
    for name in package.names:
        if name.lower().startswith("customxml/") and name.endswith(".xml") and SPACE.encode() in package.blob(name):
            try:
                tag = package.tree(name).tag
            except Exception:  # noqa: BLE001, S112 - someone else's damaged item is not ours
                continue
            if tag == f"{{{SPACE}}}annotation":
                return name
    return None


def read_mark(package: Package) -> Mark | None:
    """The mark of an annotated workbook; None where there is none or it cannot be read."""
    name = find_mark(package)
    if name is None:
        return None
    try:
        mark = _parsed(package.tree(name))
    except (ValueError, KeyError, binascii.Error):
        return None
    mark.part = name
    return mark


def parsed(content: bytes) -> Mark | None:
    """The mark that the bytes of a part hold; None where they hold none."""
    try:
        root = parse(content, "", "")
        return _parsed(root) if root.tag == f"{{{SPACE}}}annotation" else None
    except (PackageError, ValueError, KeyError, binascii.Error):
        return None


def fingerprint(package: Package, names: list[str]) -> str:
    """One hash over the names and contents of parts, in the order given."""
    whole = hashlib.sha256()
    for name in names:
        whole.update(name.encode() + b"\0" + package.sha256(name))
    return whole.hexdigest()


# -- as XML ------------------------------------------------------------------------------------------------------


def spelled_cells(records: Iterable[CellRecord]) -> Iterator[str]:
    """What the mark says of cells: every one by itself, then the looks that they refer to by number."""
    sheets = _SheetNames()
    numbers: dict[str, str] = {}
    known: dict[tuple[str | None, ...], str] = {}  # many thousands have few looks between them
    for record in records:
        said, key = looks_of(record), record.row_key
        looks = known.get(said)
        if looks is None:
            looks = known[said] = _spelled_looks(said, numbers)
        made = "" if record.existed else ' made="1"'
        row = f' row="{key if key.isalnum() else in_attribute(key)}"' if key else ""
        begun = f'<cell sheet="{sheets[record.sheet]}" cell="{record.cell}"{made}{row}{looks}'
        if record.wrote_value:
            before = _value("before", record.value_before, record.formula_before)
            after = _value("after", record.value_after, record.formula_after)
            yield f"{begun}>{before}{after}</cell>"
        else:
            yield f"{begun}/>"
    for xml, number in numbers.items():
        yield _element("look", {"id": number}, escape_text(xml))


class _SheetNames(dict[str, str]):
    """The names of sheets as they stand in an attribute, each spelled when it is first asked for."""

    def __missing__(self, name: str) -> str:
        spelled = self[name] = in_attribute(escape_text(name))
        return spelled


def _spelled_looks(said: tuple[str | None, ...], numbers: dict[str, str]) -> str:
    """The attributes that tell of looks; XML of earlier ones is referred to by its number."""
    attributes: dict[str, str] = {}
    for name, text in zip(LOOKS, said, strict=True):
        if text is not None:
            attributes[name] = numbers.setdefault(text, str(len(numbers) + 1)) if name.endswith("_before") else text
    return _attributes(attributes)


def _spelled_notes(notes: Iterable[NoteRecord]) -> Iterator[str]:
    sheets = _SheetNames()
    for note in notes:
        text = in_text(escape_text(note.text))
        yield f'<note sheet="{sheets[note.sheet]}" cell="{note.cell}" joined="{int(note.joined)}">{text}</note>'


def written(mark: Mark, cells: Iterable[bytes] | None = None) -> Iterator[bytes]:
    """The mark as the bytes of its part; ``cells`` is what it says of cells, where that is spelled already."""
    yield from pieces(_beginning(mark))
    yield from pieces(spelled_cells(mark.cells)) if cells is None else cells
    yield from pieces(chain(_spelled_notes(mark.notes), _end(mark)))


def _beginning(mark: Mark) -> Iterator[str]:
    head = {
        "version": mark.version, "source": escape_text(mark.source_name), "sha256": mark.source_sha256,
        "untouched": mark.untouched, "palette": mark.palette,
    }  # fmt: skip
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<annotation xmlns="{SPACE}"{_attributes(head)}>'
    for sheet in mark.sheets:
        yield _element("sheet", {"name": escape_text(sheet)})


def _end(mark: Mark) -> Iterator[str]:
    for part in mark.changed:
        name = {"name": escape_text(part.name), "before": part.sha256_before, "after": part.sha256_after}
        yield from _with_bytes("changed", name, part.recipe)
    for gone in mark.dropped:
        name = {"name": escape_text(gone.name), "behind": escape_text(gone.behind)}
        yield from _with_bytes("dropped", name, gone.content)
    for added in mark.added:
        yield _element("added", {"name": escape_text(added)})
    yield "</annotation>"


def _with_bytes(tag: str, attributes: Mapping[str, str], content: bytes) -> Iterator[str]:
    """An element that holds bytes, which may be many."""
    yield f"<{tag}{_attributes(attributes)}>"
    for start in range(0, len(content), _CODED):
        yield base64.b64encode(content[start : start + _CODED]).decode()
    yield f"</{tag}>"


def _element(tag: str, attributes: Mapping[str, str], text: str = "") -> str:
    """An element with a text that XML can hold."""
    begun = f"<{tag}{_attributes(attributes)}"
    return f"{begun}>{in_text(text)}</{tag}>" if text else f"{begun}/>"


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join([f' {name}="{in_attribute(text)}"' for name, text in attributes.items()])


def _value(tag: str, value: Value, formula: str | None) -> str:
    kind, text = _spelled(value)
    told = "" if formula is None else f' formula="{in_attribute(escape_text(formula))}"'
    begun = f'<{tag} type="{kind}"{told}'
    return f"{begun}>{in_text(escape_text(text))}</{tag}>" if text else f"{begun}/>"


def _spelled(value: Value) -> tuple[str, str]:
    """A value's kind and its text."""
    if value is None:
        return "blank", ""
    if isinstance(value, bool):
        return "boolean", str(int(value))
    if isinstance(value, int | float):
        return "number", repr(value)
    if isinstance(value, dt.datetime):
        return "date", value.isoformat()
    if isinstance(value, dt.time):
        return "time", value.isoformat()
    return ("error" if isinstance(value, CellError) else "text"), str(value)


def _read_value(element: etree._Element | None) -> tuple[Value, str | None]:
    if element is None:
        return None, None
    formula = element.get("formula")
    return _understood(element.get("type", ""), unescape(element.text or "")), (
        None if formula is None else unescape(formula)
    )


def _understood(kind: str, text: str) -> Value:
    if kind == "blank":
        return None
    if kind == "boolean":
        return text == "1"
    if kind == "number":
        return float(text) if any(letter in text for letter in ".einf") else int(text)
    if kind == "date":
        return dt.datetime.fromisoformat(text)
    if kind == "time":
        return dt.time.fromisoformat(text)
    return CellError(text) if kind == "error" else text


def _parsed(root: etree._Element) -> Mark:
    def each(tag: str) -> Iterator[etree._Element]:
        return root.iterchildren(f"{{{SPACE}}}{tag}")

    changed, dropped = list(each("changed")), list(each("dropped"))
    names = [names_key(unescape(_needed(part, "name"))) for part in (*changed, *dropped)]
    if len(set(names)) < len(names):
        raise ValueError("the mark names a part twice")
    looks = {look.get("id", ""): unescape(look.text or "") for look in each("look")}
    return Mark(
        version=root.get("version", ""),
        source_name=unescape(root.get("source", "")),
        source_sha256=root.get("sha256", ""),
        sheets=tuple(unescape(sheet.get("name", "")) for sheet in each("sheet")),
        cells=[_read_cell(cell, looks) for cell in each("cell")],
        notes=[
            NoteRecord(
                unescape(_needed(note, "sheet")), _address(note), unescape(note.text or ""),
                note.get("joined") == "1",
            )
            for note in each("note")
        ],
        changed=[
            ChangedPart(
                unescape(_needed(part, "name")), _needed(part, "before"), _needed(part, "after"),
                base64.b64decode(part.text or "", validate=True),
            )
            for part in changed
        ],
        dropped=[
            DroppedPart(
                unescape(_needed(part, "name")), unescape(part.get("behind", "")),
                base64.b64decode(part.text or "", validate=True),
            )
            for part in dropped
        ],
        added=tuple(unescape(part.get("name", "")) for part in each("added")),
        untouched=root.get("untouched", ""),
        palette=root.get("palette", ""),
    )  # fmt: skip


def _needed(element: etree._Element, name: str) -> str:
    """An attribute without which the mark says nothing. Raises ``ValueError``."""
    value = element.get(name)
    if value is None:
        raise ValueError(f"the mark lacks {name}")
    return value


def _address(element: etree._Element) -> str:
    """The address of a cell of a sheet. Raises ``ValueError`` where it is none."""
    text = _needed(element, "cell")
    row, column = position(text)
    if not (0 < row <= MAX_ROWS and 0 < column <= MAX_COLUMNS):
        raise ValueError("the mark names a cell that no sheet has")
    return text


def _read_cell(element: etree._Element, looks: dict[str, str]) -> CellRecord:
    before = element.find(f"{{{SPACE}}}before")
    after = element.find(f"{{{SPACE}}}after")
    record = CellRecord(unescape(_needed(element, "sheet")), _address(element), element.get("made") != "1")
    record.wrote_value = after is not None
    record.row_key = element.get("row")
    record.value_before, record.formula_before = _read_value(before)
    record.value_after, record.formula_after = _read_value(after)
    for name in LOOKS:
        text = element.get(name)
        if text is not None:
            setattr(record, name, looks.get(text) if name.endswith("_before") else text)
    return record
