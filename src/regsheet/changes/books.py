"""Two workbooks that were read: what changed from one to the other."""

from __future__ import annotations

from regsheet.changes.bands import band_counts
from regsheet.changes.comparison import Comparison
from regsheet.changes.maps import compare_maps
from regsheet.changes.registers import compare_registers
from regsheet.model.book import Book


def compare_books(old: Book, new: Book) -> Comparison:
    """What changed from one workbook to another: its risks and the assurance of them.

    Format does not count (case, spaces, line wraps, bullets, ``4`` or ``"4"``), nor where a column stands or what it is
    called. What only one of the workbooks has a column for is told in a remark, not risk by risk.
    """
    registers, maps = compare_registers(old, new), compare_maps(old, new)
    remarks = [*registers.remarks, *_lacking(old, new)]
    return Comparison(
        old_file=old.path.name,
        new_file=new.path.name,
        old_risks=_count(old),
        new_risks=_count(new),
        new=registers.new,
        gone=registers.gone,
        changed=registers.changed,
        map_new=maps.new,
        map_gone=maps.gone,
        items=maps.items,
        bands=band_counts(old, new),
        remarks=tuple(remarks),
    )


def _count(book: Book) -> int:
    return sum(register.table.n_risks for register in book.registers)


def _lacking(old: Book, new: Book) -> list[str]:
    """What one of the workbooks has not at all."""
    remarks = []
    for name, one, other in (("register", old.registers, new.registers), ("assurance map", old.maps, new.maps)):
        if bool(one) != bool(other):
            book = old if not one else new
            verb = "has" if name == "assurance map" else "holds"
            remarks.append(f"“{book.path.name}” {verb} no {name}, so nothing could be compared with the other's.")
    return remarks
