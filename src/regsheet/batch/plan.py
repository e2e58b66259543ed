"""What each workbook of a run is checked with: its service, last quarter's workbook, its partners, facts of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from regsheet.batch.outputs import output_names
from regsheet.batch.partners import partners
from regsheet.batch.quarters import pair_quarters
from regsheet.batch.request import Request
from regsheet.batch.service import service_by_name, service_of
from regsheet.batch.shelf import Place, Shelf
from regsheet.batch.survey import Seen
from regsheet.batch.together import Together
from regsheet.batch.work import Job
from regsheet.errors import BatchError
from regsheet.ledger import Ledger
from regsheet.ledger.ledger import resume_key
from regsheet.model.owners_list import OwnersList
from regsheet.outcome.build import Identity
from regsheet.rules.elsewhere import Elsewhere
from regsheet.version import VERSION


@dataclass(slots=True)
class ReadFolder:
    """The workbooks of a folder that were read: what each holds, where it lies, and its place on the shelf."""

    seen: list[Seen]
    paths: list[Path]
    books: list[Place]

    def keep(self, places: Sequence[int]) -> None:
        """Keep only these workbooks."""
        self.seen = [self.seen[place] for place in places]
        self.paths = [self.paths[place] for place in places]
        self.books = [self.books[place] for place in places]


class Plan:
    """What each workbook is checked with."""

    def __init__(self, request: Request, here: ReadFolder, there: ReadFolder, owners: OwnersList | None,
                 owners_sha256: str) -> None:  # fmt: skip
        if not here.seen:
            raise BatchError(f"No workbook in {', '.join(request.places)} holds a register or an assurance map; "
                             "'regsheet inspect FILE' shows what was seen in one.")  # fmt: skip
        self.here, self._there = here, there
        self._owners, self._owners_sha256, self._options = owners, owners_sha256, request.options
        self._names = output_names(one.file for one in here.seen if one.can_be_annotated)
        self._pairs, self.gone = pair_quarters(here.seen, there.seen)
        self._partners = partners(here.seen)
        self._services = self._named_services()
        self._together = Together(here.seen, request.options.config)

    def longest_first(self) -> list[int]:
        """The places of the workbooks, the largest first: at the end no process is left with a long one."""
        return sorted(range(len(self.here.seen)), key=lambda place: -self.here.books[place].length)

    def job(self, place: int, ledger: Ledger) -> tuple[Job, str]:
        """A workbook's job without the bytes that it needs, and the key under which its outcome is remembered."""
        one, options = self.here.seen[place], self._options
        then = self._then(place)
        service = self._services[place]
        elsewhere = self._together.elsewhere(place, () if then is None else then.facts.titles)
        history = ledger.history(options.as_of, file=one.file, service=service, previous=then.file if then else "")
        job = Job(
            identity=Identity(one.file, service, one.sha256),
            path=str(self.here.paths[place]),
            options=replace(options, history=history, elsewhere=elsewhere),
            book=b"",
            previous_file=then.file if then else "",
            owners=self._owners,
            output=self._names.get(one.file, ""),
        )
        others = [(other.file, other.sha256) for other in self._others(place)]
        key = resume_key(
            one.file, one.sha256, service, job.output, options.configuration.sha256, options.as_of, VERSION,
            options.select, options.ignore, options.correct, options.suggestions,
            (then.file, then.sha256) if then else (), self._owners_sha256, others, _told(elsewhere), history,
        )  # fmt: skip
        return job, key

    def packed(self, place: int, job: Job, content: bytes | None, target: str | None, shelf: Shelf) -> Job:
        """A job with the bytes that it needs."""
        then = self._pairs.get(place)
        return replace(
            job,
            book=shelf.get(self.here.books[place]),
            previous=None if then is None else shelf.get(self._there.books[then]),
            others=tuple(shelf.get(self.here.books[other]) for other in self._partners.get(place, ())),
            content=content,
            target=target,
        )

    def _named_services(self) -> list[str]:
        """The service of each workbook; a map whose path tells none is of that of the registers which it covers."""
        patterns = self._options.config.services
        found = [service_of(one.file, one.title, patterns) for one in self.here.seen]
        for place, one in enumerate(self.here.seen):
            theirs = {found[other] for other in self._partners.get(place, ())}
            if not one.risks and len(theirs) == 1 and service_by_name(one.file, patterns) is None:
                found[place] = theirs.pop()
        return found

    def _then(self, place: int) -> Seen | None:
        then = self._pairs.get(place)
        return None if then is None else self._there.seen[then]

    def _others(self, place: int) -> list[Seen]:
        return [self.here.seen[other] for other in self._partners.get(place, ())]


def _told(elsewhere: Elsewhere) -> tuple[object, ...]:
    """What is told of the others, the same each time that it is the same."""
    return (dict(elsewhere.called), dict(elsewhere.owned), sorted(elsewhere.titles), sorted(elsewhere.names),
            elsewhere.overloaded, elsewhere.has_owners)  # fmt: skip
