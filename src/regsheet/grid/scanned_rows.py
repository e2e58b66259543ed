"""The rows of a sheet straight from its text: many times as fast as through a tree, for XML as most programs write it.

Only text whose every character between ``<sheetData>`` and ``</sheetData>`` is of the one plain shape is read this way.
Anything else (other prefixes, alternatives, comments, rich text in cells, attributes in another order) raises
``UnusualError``, and the caller reads the tree. Both ways give the same rows; the tests hold them to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from regsheet.grid.addresses import COLUMNS
from regsheet.grid.alike import (
    FEWEST_ALIKE,
    MOST_AT_ONCE,
    MOST_CELLS,
    MOST_MAKES,
    MOST_PATTERNS,
    MOST_TRIED,
    AlikeRows,
    CellMake,
    RowMake,
    RowPattern,
    Texts,
    Written,
    can_recur,
    make_pattern,
    with_gaps,
)
from regsheet.grid.scanning import SPREADSHEET, UnusualError, plain_pieces, resolve, text_of
from regsheet.grid.stored import StoredCell, StoredFormula, StoredRow
from regsheet.grid.texts import StoredText, unescape
from regsheet.grid.xml import TRUE
from regsheet.limits import MAX_ROWS

_ROOT = re.compile(rf"(?:<\?xml [^?<>]*\?>\s*)?<worksheet\s[^<>]*?(?<=\s)xmlns=[\"']{SPREADSHEET}[\"']")
_OPEN, _CLOSE, _ROW_CLOSE = "<sheetData>", "</sheetData>", "</row>"
_ROW = re.compile(r'\s*<row((?: [\w:]+="[^"<&]*")*) ?(/?)>')
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"((?: [a-z]+="[A-Za-z0-9]*")*+)'
    r"(?:/>|>"
    r'(?:<f((?: [\w:]+="[^"<&]*")*+)(?:/>|>([^<]*+)</f>))?+'
    r"(?:<v>([^<]*+)</v>|<v/>)?+"
    r'(<is><t(?: xml:space="preserve")?>([^<]*+)</t></is>)?+'
    r"</c>)"
    r"|\s+|([^\s])"
)
_CELL_ATTRIBUTES = re.compile(r'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?(?: cm="[0-9]+")?(?: vm="[0-9]+")?(?: ph="1")?')


class ScannedSheet:
    """A worksheet part as text, taken a stretch at a time and cut into its rows and the rest.

    Rows and rest are each to be asked for once, the rows first. Both raise ``UnusualError``.
    """

    def __init__(self, stretches: Iterable[bytes]) -> None:
        self._texts = self._texts_of_rows(map(text_of, plain_pieces(stretches, _ROW_CLOSE.encode())))
        self._rest = ""

    def rows(self) -> Iterator[StoredRow | AlikeRows]:
        """Every row, in file order. Ends in an error as soon as one is not of the plain shape."""
        scanner = _RowScanner()
        for text, start, end in self._texts:
            yield from _rows(scanner, text, start, end)

    def rest(self) -> bytes:
        """The part without its rows: small, to be parsed."""
        for _ in self._texts:  # rows that nobody asked for
            pass
        return self._rest.encode()

    def _texts_of_rows(self, texts: Iterator[str]) -> Iterator[tuple[str, int, int]]:
        """The texts that hold whole rows, with where these begin in each and where they end."""
        text = next(texts)
        start = text.find(_OPEN) + len(_OPEN)
        head = text[:start]
        if start < len(_OPEN) or not _ROOT.match(head) or "AlternateContent" in head:
            raise UnusualError
        while (end := text.find(_CLOSE, start)) < 0:
            yield text, start, len(text)
            text, start = next(texts, _CLOSE + _OPEN), 0  # without an end it is unusual
        yield text, start, end
        tail = "".join([text[end:], *texts])
        if "<sheetData" in tail:
            raise UnusualError
        self._rest = head + tail


def _rows(scanner: _RowScanner, text: str, place: int, end: int) -> Iterator[StoredRow | AlikeRows]:
    """The rows between two places of a text, all of them whole."""
    alike = AlikeRows()
    while True:
        fitting = scanner.fitting(text, place, end)
        if fitting is not None:
            texts, place = _run(*fitting, MOST_AT_ONCE - alike.count)
            alike.add(fitting[0].make, texts)
            if alike.count < MOST_AT_ONCE:
                continue
        if alike.count:
            yield alike
            alike = AlikeRows()
        if fitting is None:
            opening = _ROW.match(text, place, end)
            if opening is None:
                break
            place, cells = _cells(opening)
            yield scanner.row(opening[1], cells)
    if text[place:end].strip():
        raise UnusualError


def _cells(opening: re.Match[str]) -> tuple[int, list[tuple[str, ...]]]:
    """Where a row ends, and the matches of its cells."""
    if opening[2]:
        return opening.end(), []
    close = opening.string.find(_ROW_CLOSE, opening.end(), opening.endpos)
    if close < 0:
        raise UnusualError
    return close + len(_ROW_CLOSE), _CELL.findall(opening.string, opening.end(), close)


def _run(pattern: RowPattern, found: re.Match[str] | None, most: int) -> tuple[list[Texts], int]:
    """The texts of the rows alike that follow one another from the first that was found, and where the last ends."""
    texts: list[Texts] = []
    match, add = pattern.pattern.match, texts.append
    while found is not None and len(texts) < most:
        add(found.groups())
        last = found
        found = match(found.string, found.end(), found.endpos)
    return texts, last.end()


class _RowScanner:
    """Reads rows cell by cell, and learns the patterns of those that recur."""

    def __init__(self) -> None:
        self.patterns: list[RowPattern] = []
        self._attributes: dict[str, tuple[str, str]] = {}
        self._makes: Counter[tuple[object, ...]] = Counter()

    def fitting(self, text: str, place: int, end: int) -> tuple[RowPattern, re.Match[str]] | None:
        """The pattern that fits a row, which is tried first from now on, and what it found; None where none does."""
        patterns = self.patterns
        for order, tried in enumerate(patterns[:MOST_TRIED]):
            found = tried.pattern.match(text, place, end)
            if found is not None:
                if order:
                    patterns.insert(0, patterns.pop(order))
                return tried, found
        return None

    def row(self, opening: str, found: list[tuple[str, ...]]) -> StoredRow:
        """A row from the matches of its cells."""
        attributes = dict(_ATTRIBUTE.findall(opening))
        cells: list[StoredCell] = []
        add, columns, known = cells.append, COLUMNS, self._attributes
        for letters, said, formula_attributes, formula_text, text, has_inline, inline, other in found:
            if letters in columns:
                style, kind = known.get(said) or self._read(said)
                if "&" in text:
                    text = resolve(text)
                formula: StoredFormula | str | None = None
                if formula_attributes or formula_text:
                    formula = _formula(formula_attributes, formula_text)
                runs = StoredText(unescape(resolve(inline)), ()) if has_inline else None
                add((columns[letters], style, kind, text or None, formula, runs))
            elif letters or other:
                raise UnusualError
        row = StoredRow(_row_number(attributes.get("r", "")), _is_hidden(attributes), _row_style(attributes), cells)
        if 0 < len(cells) == len(found) <= MOST_CELLS and len(self.patterns) < MOST_PATTERNS:
            self._learn(opening, row, found)
        return row

    def _read(self, said: str) -> tuple[str, str]:
        """Style and kind of a cell from its attributes."""
        found = _CELL_ATTRIBUTES.fullmatch(said)
        if found is None:
            raise UnusualError
        read = self._attributes[said] = (found[1] or "", found[2] or "n")
        return read

    def _learn(self, opening: str, row: StoredRow, found: list[tuple[str, ...]]) -> None:
        """Count the row's make; where it has recurred often enough, make a pattern of it."""
        if len(self._makes) >= MOST_MAKES:
            return
        written = [
            (cell[0], cell[1], cell[2], cell[3] != "", (cell[4] or cell[6]) != "", cell[6] != "") for cell in found
        ]
        key = (row.hidden, row.style, *written)
        self._makes[key] += 1
        if self._makes[key] == FEWEST_ALIKE:
            self._add_pattern(opening, row, found, list(map(Written._make, written)))

    def _add_pattern(self, opening: str, row: StoredRow, found: list[tuple[str, ...]], written: list[Written]) -> None:
        """Make a pattern of a row's make, unless it has cells that no pattern reads."""
        if opening.count(' r="') != 1 or not all(map(_is_simple, row.cells, found)):
            return
        cells = tuple(
            CellMake(
                stored[0], stored[1] or "", stored[2], cell.has_value, cell.has_formula,
                stored[4] if isinstance(stored[4], StoredFormula) and not cell.has_formula else None,
            )
            for stored, cell in zip(row.cells, written, strict=True)
        )  # fmt: skip
        if all(cell.column < after.column for cell, after in pairwise(cells)) and all(map(can_recur, cells)):
            make = RowMake(row.hidden, row.style, with_gaps(cells, written))
            self.patterns.insert(0, make_pattern(opening, written, make))


def _is_simple(cell: StoredCell, found: tuple[str, ...]) -> bool:
    """Whether a cell's value is in one place, and its formula its own or wholly that of another cell."""
    _, _, kind, _, formula, inline = cell
    if isinstance(formula, StoredFormula) and formula.text and formula.kind != "normal":
        return False
    return (inline is not None) == (kind == "inlineStr") == bool(found[6]) and not (found[4] and found[6])


def _formula(attributes: str, text: str) -> StoredFormula | str:
    text = resolve(text)
    if not attributes:
        return text
    said = dict(_ATTRIBUTE.findall(attributes))
    return StoredFormula(
        text,
        said.get("t", "normal"),
        said.get("si", ""),
        said.get("ref", ""),
        said.get("r1", ""),
        said.get("r2", ""),
        said.get("dt2D", "") in TRUE,
        said.get("dtr", "") in TRUE,
    )


def _row_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and 0 < int(text) <= MAX_ROWS):
        raise UnusualError
    return int(text)


def _is_hidden(attributes: dict[str, str]) -> bool:
    if attributes.get("hidden", "0").strip().lower() in TRUE:
        return True
    try:
        return float(attributes.get("ht", "1")) == 0
    except ValueError:
        return False


def _row_style(attributes: dict[str, str]) -> str | None:
    return attributes.get("s") if attributes.get("customFormat", "0").strip().lower() in TRUE else None
