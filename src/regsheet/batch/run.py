"""A run over a folder from beginning to end: gather, read, join, check, write, record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path

from regsheet.batch.copies import copies
from regsheet.batch.crew import Crew, Lost
from regsheet.batch.gather import Gathered, gather
from regsheet.batch.outputs import make_folder, target_in
from regsheet.batch.plan import Plan, ReadFolder
from regsheet.batch.request import Request, Result, Silent, Watcher
from regsheet.batch.service import service_of
from regsheet.batch.shelf import Place, Shelf
from regsheet.batch.survey import Reading, Seen, survey
from regsheet.batch.work import Done, Job, failed, work
from regsheet.errors import RegsheetError
from regsheet.ledger import Ledger
from regsheet.model.owners_list import OwnersList
from regsheet.outcome.build import Identity
from regsheet.outcome.packing import unpacked
from regsheet.outcome.records import Outcome, Run
from regsheet.package import write_whole
from regsheet.package.opening import read_file
from regsheet.pipeline import load_owners, refuse_to_overwrite
from regsheet.rules.naming import check_names
from regsheet.undisturbed import undisturbed
from regsheet.version import VERSION

READING, READING_THEN, CHECKING = "Reading", "Reading last quarter's", "Checking"


def run_batch(request: Request, crew: Crew, watcher: Watcher | None = None) -> Result:
    """Do everything that was asked. Raises ``RegsheetError`` where the run cannot begin or its results have no place.

    A workbook that cannot be read or written is an outcome like any other and ends nothing.
    """
    return _Batch(request, crew, watcher or Silent()).run()


class _Batch:
    """One run under way."""

    def __init__(self, request: Request, crew: Crew, watcher: Watcher) -> None:
        self._request = request
        self._crew = crew
        self._watcher = watcher
        self._options = request.options
        self._unread: list[Outcome] = []
        self._passed_over: list[tuple[str, str]] = []
        self._taken_over: list[Outcome] = []

    def run(self) -> Result:
        """Do everything."""
        check_names(self._options.configuration, self._options.select, self._options.ignore)
        now, then = self._gathered()
        owners, owners_sha256 = self._owners()
        make_folder(self._request.output)
        with ExitStack() as stack:
            self._ledger = stack.enter_context(Ledger(self._request.ledger))
            self._shelf = stack.enter_context(Shelf())
            here = self._read(READING, now)
            self._sort_out(here, now)
            there = ReadFolder([], [], []) if then is None else self._read(READING_THEN, then)
            there.keep([place for place, one in enumerate(there.seen) if one.kind == "workbook"])
            plan = Plan(self._request, here, there, owners, owners_sha256)
            outcomes = self._checked(plan)
            return self._recorded(plan, outcomes, now)

    # -- reading -------------------------------------------------------------------------------------------------

    def _gathered(self) -> tuple[Gathered, Gathered | None]:
        request = self._request
        ours = [request.output, request.ledger, *self._owners_path()]
        now = gather(request.places, [*ours, *([request.previous] if request.previous else [])])
        then = None if request.previous is None else gather([str(request.previous)], ours)
        self._passed_over += now.passed_over
        return now, then

    def _owners_path(self) -> list[Path]:
        """The owners list, if there is one."""
        configuration = self._options.configuration
        if self._options.owners is not None:
            return [self._options.owners]
        if configuration.config.owners and configuration.path:
            return [configuration.path.parent / configuration.config.owners]
        return []

    def _owners(self) -> tuple[OwnersList | None, str]:
        digests = [hashlib.sha256(read_file(path)).hexdigest() for path in self._owners_path()]
        return load_owners(self._options), "".join(digests)

    def _read(self, stage: str, gathered: Gathered) -> ReadFolder:
        """Read every workbook once."""
        inputs, found = gathered.inputs, ReadFolder([], [], [])
        seen: dict[int, Seen] = {}
        books: dict[int, Place] = {}
        self._watcher.begin(stage, len(inputs))
        readings = (Reading(one.file, str(one.path), self._options.config, self._content(one.path)) for one in inputs)
        for place, answer in self._crew.run(survey, readings):
            one = Seen(inputs[place].file, "unreadable", "", "", answer.why) if isinstance(answer, Lost) else answer
            books[place] = self._shelf.put(one.book)
            seen[place] = replace(one, book=b"")
            self._watcher.finished(one.file)
        self._watcher.end()
        for place, given in enumerate(inputs):
            found.seen.append(seen[place])
            found.paths.append(given.path)
            found.books.append(books[place])
        return found

    def _content(self, path: Path) -> bytes | None:
        """A file's bytes, where those who work on it cannot read it themselves."""
        if self._crew.shares_disk:
            return None
        try:
            return read_file(path)
        except RegsheetError:
            return b""  # it is read again where the failure is put into a sentence

    def _sort_out(self, here: ReadFolder, gathered: Gathered) -> None:
        """Part the registers and maps from what could not be read and what is something else."""
        readable = [place for place, one in enumerate(here.seen) if one.kind == "workbook"]
        twice = {readable[at]: why for at, why in copies([here.seen[place] for place in readable]).items()}
        keep = []
        for place, one in enumerate(here.seen):
            if one.kind == "unreadable":
                self._unread.append(self._failed(one, gathered.inputs[place].path))
            elif one.kind != "workbook" or place in twice:
                self._passed_over.append((one.file, twice.get(place, one.reason)))
            else:
                keep.append(place)
        here.keep(keep)

    def _failed(self, one: Seen, path: Path) -> Outcome:
        service = service_of(one.file, "", self._options.config.services)
        return failed(Job(Identity(one.file, service, one.sha256), str(path), self._options, b""), one.reason)

    # -- checking ------------------------------------------------------------------------------------------------

    def _checked(self, plan: Plan) -> list[Outcome]:
        """Check every workbook that no earlier run has done; each is written and stored as it is finished."""
        outcomes: list[Outcome] = []
        handed_out: dict[int, tuple[str, Job]] = {}
        numbers = count()
        self._watcher.begin(CHECKING, len(plan.here.seen))

        def jobs() -> Iterator[Job]:
            for place in plan.longest_first():
                job, key = plan.job(place, self._ledger)
                known = None if self._request.afresh else self._ledger.outcome(key)
                if known is not None and self._still_there(known):
                    self._taken_over.append(known)
                    outcomes.append(known)
                    self._watcher.finished(known.file, known, again=True)
                elif (refused := self._refused(job)) is not None:
                    outcomes.append(refused)
                    self._watcher.finished(refused.file, refused)
                else:
                    handed_out[next(numbers)] = key, job
                    yield plan.packed(place, job, self._content(plan.here.paths[place]), self._target(job),
                                      self._shelf)  # fmt: skip

        for number, answer in self._crew.run(work, jobs()):
            key, job = handed_out.pop(number)
            outcome = failed(job, answer.why) if isinstance(answer, Lost) else self._written(job, answer)
            if outcome.stage != "failed" and isinstance(answer, Done):
                self._ledger.store(outcome, key, answer.data)
            outcomes.append(outcome)
            self._watcher.finished(outcome.file, outcome)
        self._watcher.end()
        return outcomes

    def _still_there(self, outcome: Outcome) -> bool:
        return not outcome.output or (self._request.output / outcome.output).is_file()

    def _target(self, job: Job) -> str | None:
        """The file in a copy's place, if whoever does the job is to see that it may be replaced."""
        target = self._request.output / job.output
        there = job.output and not self._request.force and self._crew.shares_disk and target.exists()
        return str(target) if there else None

    def _refused(self, job: Job) -> Outcome | None:
        """The outcome of a job whose copy has no place, as far as that must be seen before it is handed out."""
        if not job.output:
            return None
        try:
            target = target_in(self._request.output, job.output)
            if not self._request.force and not self._crew.shares_disk:
                refuse_to_overwrite(target)
        except RegsheetError as error:
            return failed(job, str(error))
        return None

    def _written(self, job: Job, done: Done) -> Outcome:
        try:
            if done.content is not None:
                write_whole(target_in(self._request.output, job.output), done.content)
        except RegsheetError as error:
            return failed(job, str(error))
        return unpacked(done.data)

    @undisturbed
    def _recorded(self, plan: Plan, outcomes: Sequence[Outcome], now: Gathered) -> Result:
        """Put everything into the ledger, and ask it what the quarters show together."""
        order = {one.file: place for place, one in enumerate(now.inputs)}
        run = Run(
            organisation=self._options.config.organisation,
            as_of=self._options.as_of,
            version=VERSION,
            configuration_sha256=self._options.configuration.sha256,
            outcomes=tuple(sorted((*self._unread, *outcomes), key=lambda outcome: order[outcome.file])),
            gone=plan.gone,
            passed_over=tuple(sorted(self._passed_over)),
        )
        self._ledger.record(run)
        written = sum(bool(one.output) for one in run.outcomes) - sum(bool(one.output) for one in self._taken_over)
        return Result(run, self._ledger.trends(run.as_of), len(self._taken_over), written)
