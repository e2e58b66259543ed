"""The second half of a run: one workbook checked and annotated, with what it needs of the others beside it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from regsheet.batch.forgetting import forget
from regsheet.batch.packing import unpack, unpack_partner
from regsheet.batch.survey import FAULT
from regsheet.errors import TOO_MUCH, BatchError, RegsheetError
from regsheet.model.book import Book
from regsheet.model.owners_list import OwnersList
from regsheet.outcome.build import Identity, failed_outcome, outcome_of
from regsheet.outcome.packing import packed
from regsheet.outcome.records import Outcome
from regsheet.package.opening import read_file
from regsheet.pipeline import (
    Loaded,
    Opened,
    Options,
    annotate_package,
    as_correctable,
    open_content,
    refuse_to_overwrite,
    report_on,
)

CHANGED = "“{name}” was changed while the run was going on; run again."


@dataclass(frozen=True, slots=True)
class Job:
    """A workbook to be checked.

    ``path`` is where it lies, ``content`` its bytes where the one who checks has another disk. ``book``, ``previous``
    and ``others`` are packed workbooks: itself, last quarter's, those that it is joined to. ``output`` is the annotated
    copy's path within the output folder, empty for a format that is only checked; ``target`` is given where a file
    stands there that must be ours and unchanged if it is to be replaced.
    """

    identity: Identity
    path: str
    options: Options
    book: bytes
    previous: bytes | None = None
    previous_file: str = ""
    others: tuple[bytes, ...] = ()
    owners: OwnersList | None = None
    output: str = ""
    target: str | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a workbook, packed, and the bytes of its annotated copy, if there is one."""

    data: bytes
    content: bytes | None = None


def work(job: Job) -> Done:
    """Check and annotate a workbook. Never raises: what is wrong is said in the outcome."""
    try:
        return _annotated(job) if job.output else _checked(job)
    except RegsheetError as error:
        return Done(packed(failed(job, str(error))))
    except (MemoryError, RecursionError):
        return Done(packed(failed(job, TOO_MUCH)))
    except Exception as error:  # noqa: BLE001 - one workbook must not end the run over all others
        return Done(packed(failed(job, FAULT.format(fault=type(error).__name__))))
    finally:
        forget()


def failed(job: Job, why: str) -> Outcome:
    """What came of a workbook that came to nothing."""
    return failed_outcome(why, job.identity, job.options, previous_file=job.previous_file)


def _annotated(job: Job) -> Done:
    if job.target is not None:
        refuse_to_overwrite(Path(job.target))
    data = read_file(job.path) if job.content is None else job.content
    if hashlib.sha256(data).hexdigest() != job.identity.sha256:
        raise BatchError(CHANGED.format(name=Path(job.path).name))
    opened = open_content(data, Path(job.path))
    if opened.package is None:
        raise BatchError(CHANGED.format(name=Path(job.path).name))
    loaded, others = _loaded(job, opened)
    done = annotate_package(loaded, opened.package, others)
    left_out = [f"{one} (no note)" for one in done.without_note] + [
        f"{one} (not corrected)" for one in done.not_written
    ]
    outcome = outcome_of(
        done.report, job.identity, job.options.config, output=job.output, previous=loaded.previous,
        previous_file=job.previous_file, remarks=tuple(left_out),
    )  # fmt: skip
    return Done(packed(outcome), opened.package.to_bytes())


def _checked(job: Job) -> Done:
    book = unpack(job.book)
    opened = Opened(Path(job.path), Path(job.path).name, job.identity.sha256, book.grid, None)
    loaded, others = _loaded(job, opened, book)
    report = as_correctable(report_on(loaded, others))
    return Done(packed(outcome_of(
        report, job.identity, job.options.config, stage="checked", previous=loaded.previous,
        previous_file=job.previous_file,
    )))  # fmt: skip


def _loaded(job: Job, opened: Opened, book: Book | None = None) -> tuple[Loaded, tuple[Book, ...]]:
    """The workbook with all that its check needs, and the workbooks that it is joined to."""
    book = book or unpack(job.book)
    book = replace(book, path=Path(job.path))
    previous = None if job.previous is None else unpack(job.previous)
    others = tuple(unpack_partner(other) for other in job.others)
    return Loaded(opened, book, job.options, previous, job.owners), others
