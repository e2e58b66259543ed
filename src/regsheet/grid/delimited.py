"""Text files of values between commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from regsheet.errors import GridError
from regsheet.grid.cells import CellStyle, Grid, Sheet, Value
from regsheet.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS

DELIMITERS = ",;\t|"
_SAMPLE_LINES = 50
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?\Z")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MAX_FIELD = 10 * 1024**2


def read_delimited(path: Path) -> Grid:
    """The file as a grid of one sheet named after it. What begins with ``=`` is text like any other.

    Raises ``GridError`` when it cannot be read or is no text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise GridError(f"{path.name} cannot be opened ({why}); check where it is and who may read it.") from None
    text = _decode(content, path.name)
    sheet = Sheet(name=path.stem[:31] or "Sheet1", position=0, styles=[CellStyle()])
    delimiter = "\t" if path.suffix.lower() == ".tsv" else find_delimiter(text)
    count = 0
    for row, fields in enumerate(_records(text, delimiter, path.name), start=1):
        if row > MAX_ROWS or count > MAX_CELLS:
            raise GridError(f"{path.name} has more rows or cells than are read; split it and run again.")
        filled = enumerate(fields[:MAX_COLUMNS], start=1)
        values = {column: plain_value(field) for column, field in filled if field != ""}
        sheet.cells.put_values(row, values, dict.fromkeys(values, 0))
        count += len(values)
    return Grid(sheets=[sheet], format="csv")


def plain_value(field: str) -> Value:
    """``"16"`` → 16 and ``"0.5"`` → 0.5; all else stays text (``007``, ``1,200``, ``1e5``, ``=A1``)."""
    if not _NUMBER.match(field):
        return field
    number = float(field)
    return int(number) if number.is_integer() else number


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into most often the same number of fields, of more than one each."""
    sample = list(itertools.islice(io.StringIO(text, newline=""), _SAMPLE_LINES))
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        try:
            widths = Counter(len(fields) for fields in csv.reader(sample, delimiter=delimiter) if len(fields) > 1)
        except csv.Error:
            continue
        if widths:
            width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
            best, best_score = max((best, best_score), (delimiter, (times, width)), key=lambda item: item[1])
    return best


def _decode(content: bytes, name: str) -> str:
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    if marked is None and b"\0" in content[:4096]:
        raise GridError(f"{name} is not a text file; save the sheet as .xlsx or .csv and run again.")
    for encoding in (marked or "utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    # The few bytes that Windows-1252 leaves undefined: better a mark in one word than no register.
    return content.decode("cp1252", errors="replace")


def _records(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    limit = csv.field_size_limit(_MAX_FIELD)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise GridError(f"{name} cannot be cut into columns ({error}); save it as .xlsx and run again.") from None
    finally:
        csv.field_size_limit(limit)
