"""Files as people sent them: they lie under names of our own, and are spoken of under theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from msgspec.structs import replace as with_fields

from regsheet.config import LoadedConfig, load_config
from regsheet.errors import RegsheetError
from regsheet.model.book import Book
from regsheet.model.owners_list import OwnersList, read_owners
from regsheet.pipeline import Loaded, Opened, Options, open_workbook, understand
from regsheet.web.work.orders import GivenFile, Order


@contextmanager
def under_their_names(order: Order) -> Iterator[None]:
    """Sentences of refusal name a file as the person who sent it does."""
    try:
        yield
    except RegsheetError as error:
        sentence = str(error)
        for given in order.files:
            sentence = sentence.replace(str(Path(order.folder, given.stored)), given.name)
            sentence = sentence.replace(given.stored, given.name)
        error.args = (sentence, *error.args[1:])
        raise


def open_given(given: GivenFile, folder: Path) -> Opened:
    """Open a file that lies under a name of ours; everything later calls it by its own."""
    opened = open_workbook(folder / given.stored)
    source_name = given.name if opened.source_name == given.stored else opened.source_name
    return replace(opened, path=Path(given.name), source_name=source_name)


def configuration_of(order: Order) -> LoadedConfig:
    """The configuration that was sent, else the defaults.

    The owners list that it names is left out: only what was sent is read, never another file of this computer.
    """
    if order.config is None:
        return load_config(None)
    loaded = load_config(Path(order.folder, order.config.stored))
    return replace(loaded, config=with_fields(loaded.config, owners=None), path=Path(order.config.name))


def owners_of(order: Order) -> OwnersList | None:
    """The owners list that was sent."""
    if order.owners is None:
        return None
    return read_owners(open_given(order.owners, Path(order.folder)).grid, order.owners.name)


def book_of(given: GivenFile, folder: Path, configuration: LoadedConfig) -> Book:
    """A workbook that was sent, read and understood."""
    return understand(open_given(given, folder), configuration.config)


def load_all(order: Order) -> list[Loaded]:
    """Every workbook of an order, read as the command line reads them. Raises ``RegsheetError``."""
    folder, configuration = Path(order.folder), configuration_of(order)
    options = Options(as_of=order.as_of or dt.date.today(), configuration=configuration, select=order.select,
                      ignore=order.ignore, correct=order.correct, suggestions=order.suggestions)  # fmt: skip
    opened = [open_given(given, folder) for given in order.workbooks]
    books = [understand(one, configuration.config) for one in opened]
    previous = None if order.previous is None else book_of(order.previous, folder, configuration)
    owners = owners_of(order)
    return [Loaded(one, book, options, previous, owners) for one, book in zip(opened, books, strict=True)]


def others_of(loaded: Loaded, together: list[Loaded]) -> tuple[Book, ...]:
    """The books that are checked in the same run."""
    return tuple(other.book for other in together if other is not loaded)
