"""One file of the inbox checked and annotated: what the process does that is started for it. Nothing is written."""

from __future__ import annotations

import hashlib
import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from regsheet.changes.files import is_own_report
from regsheet.errors import TOO_MUCH, RegsheetError
from regsheet.model.book import Book
from regsheet.package.opening import read_file
from regsheet.pipeline import (
    Loaded,
    Opened,
    Options,
    annotate_package,
    examine_loaded,
    load_owners,
    open_content,
    refuse_to_overwrite,
    understand,
)
from regsheet.watch.names import beside, stems
from regsheet.watch.page import page_of
from regsheet.watch.previous import previous_of
from regsheet.watch.words import words
from regsheet.writer.report import Report
from regsheet.writer.sheets import SheetNames, build_sheets


@dataclass(frozen=True, slots=True)
class Order:
    """A file to be done. ``file`` is its path within the inbox; ``previous`` last quarter's folder or workbook.

    ``taken`` are names in the outbox, case folded, that belong to other files; ``ours`` the results that an earlier
    state of this file left, with their digests; ``inbox_files`` all files of the inbox.
    """

    file: str
    inbox: Path
    outbox: Path
    options: Options
    previous: Path | None = None
    taken: frozenset[str] = frozenset()
    ours: Mapping[str, str] = field(default_factory=dict)
    inbox_files: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.inbox / self.file


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a file.

    ``done``: ``outputs`` are to be written, by their names in the outbox. ``unread``: ``why`` is the sentence for
    whoever put it there. ``held``: the fault is not the file's, so it stays where it is and is tried again.
    """

    kind: Literal["done", "unread", "held"]
    why: str = ""
    sha256: str = ""
    outputs: tuple[tuple[str, bytes], ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)


class _UnreadError(Exception):
    """The file is at fault; ``str(error)`` is the sentence."""


def work(order: Order) -> Answer:
    """Do a file. Never raises but for what ends the process."""
    try:
        return _done(order)
    except _UnreadError as error:
        return Answer("unread", str(error))
    except RegsheetError as error:
        return Answer("held", str(error))
    except (MemoryError, RecursionError):
        return Answer("unread", TOO_MUCH)
    except Exception as error:  # noqa: BLE001 - a fault of ours is said without what the workbook holds
        return Answer("unread", words("unread", "fault", name=order.path.name, place=place_of(error)))


def place_of(error: Exception) -> str:
    """``TypeError in layout/find.py:80``: never the message, which may quote a cell."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "regsheet" in Path(frame.filename).parts]
    frame = (ours or frames)[-1]
    path = Path(frame.filename)
    return f"{type(error).__name__} in {path.parent.name}/{path.name}:{frame.lineno}"


def _done(order: Order) -> Answer:
    data, why = _content(order)
    if data is None:
        return Answer("held", why)
    opened, book = _opened(order, data)
    owners = load_owners(order.options)
    previous, remark = None, ""
    if order.previous is not None:
        previous, remark = previous_of(book, order.file, order.inbox_files, order.previous, order.options.config)
    loaded = Loaded(opened, book, order.options, previous, owners)
    report, content, remarks = _checked(loaded, order.path.name)
    if remark:
        remarks.append(remark)
    outputs = _named(order, report, content, opened.package is not None, remarks)
    severities = Counter(finding.severity.value for finding in report.settled.findings)
    counts = (severities["error"], severities["warning"], severities["note"])
    return Answer("done", "", hashlib.sha256(data).hexdigest(), outputs, counts)


def _content(order: Order) -> tuple[bytes | None, str]:
    """The file's bytes; None with a sentence where that is not the file's fault."""
    path = order.path
    if path.is_symlink() or not path.resolve().is_relative_to(order.inbox):
        return None, words("unread", "outside")
    try:
        path.open("rb").close()
    except FileNotFoundError:
        return None, words("unread", "gone")
    except OSError as error:
        return None, (error.strerror or str(error)) + "."
    try:
        return read_file(path), ""
    except RegsheetError as error:
        raise _UnreadError(str(error)) from None


def _opened(order: Order, data: bytes) -> tuple[Opened, Book]:
    """The workbook, read and understood."""
    path = order.path
    if is_own_report(path):
        raise _UnreadError(words("unread", "own_report", name=path.name))
    try:
        opened = open_content(data, path)
        return opened, understand(opened, order.options.config)
    except RegsheetError as error:
        raise _UnreadError(str(error)) from None


def _checked(loaded: Loaded, name: str) -> tuple[Report, bytes, list[str]]:
    """The report as written, the annotated copy or the findings workbook, and what is to be said of either."""
    opened = loaded.opened
    remarks = list(opened.remarks)
    if opened.package is None:
        report = replace(examine_loaded(loaded), standalone=True)
        return report, build_sheets(report, SheetNames()), [*remarks, words("page", "not_annotated", name=name)]
    done = annotate_package(loaded, opened.package)
    remarks += [words("page", "not_corrected", cell=cell) for cell in done.not_written]
    remarks += [words("page", "no_note", cell=cell) for cell in done.without_note]
    return done.report, opened.package.to_bytes(), remarks


def _named(order: Order, report: Report, content: bytes, annotated: bool, remarks: list[str]
           ) -> tuple[tuple[str, bytes], ...]:  # fmt: skip
    """The workbook and its page under the first name at which neither takes the place of anything but our own."""
    ending = f".checked{order.path.suffix}" if annotated else ".findings.xlsx"
    for place, stem in enumerate(stems(order.file)):
        name, page_name = beside(order.file, stem + ending), beside(order.file, f"{stem}.html")
        if {name.casefold(), page_name.casefold()} & order.taken or not _is_free(order, name, content, annotated):
            continue
        said = [*remarks, words("page", "numbered")] if place else remarks
        page = page_of(report, order.path.name, stem + ending, annotated, said)
        if _is_free(order, page_name, page, False):
            return (name, content), (page_name, page)
    raise AssertionError  # numbers do not end


def _is_free(order: Order, name: str, content: bytes, annotated: bool) -> bool:
    """Whether a result may be written under a name: nothing is there, or only what we wrote and nobody changed."""
    target = order.outbox / name
    try:
        if target.is_symlink() or (target.exists() and not target.is_file()):
            return False
        if not target.exists():
            return True
        there = target.read_bytes()
    except OSError:
        return False
    if there == content or hashlib.sha256(there).hexdigest() == order.ours.get(name):
        return True
    if annotated:
        try:
            refuse_to_overwrite(target)
        except RegsheetError:
            return False
    return annotated
