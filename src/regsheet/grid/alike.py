"""Rows of one make: where a row differs from one before only in what its cells hold, one pattern reads it whole.

The rows of a register are nearly all alike: the same columns, looks and kinds of value. Reading them cell by cell is
most of the work of reading a workbook, so a make that recurs gets a pattern of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar

from regsheet.grid.scanning import UnusualError, resolve
from regsheet.grid.stored import StoredCell, StoredFormula
from regsheet.grid.texts import StoredText, unescape
from regsheet.limits import MAX_ROWS

Of = TypeVar("Of")

Texts = tuple[str | Any, ...]
"""What a pattern found in a row: its number, then the texts of its cells; None for a cell that is blank."""

FEWEST_ALIKE = 8
"""Rows of one make before it gets a pattern: making one takes as long as reading some fifteen rows."""

MOST_PATTERNS = 24
"""Patterns made for one sheet."""

MOST_TRIED = 4
"""Patterns tried on a row before it is read cell by cell."""

MOST_MAKES = 500
"""Makes that are counted on one sheet: where there are more, its rows are not alike."""

MOST_AT_ONCE = 200
"""Rows alike that are read together."""

MOST_CELLS = 400
"""Cells of a row that gets a pattern."""

_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_PLAIN = re.compile('( s="[0-9]+")?( t="[A-Za-z]+")?')
_TEXT = "([^<&]++)"
_ANY_TEXT = "([^<]++)"
_TEXTS = {"str": _ANY_TEXT, "s": r"(\d{1,9}+)"}
_NO_VALUE = "(?:<v/>|<v></v>)?+"
_KINDS = frozenset({"n", "s", "b", "e", "str", "inlineStr"})


class CellMake(NamedTuple):
    """A cell of a make: ``has_formula`` and ``has_value`` say which texts a row brings for it, the formula first.

    ``may_be_blank`` says that in some of the rows the cell has a style only.
    """

    column: int
    style: str
    kind: str
    has_value: bool
    has_formula: bool
    fixed_formula: StoredFormula | None
    may_be_blank: bool = False


class RowMake:
    """What rows of one make have in common; every make is its own key."""

    __slots__ = ("cells", "hidden", "style")

    def __init__(self, hidden: bool, style: str | None, cells: tuple[CellMake, ...]) -> None:
        self.hidden, self.style, self.cells = hidden, style, cells

    def stored(self, texts: Texts) -> list[StoredCell]:
        """The cells of a row of this make, one by one, from what its pattern found."""
        left = iter(texts[1:])
        found: list[StoredCell] = []
        for cell in self.cells:
            formula = resolve(next(left)) if cell.has_formula else cell.fixed_formula
            found_text = next(left) if cell.has_value else None
            text = None if found_text is None else resolve(found_text)
            if text is not None and cell.kind == "inlineStr":
                found.append((cell.column, cell.style, cell.kind, None, formula, StoredText(unescape(text), ())))
            else:
                found.append((cell.column, cell.style, cell.kind, text, formula, None))
        return found


class AlikeRows:
    """Rows that patterns read, one after another, by make: the number of each, and the texts that its pattern found.

    The first of the texts is the number once more; those of the cells follow in order.
    """

    __slots__ = ("_turns", "count", "numbers", "texts")

    def __init__(self) -> None:
        self.numbers: dict[RowMake, list[int]] = {}
        self.texts: dict[RowMake, list[Texts]] = {}
        self.count = 0
        self._turns: list[tuple[RowMake, int]] = []

    def add(self, make: RowMake, texts: list[Texts]) -> None:
        """Add the next rows, all of one make. Raises ``UnusualError`` where one has a number that no row has."""
        numbers = [int(row[0]) for row in texts]
        if min(numbers) < 1 or max(numbers) > MAX_ROWS:
            raise UnusualError
        self.numbers.setdefault(make, []).extend(numbers)
        self.texts.setdefault(make, []).extend(texts)
        self._turns.append((make, len(texts)))
        self.count += len(texts)

    def in_turn(self, by_make: Mapping[RowMake, Iterable[Of]]) -> Iterator[Of]:
        """What goes with the rows of each make, in the order in which the rows stand in the part."""
        left = {make: iter(of_rows) for make, of_rows in by_make.items()}
        return chain.from_iterable(islice(left[make], count) for make, count in self._turns)


class Written(NamedTuple):
    """A cell as a row's text has it: address letters, attributes as they stand, formula attributes as they stand."""

    letters: str
    attributes: str
    formula_attributes: str
    has_formula: bool
    has_value: bool
    is_inline: bool


class RowPattern(NamedTuple):
    """A pattern with the make of the rows it fits; its first group is the row's number."""

    pattern: re.Pattern[str]
    make: RowMake


def make_pattern(opening: str, cells: list[Written], make: RowMake) -> RowPattern:
    """The pattern of rows with these attributes and cells. Only what is known to mean the same may vary.

    The attributes of cells as they are read here have no sign that means something in a pattern.
    """
    parts = [r"\s*+<row", *(_row_attribute(*found) for found in _ATTRIBUTE.findall(opening)), " ?>"]
    for cell, made in zip(cells, make.cells, strict=True):
        if made.may_be_blank:
            style, kind, name = cell.attributes.partition(" t=")  # a blank cell has no kind
            text = _TEXTS.get(made.kind, _TEXT)
            parts.append(rf'<c r="{cell.letters}\1"{style}(?:{kind}{name}><v>{text}</v></c>|/>)')
            continue
        parts.append(rf'<c r="{cell.letters}\1"{cell.attributes}')
        content = ""
        if cell.has_formula:
            content = f"<f{re.escape(cell.formula_attributes)}>{_ANY_TEXT}</f>"
        elif cell.formula_attributes:
            content = f"<f{re.escape(cell.formula_attributes)}/>"
        if cell.is_inline:
            content += f'<is><t(?: xml:space="preserve")?+>{_ANY_TEXT}</t></is>'
        elif cell.has_value:
            content += f"<v>{_TEXTS.get(made.kind, _TEXT)}</v>"
        elif content:
            content += _NO_VALUE
        parts.append(f">{content}</c>" if content else "/>")
    return RowPattern(re.compile("".join([*parts, "</row>"]), re.ASCII), make)


def with_gaps(cells: Sequence[CellMake], written: Sequence[Written]) -> tuple[CellMake, ...]:
    """The cells of a make, those with a value and no more marked that may as well be blank: any but the first filled.

    Records leave different cells blank, and one pattern reads them all. A row of nothing but styles is none of them.
    """
    first = next((place for place, cell in enumerate(cells) if cell.has_value), len(cells))
    return tuple(
        cell._replace(may_be_blank=place > first and cell.has_value and _has_value_alone(one))
        for place, (cell, one) in enumerate(zip(cells, written, strict=True))
    )


def _has_value_alone(cell: Written) -> bool:
    """Whether a cell has a value alone, and no attributes but a style and a kind."""
    alone = not (cell.has_formula or cell.formula_attributes or cell.is_inline)
    return alone and _PLAIN.fullmatch(cell.attributes) is not None


def _row_attribute(name: str, value: str) -> str:
    if name == "r":
        return r' r="(\d{1,7}+)"'
    if name == "spans":
        return ' spans="[0-9: ]*+"'
    if name == "ht" and re.search("[1-9]", value):
        return ' ht="(?=[0-9.]*[1-9])[0-9.]{1,20}+"'  # a row of some height is not hidden, whatever the height
    return f' {re.escape(name)}="{re.escape(value)}"'


def can_recur(cell: CellMake) -> bool:
    """Whether cells such as this may stand in a make: their texts must be all there is to read."""
    if not (cell.has_value or cell.has_formula or cell.fixed_formula):
        return True
    if cell.kind == "inlineStr" and (cell.has_formula or cell.fixed_formula):
        return False
    return cell.kind in _KINDS and (cell.has_value or cell.kind == "n")
