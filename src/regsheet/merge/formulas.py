"""Whether a formula of a copy is the one that was sent, wherever its cell and the cells it speaks of have moved."""

from __future__ import annotations

import re
from collections.abc import Mapping

from regsheet.grid.addresses import address, column_number, letters
from regsheet.merge.alignment import Alignment, Cell

_REFERENCE = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[A-Za-z_\\][\w.]*)!)?"
    r"(?P<d1>\$?)(?P<column>[A-Za-z]{1,3})(?P<d2>\$?)(?P<row>[0-9]{1,7})(?![\w(.])"
)
_STRING = re.compile(r'"(?:[^"]|"")*"')
_PREFIXES = ("_xlfn.", "_xlws.", "_xludf.")


def same_formula(sent: str, here: Cell, copy: str, there: Cell, sheet: str, by_sheet: Mapping[str, Alignment]) -> bool:
    """Whether the formula ``copy`` at ``there`` is what ``sent`` at ``here`` has become.

    ``sheet`` is the one as sent that holds it; ``by_sheet`` are the alignments by their names as sent.
    """
    wanted = _plain(copy)
    if _plain(sent) == wanted:
        return True
    if here != there and _plain(_translated(sent, here, there)) == wanted:
        return True
    return _plain(_moved(sent, sheet, by_sheet)) == wanted


def has_moved_along(sent: str, here: Cell, copy: str, there: Cell) -> bool:
    """Whether a formula speaks of cells that stand to its own as they did: then its result is that of the same row."""
    return _plain(sent if here == there else _translated(sent, here, there)) == _plain(copy)


def _plain(formula: str) -> str:
    """A formula without what programs spell otherwise: blanks, case and prefixes outside texts."""
    text = formula.strip().removeprefix("=")
    pieces: list[str] = []
    at = 0
    for found in _STRING.finditer(text):
        pieces += [_folded(text[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*pieces, _folded(text[at:])])


def _folded(text: str) -> str:
    text = "".join(text.split()).casefold()
    for prefix in _PREFIXES:
        text = text.replace(prefix, "")
    return text


def _translated(formula: str, here: Cell, there: Cell) -> str:
    """The formula as if it had been copied from one cell to another."""
    from openpyxl.formula.translate import Translator, TranslatorError

    try:
        return str(Translator(f"={formula}", address(*here)).translate_formula(address(*there)))
    except TranslatorError:
        return formula


def _moved(formula: str, sheet: str, by_sheet: Mapping[str, Alignment]) -> str:
    """The formula with every reference to where its cell is now."""

    def moved(found: re.Match[str]) -> str:
        name = found["sheet"]
        of_sheet = sheet if name is None else name[:-1].strip("'").replace("''", "'")
        alignment = by_sheet.get(of_sheet)
        if alignment is None:
            return found[0]
        row, column = int(found["row"]), column_number(found["column"])
        prefix = "" if name is None else _quoted(alignment.copy.name, name)
        there_row, there_column = _nearest(alignment.rows, row), _nearest(alignment.columns, column)
        return f"{prefix}{found['d1']}{letters(there_column)}{found['d2']}{there_row}"

    pieces: list[str] = []
    at = 0
    for text in _STRING.finditer(formula):
        pieces += [_REFERENCE.sub(moved, formula[at : text.start()]), text[0]]
        at = text.end()
    return "".join([*pieces, _REFERENCE.sub(moved, formula[at:])])


def _quoted(name: str, as_it_was: str) -> str:
    return "'" + name.replace("'", "''") + "'!" if as_it_was.startswith("'") else f"{name}!"


def _nearest(pairs: Mapping[int, int], place: int) -> int:
    """Where a row or column is now; one that is gone, or was empty, has moved as the one before it."""
    if place in pairs:
        return pairs[place]
    before = max((known for known in pairs if known < place), default=None)
    return place if before is None else max(1, place + pairs[before] - before)
