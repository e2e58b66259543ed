"""What ``import regsheet`` offers: the pipeline with plain arguments."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from regsheet.config import LoadedConfig, find_config, load_config
from regsheet.model.book import Book
from regsheet.pipeline import Annotated, Options, Stripped, check_book, load, load_owners
from regsheet.pipeline import annotate as annotate_workbook
from regsheet.pipeline import read as read_workbook
from regsheet.pipeline import strip as strip_workbook
from regsheet.rules.findings import Finding
from regsheet.rules.responses import Response

if TYPE_CHECKING:
    from regsheet.changes.comparison import Comparison

PathLike = str | Path


def _options(workbook: Path, as_of: dt.date | None, config: PathLike | None, correct: bool = True) -> Options:
    return Options(as_of=as_of or dt.date.today(), configuration=_configuration(workbook, config), correct=correct)


def _configuration(workbook: Path, config: PathLike | None) -> LoadedConfig:
    return load_config(Path(config) if config is not None else find_config(workbook))


def read(path: PathLike, *, config: PathLike | None = None) -> Book:
    """Read a workbook. ``config`` names a regsheet.toml; without it the one beside the workbook or above is used.

    ``book.registers[0].frame`` has one row a risk and canonical columns; ``book.registers[0].cells`` has the same
    shape and holds the address of each value; ``book.maps[0].frame`` has one row an item of assurance.
    Raises ``RegsheetError``.
    """
    return read_workbook(path, _configuration(Path(path), config).config)


def check(
    book: Book | PathLike,
    *,
    as_of: dt.date | None = None,
    config: PathLike | None = None,
    previous: Book | PathLike | None = None,
) -> list[Finding]:
    """Every finding in a workbook, in reading order. ``as_of`` is the day that counts as today.

    ``previous`` is last quarter's workbook. Of an annotated copy given by its path, the answers on its Findings sheet
    count. Raises ``RegsheetError``.
    """
    if previous is not None and not isinstance(previous, Book):
        previous = read(previous, config=config)
    options = _options(book.path if isinstance(book, Book) else Path(book), as_of, config)
    responses: tuple[Response, ...] = ()
    if not isinstance(book, Book):
        loaded = load(book, options)
        book, responses = loaded.book, loaded.opened.responses
    settled = check_book(book, options, previous=previous, owners=load_owners(options), responses=responses)
    return list(settled.findings)


def annotate(
    path: PathLike,
    output: PathLike | None = None,
    *,
    as_of: dt.date | None = None,
    config: PathLike | None = None,
    correct: bool = True,
    force: bool = False,
) -> Annotated:
    """Write the annotated workbook, by default as ``NAME.checked.xlsx`` beside the input, which is never changed.

    With ``correct`` false no cell's value is corrected. Raises ``RegsheetError``.
    """
    return annotate_workbook(path, output, _options(Path(path), as_of, config, correct), force=force)


def compare(old: Book | PathLike, new: Book | PathLike, *, config: PathLike | None = None) -> Comparison:
    """What changed from one workbook to another: ``.new``, ``.gone``, ``.changed``, ``.items`` and more.

    ``config`` names a regsheet.toml; without it the one beside each workbook or above is used. Format is no change:
    case, spaces, line wraps, bullets, where a column stands. Raises ``RegsheetError``.
    """
    from regsheet.changes.books import compare_books

    old, new = (one if isinstance(one, Book) else read(one, config=config) for one in (old, new))
    return compare_books(old, new)


def strip(path: PathLike, output: PathLike | None = None, *, force: bool = False) -> Stripped:
    """Write the workbook as it was before it was annotated. Raises ``RegsheetError``."""
    return strip_workbook(path, output, force=force)
