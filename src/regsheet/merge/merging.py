"""The whole merge: read, compare, plan, write the original workbook with the edits in it, check and annotate it afresh.

The base is the workbook as it was sent, corrections and all: a corrected cell that was left alone is no edit, one that
was changed is. Edits go into the original workbook under it, so that ``strip`` of the result gives original and edits;
what is still to be corrected is corrected again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from regsheet.errors import MergeError, NothingFoundError, OutputError
from regsheet.grid import read_grid
from regsheet.layout import find_tables
from regsheet.merge.answers import Answers, Collected, collect
from regsheet.merge.apply import apply_edits
from regsheet.merge.compare import Compared, compare
from regsheet.merge.copies import Returned, Workbook, read_copies, read_workbook
from regsheet.merge.earlier import with_earlier
from regsheet.merge.people import People, Person, last_saved_by
from regsheet.merge.places import Places
from regsheet.merge.plan import Brought, Plan, counts, in_sheet_order, make_plan
from regsheet.merge.wording import wording
from regsheet.model.book import Book
from regsheet.model.build import build_book
from regsheet.model.owners_list import OwnersList
from regsheet.pipeline import (
    Annotated,
    Loaded,
    Opened,
    Options,
    annotate_loaded,
    examine_loaded,
    load_owners,
    open_workbook,
    output_path,
    read,
    understand,
)
from regsheet.rules.responses import responses_in
from regsheet.undisturbed import undisturbed
from regsheet.writer.merged import Conflict, CopyState, Merge, MergedEdit, ReturnedCopy, Version
from regsheet.writer.report import Report

NOT_WHAT_WAS_SENT = (
    "“{sent}” is not the annotated workbook that was sent, though “{copy}” is a copy of that one, so the check's own "
    "corrections would be taken for somebody's edits; give the annotated workbook as it was sent (by default it is "
    "called {checked}) in its place."
)


@dataclass(frozen=True, slots=True)
class Merged:
    """What ``merge_copies`` did. ``annotated`` is None after a dry run; ``report`` is on the merged workbook.

    ``new`` is what these copies brought; ``merge`` has what the sent workbook told of earlier merges beside it.
    """

    merge: Merge
    new: Merge
    report: Report
    annotated: Annotated | None


@dataclass(frozen=True, slots=True)
class _Copy:
    """A copy that was read and compared, with who returned it and how that is known."""

    returned: Returned
    compared: Compared | None
    person: Person | None
    known_by: str

    @property
    def brought(self) -> Brought | None:
        if self.compared is None or not self.compared.is_copy:
            return None
        return Brought(self.returned.name, self.person, self.compared)


@undisturbed
def merge_copies(
    sent: str | Path, returned: Sequence[str | Path], output: str | Path | None = None, options: Options | None = None,
    *, told: Mapping[str, str] | None = None, dry_run: bool = False, force: bool = False,
) -> Merged:  # fmt: skip
    """Merge returned copies into the workbook that was sent, and write the result, by default as ``NAME.merged.xlsx``.

    ``told`` says by file name (or path) who returned a copy. With ``dry_run`` nothing is written. A copy that cannot be
    read is a conflict; raises ``RegsheetError`` where the sent workbook cannot, where it is not annotated and copies
    are, or the output may not be written.
    """
    sent, options = Path(sent), options or Options()
    target = output_path(sent, output, "merged")
    _refuse_copies(target, [Path(path) for path in returned])
    merging = _Merging(sent, options, dict(told or {}))
    new, opened = merging.merge([Path(path) for path in returned])
    merge = opened.merge or new
    book = merging.understood(opened)
    previous = None if options.previous is None else read(options.previous, options.config)
    loaded = Loaded(opened, book, options, previous, merging.owners)
    if dry_run:
        return Merged(merge, new, examine_loaded(loaded), None)
    annotated = annotate_loaded(loaded, target, force=force)
    return Merged(merge, new, annotated.report, annotated)


def _refuse_copies(target: Path, returned: Sequence[Path]) -> None:
    if any(target.resolve() == path.resolve() for path in returned):
        raise OutputError(
            f"{target} is one of the returned copies, which are never written to; give another name with -o."
        )


class _Merging:
    """The workbook that was sent, and what is needed to compare copies with it."""

    def __init__(self, path: Path, options: Options, told: Mapping[str, str]) -> None:
        self.options = options
        self.original: Opened = open_workbook(path)
        self.sent: Workbook = read_workbook(path)
        self.layout = find_tables(self.original.grid, options.config.column_mappings)
        book = understand(self.original, options.config)
        self.places = Places(book)
        self.owners: OwnersList | None = load_owners(options)
        self.people = People(self.owners, self.places.owners())
        self.told = told

    def merge(self, paths: Sequence[Path]) -> tuple[Merge, Opened]:
        """What these copies bring; and the original workbook with the edits in it, and all merges told of."""
        copies = [self._compared(copy) for copy in read_copies(paths, self.sent)]
        self._refuse_another(copies)
        brought = [each for copy in copies if (each := copy.brought) is not None]
        plan = make_plan(self.sent, self.places, self.people, brought)
        package = self.original.package
        if package is None:
            raise OutputError(
                f"“{self.sent.path.name}” is not an .xlsx or .xlsm workbook, so nothing can be merged into it."
            )
        applied = apply_edits(package, self.original.grid, plan.edits, brought)
        answers = self._answers(copies)
        plan = self._settled(plan, applied.refused, [*answers.conflicts, *_not_read(copies)])
        remarks = self._remarks(copies, recalculate=applied.has_formulas and bool(plan.edits))
        merge = Merge(_listed(copies, plan, answers), plan.edits, plan.conflicts, remarks)
        new, merge = with_earlier(self.original.merge, merge, in_sheet_order(self.sent.grid))
        sha256 = self.original.sha256
        if plan.edits:
            sha256 = hashlib.sha256(applied.package.to_bytes()).hexdigest()
        grid = read_grid(applied.package)
        opened = replace(
            self.original, sha256=sha256, grid=grid, package=applied.package, responses=answers.responses, merge=merge
        )
        return new, opened

    def understood(self, opened: Opened) -> Book:
        """The merged workbook; where the edits have made its register unrecognisable, as the one that was sent is."""
        try:
            return understand(opened, self.options.config)
        except NothingFoundError:
            return build_book(opened.grid, self.layout, self.options.config, opened.path, opened.sha256)

    def _refuse_another(self, copies: Sequence[_Copy]) -> None:
        """Raise where the workbook that is said to have been sent has no annotation and copies of it have one."""
        for copy in copies:
            book = copy.returned.book
            if not self.sent.annotated and copy.brought is not None and book is not None and book.annotated:
                path = self.sent.path
                raise MergeError(NOT_WHAT_WAS_SENT.format(
                    sent=path.name, copy=copy.returned.name, checked=output_path(path, None, "checked").name
                ))  # fmt: skip

    # -- one copy ----------------------------------------------------------------------------------------------

    def _compared(self, copy: Returned) -> _Copy:
        if copy.book is None:
            return _Copy(copy, None, None, "")
        compared = compare(self.sent, copy.book, self.layout)
        if not copy.book.annotated and self.sent.annotated:
            compared = self._nearer(compared, copy.book)
        return _Copy(copy, compared, *self._person(copy, copy.book))

    def _nearer(self, compared: Compared, copy: Workbook) -> Compared:
        """A copy without our annotation may have been taken off it: then the original, uncorrected, is the base."""
        bare = self.original.package
        if bare is None:
            return compared
        original = Workbook(
            self.sent.path, self.original.sha256, bare, self.original.grid, {}, annotated=False, redacted=False
        )
        other = compare(original, copy, self.layout)
        return other if len(other.differences) < len(compared.differences) else compared

    def _person(self, copy: Returned, book: Workbook) -> tuple[Person | None, str]:
        """Who returned a copy, and how that is known."""
        known = wording("known_by")
        for name in (copy.name, copy.path.name, str(copy.path)):
            if name in self.told:
                return self.people.told(self.told[name]), known["told"]
        if (person := self.people.in_file_name(self._own_words(copy.path.stem))) is not None:
            return person, known["file"]
        before = {response.name for response in self.original.responses}
        names = sorted({response.name for response in responses_in(book.grid)} - before)
        if (person := self.people.only(names)) is not None:
            return person, known["answers"]
        saved = last_saved_by(book.package)
        if saved and saved != last_saved_by(self.sent.package) and (person := self.people.find(saved)) is not None:
            return person, known["saved"]
        return None, ""

    def _own_words(self, stem: str) -> str:
        """What of a copy's name is not the name of the workbook that was sent."""
        for known in (self.sent.path.stem, Path(self.original.source_name).stem):
            stem = stem.replace(known, " ")
        return stem

    # -- all copies --------------------------------------------------------------------------------------------

    def _answers(self, copies: Sequence[_Copy]) -> Collected:
        found = [
            Answers(copy.returned.name, each.who, responses_in(copy.returned.book.grid),
                    "findings" in copy.returned.book.ours.values())
            for copy in copies if copy.returned.book is not None and (each := copy.brought) is not None
        ]  # fmt: skip
        return collect(self.original.responses, found, wording("why"))

    def _settled(self, plan: Plan, refused: Sequence[tuple[MergedEdit, str]], more: Sequence[Conflict]) -> Plan:
        """The plan with what cells refused, and all other conflicts, in order."""
        gone = {edit for edit, _ in refused}
        conflicts = [*plan.conflicts, *more]
        for edit, why in refused:
            who = " / ".join(edit.who)
            versions = tuple(Version(name, who, edit.after) for name in edit.copies)
            conflicts.append(Conflict(
                "refused", edit.sheet, edit.cell, edit.before, versions, f"The cell was left alone, because {why}.",
                edit.ref, edit.title, edit.owner, edit.field,
            ))  # fmt: skip
        edits = tuple(edit for edit in plan.edits if edit not in gone)
        return Plan(edits, tuple(sorted(conflicts, key=in_sheet_order(self.sent.grid))))

    def _remarks(self, copies: Sequence[_Copy], *, recalculate: bool) -> tuple[str, ...]:
        words = wording("remark")
        brought = [each for copy in copies if (each := copy.brought) is not None]
        unknown = [each.name for each in brought if each.person is None and each.compared.differences]
        found = list(self.original.remarks)
        if unknown:
            found.append(words["unknown"].format(copies=", ".join(unknown)))
        redacted = [
            copy.returned.name for copy in copies if copy.returned.book is not None and copy.returned.book.redacted
        ]
        if redacted:
            found.append(words["redacted"].format(copies=", ".join(redacted)))
        if recalculate:
            found.append(words["recalculate"])
        return tuple(found)


def _not_read(copies: Sequence[_Copy]) -> list[Conflict]:
    """The copies that could not be read, or are none."""
    return [
        Conflict("not read", "", None, None, (Version(copy.returned.name, "", None),),
                 copy.returned.why or wording("why")["not a copy"])
        for copy in copies if copy.brought is None
    ]  # fmt: skip


def _listed(copies: Sequence[_Copy], plan: Plan, answers: Collected) -> tuple[ReturnedCopy, ...]:
    numbers = counts(plan)
    return tuple(_line(copy, *numbers.get(copy.returned.name, (0, 0)), answers) for copy in copies)


def _line(copy: _Copy, edits: int, conflicts: int, answers: Collected) -> ReturnedCopy:
    name, responses = copy.returned.name, answers.counts.get(copy.returned.name, 0)
    who = "" if copy.person is None else copy.person.name
    state: CopyState = "merged" if edits or conflicts or responses else "unchanged"
    if copy.brought is None:
        return ReturnedCopy(name, who, copy.known_by, "not read", conflicts=conflicts)
    return ReturnedCopy(name, who, copy.known_by, state, edits, conflicts, responses, copy.brought.compared.looks)
