"""Notes and threaded comments that people typed into a copy; ours are left out."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.grid.addresses import address
from regsheet.grid.cells import Sheet
from regsheet.merge.alignment import Alignment
from regsheet.merge.differences import Difference
from regsheet.merge.values import same
from regsheet.writer.traces import is_our_note, without_our_text

Cell = tuple[int, int]


def note_differences(sheet: str, alignment: Alignment) -> Iterator[Difference]:
    """Every note that is new, reads otherwise, or is gone."""
    before, after = _notes(alignment.sent), _notes(alignment.copy)
    seen: set[Cell] = set()
    for there, text in after.items():
        here = alignment.back(*there)
        if here is None and there[0] in alignment.rows_back and there[1] not in alignment.columns_back:
            here = None
        if here is None:
            where = address(*there)
            if not any(same(text, known) for known in before.values()):
                yield Difference("note added", sheet, None, None, f"{where}: {text}", mark=f"{where} {text}")
            continue
        seen.add(here)
        was = before.get(here)
        if was is None:
            yield Difference("note added", sheet, here, None, text)
        elif not same(was, text):
            yield Difference("note changed", sheet, here, was, text)
    for here, text in before.items():
        if here not in seen and alignment.there(*here) is not None:
            yield Difference("note removed", sheet, here, text, None)


def _notes(sheet: Sheet) -> dict[Cell, str]:
    """What people wrote at each cell: their note, then the remarks of the thread."""
    found: dict[Cell, list[str]] = {}
    for place, note in sheet.notes.items():
        text = without_our_text(note.text) if is_our_note(note.text) else note.text
        if text.strip():
            found.setdefault(place, []).append(text.strip())
    for place, remarks in sheet.threads.items():
        for remark in remarks:
            author = f"{remark.author}: " if remark.author else ""
            if remark.text.strip():
                found.setdefault(place, []).append(f"{author}{remark.text.strip()}")
    return {place: "\n".join(texts) for place, texts in found.items()}
