"""The first reading of a workbook of a run: what it holds, packed, and what others of the run need to know of it."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from regsheet.batch.forgetting import forget
from regsheet.batch.packing import pack
from regsheet.changes.files import Content, content_of
from regsheet.config import Config
from regsheet.errors import TOO_MUCH, NothingFoundError, RegsheetError
from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.book import Book
from regsheet.model.register import Register
from regsheet.package import Package
from regsheet.package.opening import read_file
from regsheet.pipeline import Opened, open_content, understand
from regsheet.rules.elsewhere import Facts, facts_of
from regsheet.rules.scoring.same_score_different_band import usual_words
from regsheet.values.text import one_line
from regsheet.writer.sheets.workbook import OWN_REPORT

FAULT = "regsheet came upon a fault of its own in it ({fault}); please report this, and leave the file out meanwhile."

NOTHING = "It holds neither a risk register nor an assurance map."

PROPERTIES = "docProps/custom.xml"

Kind = Literal["workbook", "nothing", "report", "unreadable"]
"""``nothing``: neither register nor map. ``report``: one of ours."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file to be read: its name, and where it lies or, where the reader has another disk, its bytes."""

    file: str
    path: str
    config: Config
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a workbook holds. ``reason`` is a sentence, where it is no workbook of a run.

    ``sha256`` is the file's, ``source_sha256`` that of the workbook it was first annotated from, if it is a copy, and
    ``answered`` tells whether anybody answered in it. ``can_be_annotated`` is false for the formats that are only
    checked. ``risks`` are the references and titles in its registers, ``mapped`` those on its maps. ``words`` are its
    words for ratings, ``title`` the text at the top of its first table's sheet. ``book`` is the workbook, packed.
    """

    file: str
    kind: Kind
    sha256: str
    source_sha256: str
    reason: str = ""
    is_copy: bool = False
    answered: bool = False
    can_be_annotated: bool = False
    title: str = ""
    risks: tuple[tuple[str, str], ...] = ()
    mapped: tuple[tuple[str, str], ...] = ()
    content: Content = Content(frozenset(), frozenset())  # noqa: RUF009
    facts: Facts = field(default_factory=Facts)
    words: dict[float, str] = field(default_factory=dict)
    book: bytes = b""


def survey(reading: Reading) -> Seen:
    """Read a workbook. Never raises: what is wrong with a file is said in its ``reason``."""
    sha256 = ""
    try:
        data = read_file(reading.path) if reading.content is None else reading.content
        sha256 = hashlib.sha256(data).hexdigest()
        opened = _opened(reading, data)
        if opened.package is not None and is_report(opened.package):
            return Seen(reading.file, "report", sha256, sha256, "It is a report of regsheet's, no register.")
        return _seen(reading, opened, understand(opened, reading.config), sha256)
    except NothingFoundError:
        return Seen(reading.file, "nothing", sha256, sha256, NOTHING)
    except RegsheetError as error:
        return Seen(reading.file, "unreadable", sha256, sha256, str(error))
    except (MemoryError, RecursionError):
        return Seen(reading.file, "unreadable", sha256, sha256, TOO_MUCH)
    except Exception as error:  # noqa: BLE001 - one workbook must not end the run over all others
        return Seen(reading.file, "unreadable", sha256, sha256, FAULT.format(fault=type(error).__name__))
    finally:
        forget()


def _opened(reading: Reading, data: bytes) -> Opened:
    path = Path(reading.path)
    if reading.content is None or path.suffix.lower() in (".xlsx", ".xlsm", ".xltx", ".xltm"):
        return open_content(data, path)
    with tempfile.TemporaryDirectory() as folder:  # other formats are read from a file
        copy = Path(folder) / path.name
        copy.write_bytes(data)
        return open_content(data, copy)


def is_report(package: Package) -> bool:
    """Whether a workbook is a report of ours: findings alone, a comparison, a quarter."""
    return PROPERTIES in package and f'name="{OWN_REPORT}"'.encode() in package.blob(PROPERTIES)


def _seen(reading: Reading, opened: Opened, book: Book, sha256: str) -> Seen:
    risks = ((register.text(index, "ref"), register.text(index, "title") or register.text(index, "description"))
             for register in book.registers for index in range(register.count))  # fmt: skip
    columns = ([one.risks[name].fillna("").tolist() for name in ("risk_ref", "risk_title")] for one in book.maps)
    mapped = (pair for refs, titles in columns for pair in zip(refs, titles, strict=True))
    return Seen(
        file=reading.file,
        kind="workbook",
        sha256=sha256,
        source_sha256=opened.sha256,
        is_copy=opened.sha256 != sha256,
        answered=bool(opened.responses or opened.merge),
        can_be_annotated=opened.package is not None,
        title=_title(book),
        risks=tuple((one_line(ref), one_line(title)) for ref, title in risks),
        mapped=tuple((one_line(ref), one_line(title)) for ref, title in mapped),
        content=content_of(book),
        facts=facts_of(book),
        words=usual_words(book),
        book=pack(book),
    )


def _title(book: Book) -> str:
    """The first text above the headings of the first register or map."""
    parts: list[Register | AssuranceMap] = [*book.registers, *book.maps]
    if not parts:  # a register without any risk yet
        return ""
    part = parts[0]
    above = (cell for cell in part.sheet.filled() if cell.row < min(part.table.header_rows))
    return next((one_line(cell.value) for cell in above if isinstance(cell.value, str)), "")
