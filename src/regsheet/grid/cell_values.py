"""From what a cell stores to its value: numbers, dates, shared strings, true and false, error values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial

from regsheet.grid.cells import CellError, CellStyle, Value
from regsheet.grid.dates import from_serial
from regsheet.grid.scanning import resolve
from regsheet.grid.shared_strings import SharedStrings
from regsheet.grid.texts import unescape
from regsheet.grid.xml import TRUE

MAX_REMEMBERED = 100_000
"""Different stored texts of a kind whose value is remembered while reading."""

EXACT = 2**53
"""Beyond it a number as stored no longer tells neighbouring whole numbers apart."""


class Readings(dict[str, Value]):
    """Values by how they are stored; those of a register recur."""

    def __init__(self, read: Callable[[str], Value]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> Value:
        value = self.read(text)
        if len(self) < MAX_REMEMBERED:
            self[text] = value
        return value


class StyleNumbers(dict[str | None, int]):
    """Style indices by how they are stored; 0, the plain look, where there is no style of that number."""

    def __missing__(self, text: str | None) -> int:
        return 0


class CellValues:
    """Values by how the cells of one workbook store them."""

    def __init__(self, strings: SharedStrings, styles: list[CellStyle], date_1904: bool) -> None:
        self.date_1904 = date_1904
        self.is_date = [style.is_date for style in styles]
        self.style_numbers = StyleNumbers({None: 0, "": 0} | {str(index): index for index in range(len(styles))})
        self.numbers = Readings(plain_number)
        self.dates = Readings(partial(_date, date_1904))  # no method: what knows its owner keeps the strings for long
        self.strings = strings
        texts = Readings(lambda text: unescape(resolve(text)))
        self._others = {"b": Readings(truth), "e": Readings(error_value), "str": texts, "inlineStr": texts}

    @cached_property
    def plain_texts(self) -> dict[str, Value]:
        """The shared strings by how cells refer to them, without those that are rich text."""
        texts: dict[str, Value] = dict(zip(map(str, range(len(self.strings.texts))), self.strings.texts, strict=True))
        for index in self.strings.runs:
            del texts[str(index)]
        return texts

    def of_kind(self, kind: str, style: int) -> Mapping[str, Value]:
        """The values of cells of a kind and style. A shared string that is not plain is missing."""
        if kind == "n":
            return self.dates if self.is_date[style] else self.numbers
        return self.plain_texts if kind == "s" else self._others[kind]


def _date(date_1904: bool, text: str) -> Value:
    """A stored number as the date it stands for; the number where it stands for none."""
    value = plain_number(text)
    if isinstance(value, int | float):
        moment = from_serial(value, date_1904)
        return value if moment is None else moment
    return value


def plain_number(text: str) -> Value:
    """``"4"`` → 4, ``"4.0"`` → 4, ``"0.1"`` → 0.1; what Python alone would take for a number stays text."""
    try:
        value = float(text)
        whole = int(value)
    except (ValueError, OverflowError):
        return text
    if whole == value and -EXACT <= whole <= EXACT:
        return whole if "_" not in text else text
    return value if "_" not in text else text


def truth(text: str) -> bool:
    """A stored true or false."""
    return text.strip().lower() in TRUE


def error_value(text: str) -> CellError:
    """A stored error value."""
    return CellError(text.strip())
