"""Which workbook of last quarter's folder belongs to a file of the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from regsheet.changes.files import content_of, pair_by_content, pair_by_name, workbooks_in
from regsheet.config import Config
from regsheet.errors import RegsheetError
from regsheet.model.book import Book
from regsheet.pipeline import read
from regsheet.watch.words import words

MAX_READ = 40
"""Workbooks of last quarter that are read to find one that bears another name."""


def previous_of(book: Book, file: str, inbox_files: Sequence[str], place: Path, config: Config
                ) -> tuple[Book | None, str]:  # fmt: skip
    """Last quarter's workbook: ``place`` itself, or the one in that folder by name, else by content.

    With it a remark where there is none. ``inbox_files`` are all files of the inbox: a name that several have tells
    nothing.
    """
    if not place.is_dir():
        return _read(place, config)
    there = workbooks_in(place)
    pairs = pair_by_name(inbox_files, there)
    if file in pairs:
        return _read(place / pairs[file], config)
    free = [name for name in there if name not in set(pairs.values())]
    found = _by_content(book, [place / name for name in free[:MAX_READ]], config)
    return found, "" if found is not None else words("page", "no_previous")


def _read(path: Path, config: Config) -> tuple[Book | None, str]:
    try:
        return read(path, config), ""
    except RegsheetError:
        return None, words("page", "previous_unread", name=path.name)


def _by_content(book: Book, paths: Sequence[Path], config: Config) -> Book | None:
    books: dict[str, Book] = {}
    for path in paths:
        one, _ = _read(path, config)
        if one is not None:
            books[str(path)] = one
    pairs = pair_by_content({"": content_of(book)}, {path: content_of(one) for path, one in books.items()})
    return books[pairs[""]] if pairs else None
