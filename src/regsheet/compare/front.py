"""What ``regsheet.compare`` does."""

from __future__ import annotations

from pathlib import Path

from regsheet.compare.books import compare_books
from regsheet.compare.comparison import Comparison
from regsheet.config import find_config, load_config
from regsheet.model.book import Book
from regsheet.pipeline import read


def compare(old: Book | str | Path, new: Book | str | Path, *, config: str | Path | None = None) -> Comparison:
    """What changed from one workbook to another: ``.new``, ``.gone``, ``.changed``, ``.items`` and more.

    ``config`` names a regsheet.toml; without it the one beside each workbook or above is used. Format is no change:
    case, spaces, line wraps, bullets, where a column stands. Raises ``RegsheetError``.
    """
    return compare_books(_book(old, config), _book(new, config))


def _book(given: Book | str | Path, config: str | Path | None) -> Book:
    if isinstance(given, Book):
        return given
    path = Path(given)
    return read(path, load_config(Path(config) if config is not None else find_config(path)).config)
