"""What a workbook lost on the way: every part, every element outside the cells, every cell's address.

What was added is no loss; nor is a cell's new value or look, nor what follows from an addition (counts, a wider
dimension), nor the calculation chain, which Excel makes again.
"""

import io
import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

FOLLOWS = frozenset({"count", "uniqueCount", "spans", "fullCalcOnLoad", "activeTab"})
MADE_AGAIN = "calcchain"
Item = tuple[str, tuple[tuple[str, str], ...], str]


def losses(before: bytes, after: bytes) -> list[str]:
    """A sentence for each thing of ``before`` that ``after`` has not."""
    old, new = _members(before), _members(after)
    found = [f"{name} is gone" for name in old if name not in new and MADE_AGAIN not in name.lower()]
    for name, blob in old.items():
        if name in new and new[name] != blob:
            found += [f"{name}: {what}" for what in _lost(blob, new[name])]
    return found


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _lost(before: bytes, after: bytes) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    try:
        was, now = (_inventory(etree.fromstring(blob, parser)) for blob in (before, after))
    except etree.XMLSyntaxError:
        return ["its bytes changed, and it is not XML"]
    gone = [item for item in (was[0] - now[0]).elements() if MADE_AGAIN not in str(item[1]).lower()]
    items = [f"{path} {dict(attributes)} {text[:40]!r}" for path, attributes, text in gone]
    cells = [f"cell {address} is gone" for address in was[1] if address not in now[1]]
    return items + cells + [f"cell {a} lost attributes" for a, own in was[1].items() if not own <= now[1].get(a, own)]


def _inventory(root: etree._Element) -> tuple[Counter[Item], dict[str, set[tuple[str, str]]]]:
    items: Counter[Item] = Counter()
    cells: dict[str, set[tuple[str, str]]] = {}

    def walk(element: etree._Element, path: str) -> None:
        name = etree.QName(element).localname
        if name == "c" and path.endswith("/row") and element.get("r"):
            cells[element.get("r", "")] = {(str(k), str(v)) for k, v in element.attrib.items() if k not in {"s", "t"}}
            return
        if name == "calcPr":
            return
        own = () if name == "dimension" else tuple(
            sorted((str(key), str(value)) for key, value in element.attrib.items() if str(key) not in FOLLOWS)
        )  # fmt: skip
        here = f"{path}/{name}"
        items[here, own, (element.text or "").strip()] += 1
        for child in element.iterchildren(etree.Element):
            walk(child, here)

    walk(root, "")
    return items, cells


def file_losses(before: Path, after: Path) -> list[str]:
    """The same for files."""
    return losses(before.read_bytes(), after.read_bytes())
