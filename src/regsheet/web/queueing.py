"""The queue: everybody gets a turn before anybody gets a second one."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from concurrent.futures import Future
from dataclasses import dataclass, field

from regsheet.limits import MAX_WAITING_JOBS, MAX_WAITING_JOBS_OF_ONE
from regsheet.web.sentences import sentence
from regsheet.web.work.orders import Order


class BusyError(Exception):
    """There is no room in the queue, or the server is stopping. ``str(error)`` is a sentence."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a job ended. ``refusal`` is the sentence where it did not succeed; ``status`` what HTTP says of it."""

    status: int = 200
    refusal: str = ""
    error: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether the job did what was asked."""
        return not self.refusal


@dataclass(slots=True, eq=False)
class Ticket:
    """A job in the queue or at work. ``stage`` is what it is doing; ``ending`` comes true when it is over."""

    order: Order
    client: str
    stage: str = "waiting"
    ending: Future[Ending] = field(default_factory=Future)
    given_up: bool = False
    since: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.ending.set_running_or_notify_cancel()  # whoever waits for it and goes away does not call it off

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.ending.done()

    def end(self, ending: Ending) -> None:
        """Say how it ended; only the first time counts."""
        if not self.ending.done():
            self.stage = "over"
            self.ending.set_result(ending)


class FairQueue:
    """Jobs by client, oldest first; clients take turns."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[Ticket]] = OrderedDict()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, ticket: Ticket) -> None:
        """Add a job. Raises ``BusyError`` where too many wait."""
        with self._changed:
            if self._closed:
                raise BusyError(sentence("stopping"))
            mine = self._waiting.get(ticket.client, ())
            if len(mine) >= MAX_WAITING_JOBS_OF_ONE or sum(map(len, self._waiting.values())) >= MAX_WAITING_JOBS:
                raise BusyError(sentence("busy"))
            self._waiting.setdefault(ticket.client, deque()).append(ticket)
            self._changed.notify()

    def take(self) -> Ticket | None:
        """Wait for the next job; None once the queue is closed and empty."""
        with self._changed:
            while True:
                while self._waiting:
                    client, mine = self._waiting.popitem(last=False)
                    ticket = mine.popleft()
                    if mine:
                        self._waiting[client] = mine  # behind everybody else
                    return ticket
                if self._closed:
                    return None
                self._changed.wait()

    def place(self, ticket: Ticket) -> int:
        """How many jobs will begin before this one, plus one; 0 where it does not wait."""
        with self._changed:
            mine = self._waiting.get(ticket.client)
            if not mine or ticket not in mine:
                return 0
            turn, before_mine = mine.index(ticket), True
            place = turn + 1
            for client, others in self._waiting.items():
                if client == ticket.client:
                    before_mine = False
                else:
                    place += min(len(others), turn + before_mine)
            return place

    def remove(self, ticket: Ticket) -> None:
        """Take a job out that nobody wants any more; one that is at work is ended by its worker's slot."""
        with self._changed:
            ticket.given_up = True
            mine = self._waiting.get(ticket.client)
            if not mine or ticket not in mine:
                return
            mine.remove(ticket)
            if not mine:
                del self._waiting[ticket.client]
        ticket.end(Ending(410, sentence("gone")))

    def close(self) -> None:
        """Take no more jobs; those that wait end with a sentence."""
        with self._changed:
            self._closed = True
            left = [ticket for mine in self._waiting.values() for ticket in mine]
            self._waiting.clear()
            self._changed.notify_all()
        for ticket in left:
            ticket.end(Ending(503, sentence("stopping")))

    def __len__(self) -> int:
        with self._changed:
            return sum(map(len, self._waiting.values()))
