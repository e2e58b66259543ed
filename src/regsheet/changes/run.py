"""Two workbooks, or two folders of them, by their paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from regsheet.changes.books import compare_books
from regsheet.changes.comparison import Comparison, Comparisons, NotCompared
from regsheet.changes.elsewhere import with_elsewhere
from regsheet.changes.files import Content, content_of, pair_by_content, pair_by_name, workbooks_in
from regsheet.config import find_config, load_config
from regsheet.errors import CompareError, LayoutError, RegsheetError
from regsheet.model.book import Book
from regsheet.pipeline import read

Working = Callable[[str], AbstractContextManager[None]]
"""Shows a sign of life while a workbook is worked on."""


def compare_paths(
    old: Path, new: Path, config: Path | None = None, working: Working = lambda _name: nullcontext()
) -> Comparisons:
    """Compare two workbooks, or the workbooks of two folders in pairs. Raises ``RegsheetError``.

    ``config`` names a regsheet.toml; without it each workbook's own is used. In folders a workbook that cannot be read
    is listed with the reason, and the others are compared.
    """
    _refuse(old, new)
    if not old.is_dir():
        with working(new.name):
            return Comparisons(old.name, new.name, (_compare(old, new, config),))
    return _compare_folders(old, new, config, working)


def _refuse(old: Path, new: Path) -> None:
    """Raise ``CompareError`` where there is nothing to compare."""
    for path in (old, new):
        if not path.exists():
            raise CompareError(f"There is no file or folder {path}; check how it is spelt.")
    if old.is_dir() != new.is_dir():
        folder, file = (old, new) if old.is_dir() else (new, old)
        raise CompareError(
            f"{folder} is a folder and {file} a file; give two workbooks, or two folders whose workbooks are compared "
            "in pairs."
        )
    if old.samefile(new):
        raise CompareError(f"{old} was given twice; give the earlier one first and the later one second.")


def _book(path: Path, config: Path | None) -> Book:
    return read(path, load_config(config or find_config(path)).config)


def _compare(old: Path, new: Path, config: Path | None) -> Comparison:
    return compare_books(_book(old, config), _book(new, config))


class _Folders:
    """The workbooks of two folders, and those that could not be read."""

    def __init__(self, old: Path, new: Path, config: Path | None, working: Working) -> None:
        self.old, self.new, self.config, self.working = old, new, config, working
        self.failed: dict[str, NotCompared] = {}

    def contents(self, folder: Path, names: Iterable[str]) -> dict[str, Content]:
        """What each workbook is recognised by."""
        found = {}
        for name in names:
            with self.working(name):
                try:
                    found[name] = content_of(_book(folder / name, self.config))
                except RegsheetError as error:
                    self._fail(folder, name, error)
        return found

    def compare(self, pairs: dict[str, str]) -> dict[str, Comparison]:
        """Each pair compared, by the new workbook's name."""
        found = {}
        for name, other in pairs.items():
            with self.working(name):
                books = [self._read(folder, path) for folder, path in ((self.old, other), (self.new, name))]
                one, two = books
                if one is not None and two is not None:
                    found[name] = _named(compare_books(one, two), other, name)
        return found

    def _read(self, folder: Path, name: str) -> Book | None:
        try:
            return _book(folder / name, self.config)
        except RegsheetError as error:
            self._fail(folder, name, error)
            return None

    def _fail(self, folder: Path, name: str, error: RegsheetError) -> None:
        file = str(folder / name)
        self.failed[file] = NotCompared(file, str(error), not isinstance(error, LayoutError))


def _compare_folders(old: Path, new: Path, config: Path | None, working: Working) -> Comparisons:
    folders = _Folders(old, new, config, working)
    names_old, names_new = _listed(old, new), _listed(new, old)
    if not names_old or not names_new:
        empty = old if not names_old else new
        raise CompareError(f"There is no workbook in the folder {empty}; give folders that hold registers.")
    pairs = pair_by_name(names_new, names_old)
    books = folders.compare(pairs)
    rest_old = folders.contents(old, [name for name in names_old if name not in pairs.values()])
    rest_new = folders.contents(new, [name for name in names_new if name not in pairs])
    by_content = pair_by_content(rest_new, rest_old)
    books |= folders.compare(by_content)
    return Comparisons(
        old=str(old),
        new=str(new),
        books=with_elsewhere(books[name] for name in names_new if name in books),
        only_old=tuple(name for name in rest_old if name not in by_content.values()),
        only_new=tuple(name for name in rest_new if name not in by_content),
        failed=tuple(item for _, item in sorted(folders.failed.items())),
    )


def _listed(folder: Path, other: Path) -> list[str]:
    """The workbooks of a folder; those of the other, where it lies within, are not among them."""
    apart = other.resolve()
    return [name for name in workbooks_in(folder) if apart not in (folder / name).resolve().parents
            or apart in folder.resolve().parents]  # fmt: skip


def _named(comparison: Comparison, old: str, new: str) -> Comparison:
    """A comparison under the workbooks' paths within their folders."""
    import msgspec

    return msgspec.structs.replace(comparison, old_file=old, new_file=new)
