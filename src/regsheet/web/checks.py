"""Checks as people see them: the files, what they are, how far the work is, what came of it; forgotten in an hour."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from regsheet.limits import KEPT_SECONDS, MAX_KEPT_CHECKS
from regsheet.web.folders import PrivateFolders, remove, size_of
from regsheet.web.problems import problem
from regsheet.web.queueing import FairQueue, Ticket
from regsheet.web.uploads import Budget
from regsheet.web.work.orders import GivenFile, Order, Role, Task
from regsheet.web.work.recognise import Recognised
from regsheet.web.work.results import Result

State = Literal["looking", "choosing", "checking", "mailing", "done", "failed"]
AT_WORK = frozenset({"looking", "checking", "mailing"})
RESULTS_AT_HAND = 16
RECOGNISED, RESULT = "recognised.json", "result.json"


@dataclass(slots=True)
class SentFile:
    """A file of a check: what it was taken for, or what the person says it is."""

    given: GivenFile
    role: Role = "ignore"
    seen: str = ""
    refusal: str = ""


@dataclass(slots=True)
class Choices:
    """What a person chose for a check."""

    as_of: dt.date
    correct: bool = True
    mended: tuple[dict[str, str], ...] = ()


@dataclass(slots=True, eq=False)
class Check:
    """One check of one person. ``refusal`` is the sentence where it failed, ``remark`` one on what was asked later."""

    key: str
    session: str
    user: str | None
    folder: Path
    files: list[SentFile]
    state: State = "looking"
    ticket: Ticket | None = None
    choices: Choices | None = None
    refusal: str = ""
    remark: str = ""
    size: int = 0
    made: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def client(self) -> str:
        """Whose turn it is in the queue."""
        return f"user {self.user}" if self.user else f"session {self.session}"


class Checks:
    """All checks of a running server."""

    def __init__(self, folders: PrivateFolders, queue: FairQueue, budget: Budget) -> None:
        self._folders, self._queue, self._budget = folders, queue, budget
        self._checks: dict[str, Check] = {}
        self._results: OrderedDict[str, Result] = OrderedDict()
        self._lock = threading.Lock()

    def new_folder(self) -> Path:
        """A private folder for what is arriving. Raises ``Problem`` where as many checks are kept as may be."""
        if len(self._checks) >= MAX_KEPT_CHECKS:
            raise problem(503, "kept_full")
        return self._folders.new()

    def begin(self, session: str, user: str | None, folder: Path, files: list[GivenFile]) -> Check:
        """A new check, whose files are looked at first."""
        check = Check(secrets.token_urlsafe(24), session, user, folder, [SentFile(given) for given in files])
        self._queue_up(check, self._look_order(check), "looking")
        with self._lock:
            self._checks[check.key] = check
        self._measure(check)
        return check

    def add(self, check: Check, files: list[GivenFile]) -> None:
        """Add files to a check, and look at all of them again."""
        check.files += [SentFile(given) for given in files]
        self._measure(check)
        self._queue_up(check, self._look_order(check), "looking")

    def start(self, check: Check, choices: Choices) -> None:
        """Check the files as the things that they are said to be."""
        order = _order(check, choices)
        if not order.workbooks:
            raise problem(422, "no_register")
        check.choices = choices
        self._queue_up(check, order, "checking")

    def mail(self, check: Check) -> None:
        """Have the drafts for the owners written, of a check that is done."""
        if check.choices is None or check.state != "done":
            raise problem(409, "not_ready")
        self._queue_up(check, _order(check, check.choices, "mail"), "mailing")

    def get(self, key: str, session: str | None, user: str | None) -> Check:
        """Somebody's own check, brought up to date. Raises ``Problem`` where there is none."""
        check = self._checks.get(key)
        if check is None or check.session != session or check.user != user:
            raise problem(404, "gone")
        self._bring_up_to_date(check)
        return check

    def result(self, check: Check) -> Result:
        """What came of a check that is done. Raises ``Problem`` where it is not."""
        if check.state != "done":
            raise problem(409, "not_ready")
        with self._lock:
            found = self._results.get(check.key)
        if found is None:
            try:
                found = msgspec.json.decode((check.folder / RESULT).read_bytes(), type=Result)
            except FileNotFoundError:
                raise problem(404, "gone") from None
        with self._lock:
            self._results[check.key] = found
            self._results.move_to_end(check.key)
            while len(self._results) > RESULTS_AT_HAND:
                self._results.popitem(last=False)
        return found

    def place(self, check: Check) -> int:
        """A check's place in the queue; 0 when it is at work or done."""
        return 0 if check.ticket is None else self._queue.place(check.ticket)

    def forget(self, check: Check) -> None:
        """Remove a check with all its files, whatever it is doing."""
        with self._lock:
            there = self._checks.pop(check.key, None)
            self._results.pop(check.key, None)
            if there is not None:
                self._budget.change(-check.size)
        ticket = check.ticket
        if ticket is not None and not ticket.over:
            self._queue.remove(ticket)
            ticket.ending.add_done_callback(lambda _: remove(check.folder))
        remove(check.folder)

    def forget_old(self) -> None:
        """Forget every check that has been kept long enough."""
        oldest = time.monotonic() - KEPT_SECONDS
        for check in [check for check in self._checks.values() if check.made < oldest]:
            self.forget(check)
        kept = {check.folder for check in self._checks.values()}
        self._folders.remove_strays(kept)

    def _look_order(self, check: Check) -> Order:
        return Order("recognise", str(check.folder), tuple(sent.given for sent in check.files))

    def _queue_up(self, check: Check, order: Order, state: State) -> None:
        ticket = Ticket(order, check.client)
        self._queue.put(ticket)
        with self._lock:
            self._results.pop(check.key, None)
        check.ticket, check.state, check.refusal, check.remark = ticket, state, "", ""

    def _bring_up_to_date(self, check: Check) -> None:
        """Take over what a worker has finished."""
        with check.lock:
            ticket = check.ticket
            if ticket is None or not ticket.over:
                return
            check.ticket = None
            ending = ticket.ending.result()
            if check.state == "mailing":  # what was checked is there all the same
                check.state, check.remark = "done", ending.refusal
            elif not ending.succeeded:
                check.state, check.refusal = "failed", ending.refusal
                if check.choices is not None:  # what was mended last may be why
                    check.choices.mended = check.choices.mended[:-1]
            elif check.state == "looking":
                self._take_over_roles(check)
                check.state = "choosing"
            else:
                check.state = "done"
            self._measure(check)

    def _take_over_roles(self, check: Check) -> None:
        found = msgspec.json.decode((check.folder / RECOGNISED).read_bytes(), type=list[Recognised])
        for sent, seen in zip(check.files, found, strict=True):
            sent.role, sent.seen, sent.refusal = seen.role, seen.seen, seen.refusal

    def _measure(self, check: Check) -> None:
        """Count a check's files among what is kept."""
        size = size_of(check.folder) if check.folder.exists() else 0
        with self._lock:
            if check.key in self._checks:  # not forgotten meanwhile
                self._budget.change(size - check.size)
                check.size = size


def _order(check: Check, choices: Choices, task: Task = "check") -> Order:
    """What is to be done with the files as they were chosen. Raises ``Problem`` where two are the same thing."""
    of: dict[Role, list[GivenFile]] = {}
    for sent in check.files:
        of.setdefault(sent.role, []).append(sent.given)
    return Order(
        task, str(check.folder), (*of.get("register", ()), *of.get("map", ())), _only(of, "previous", "two_previous"),
        _only(of, "owners", "two_owners"), _only(of, "config", "two_configs"), choices.mended, choices.as_of,
        correct=choices.correct,
    )  # fmt: skip


def _only(of: dict[Role, list[GivenFile]], role: Role, key: str) -> GivenFile | None:
    """The one file with a role. Raises ``Problem`` where there are two."""
    found = of.get(role, [])
    if len(found) > 1:
        raise problem(422, key)
    return found[0] if found else None


def with_mending(choices: Choices, mended: dict[str, str]) -> Choices:
    """The choices with one more table's columns settled; what was settled for the same headings before gives way."""
    others = tuple(one for one in choices.mended if one.keys() != mended.keys())
    return Choices(choices.as_of, choices.correct, (*others, mended))
