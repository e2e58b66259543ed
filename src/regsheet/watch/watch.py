"""The watch: look, do what is due, sleep until something may have changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regsheet.errors import RegsheetError
from regsheet.limits import MAX_BATCH_FILES
from regsheet.pipeline import Options
from regsheet.reports.wording import counted
from regsheet.watch.events import Alarm, Listener
from regsheet.watch.inbox import Seen, Sighting, Stamp, look, stamp_of
from regsheet.watch.job import Answer, Order, place_of
from regsheet.watch.outbox import move_to_unread, put
from regsheet.watch.places import reason
from regsheet.watch.process import Worker
from regsheet.watch.settings import Settings, is_owners_list
from regsheet.watch.settling import Settling, doubt_of
from regsheet.watch.state import Entry, State
from regsheet.watch.words import words

POLL_EVERY = 5.0
"""Seconds between looks where the system does not tell of changes."""

LOOK_AT_LEAST_EVERY = 60.0
"""Seconds between looks where it does: a message may get lost."""

TRY_AGAIN_AFTER = 30.0
"""Seconds until a file is tried again that was held up by something else, such as a result open in Excel."""

LONGEST_REST = 10
"""How many times ``settle`` a run with --once waits for files that are still being written."""

FINE, UNREADABLE = 0, 2


@dataclass(frozen=True, slots=True)
class _Held:
    stamp: Stamp
    until: float


class Watch:
    """One watch over one inbox. ``log`` takes a line at a time, which names files and never tells what they hold."""

    def __init__(self, settings: Settings, log: Callable[[str], None], alarm: Alarm | None = None,
                 worker: Worker | None = None) -> None:  # fmt: skip
        self._settings = settings
        self._log = log
        self._alarm = alarm or Alarm()
        self._worker = worker or Worker()
        self._settling = Settling(settings.settle)
        self._state = State(settings.outbox)
        self._handled: dict[str, Stamp] = {}
        self._held: dict[str, _Held] = {}
        self._said: dict[str, str] = {}
        self._configurations: dict[str, Stamp | None] = {}
        self._restless: list[str] = []
        self._started = False
        self._from_start: set[str] = set()
        self.failures = 0
        """Files that could not be read or were held up."""

    # -- going round ---------------------------------------------------------------------------------------------

    def run(self) -> int:
        """Watch until the alarm says stop; the exit status."""
        settings = self._settings
        every = self._interval(POLL_EVERY)
        listener = None
        if not settings.poll:
            listener = Listener(settings.inbox, self._alarm, lambda why: self._log(
                words("log", "not_told", inbox=settings.inbox, why=why, seconds=every)))  # fmt: skip
        key = "polling" if settings.poll else "watching"
        self._log(words("log", key, inbox=settings.inbox, outbox=settings.outbox, seconds=every))
        self._load()
        try:
            while not self._alarm.stopped:
                if listener is not None:
                    listener.listen()
                told = listener is not None and listener.works
                self._alarm.wait(self.round(LOOK_AT_LEAST_EVERY if told else every))
        finally:
            if listener is not None:
                listener.end()
        self._log(words("log", "stopped"))
        return FINE

    def once(self) -> int:
        """Do what is there and end; the exit status."""
        settings = self._settings
        self._log(words("log", "looking", inbox=settings.inbox, outbox=settings.outbox))
        self._load()
        latest = time.monotonic() + settings.settle * LONGEST_REST
        wait = self.round(0.0)
        while not self._alarm.stopped and 0 < wait <= latest - time.monotonic():
            self._alarm.wait(wait)
            wait = self.round(0.0)
        if self._alarm.stopped:
            self._log(words("log", "stopped"))
        for file in self._restless:
            self._log(words("log", "left", file=file))
        if not (self._said or self._restless):
            self._log(words("log", "nothing"))
        return UNREADABLE if self.failures else FINE

    def round(self, rest: float) -> float:
        """Look once and do every file that is due; seconds until the next look, ``rest`` where nothing is pending.

        Where ``rest`` is 0, only files that are not at rest yet are a reason to look again.
        """
        seen = self._look()
        if seen is None:
            return max(rest, self._interval(POLL_EVERY))
        waits = []
        for file, one in seen.files.items():
            if self._alarm.stopped:
                break
            if self._handled.get(file) == one.stamp:
                continue
            wait = self._settling.left(file, time.monotonic())
            if wait:
                self._restless.append(file)
            else:
                wait = self._pending(one) or self._safely(one, seen)
            waits.append(wait if rest or file in self._restless else 0)
        if not self._started:
            self._started, self._from_start = True, set(seen.files)
        return min([*filter(None, waits), *([rest] if rest else [])], default=0.0)

    def _interval(self, longest: float) -> float:
        return min(longest, max(self._settings.settle, 0.2))

    def _load(self) -> None:
        if not self._settings.afresh and not self._state.load():
            self._log(words("log", "state_damaged", state=self._state.path))

    def _look(self) -> Seen | None:
        self._restless = []
        inbox = self._settings.inbox
        try:
            seen = look(inbox)
        except OSError as error:
            self._say("", words("log", "unreachable", inbox=inbox, why=reason(error)))
            self.failures += 1
            return None
        if self._said.pop("", ""):
            self._log(words("log", "reachable", inbox=inbox))
        if seen.too_many:
            self._say("*", words("log", "too_many", count=MAX_BATCH_FILES, inbox=inbox))
        for file, why in seen.passed_over.items():
            self._say(file, words("log", "passed_over", file=file, why=why))
        self._forget_gone(seen)
        self._settling.look(seen.files, time.monotonic())
        self._look_at_configurations(seen)
        return seen

    def _forget_gone(self, seen: Seen) -> None:
        for kept in (self._handled, self._held):
            for file in [file for file in kept if file not in seen.files]:
                del kept[file]
        self._from_start &= set(seen.files)
        there = {"", "*", "*stop", "*state", *seen.files, *seen.passed_over}
        self._said = {about: line for about, line in self._said.items() if about in there}
        if self._state.forget_gone(frozenset(seen.files)):
            self._save()

    def _look_at_configurations(self, seen: Seen) -> None:
        """Where a configuration was changed, every file is asked again whether it was done with the new one."""
        stamps = {name: stamp_of(Path(name)) for name in self._configurations} | seen.settings
        if stamps != self._configurations:
            if self._started:
                self._handled.clear()
                self._held.clear()
            self._configurations = dict(stamps)

    # -- one file ------------------------------------------------------------------------------------------------

    def _pending(self, one: Sighting) -> float:
        """Seconds until a file at rest may be due; 0 where it is. What it waits for is said once."""
        now = time.monotonic()
        held = self._held.get(one.file)
        if held is not None and held.stamp == one.stamp and now < held.until:
            return held.until - now
        if one.in_use:
            self._say(one.file, words("log", "in_use", file=one.file))
            return self._interval(POLL_EVERY)
        doubt, error = doubt_of(one.path, self._settling.unchanged(one.file, now))
        if doubt:
            why = "" if error is None else reason(error)
            self._say(one.file, words("log", doubt, file=one.file, why=why))
            return self._interval(POLL_EVERY)
        return 0.0

    def _safely(self, one: Sighting, seen: Seen) -> float:
        """Do a file; whatever goes wrong with it, the watch goes on. Seconds until it is tried again; 0 for never."""
        try:
            self._do(one, seen)
        except RegsheetError as error:
            self._hold(one, words("log", "held", file=one.file, why=str(error)))
        except OSError as error:
            self._hold(one, words("log", "held", file=one.file, why=reason(error).capitalize() + "."))
        except Exception as error:  # noqa: BLE001 - a fault of ours in one file must not end the watch
            self._hold(one, words("log", "fault", file=one.file, place=place_of(error)))
        return TRY_AGAIN_AFTER if one.file in self._held else 0.0

    def _do(self, one: Sighting, seen: Seen) -> None:
        options = self._settings.options_for(one.path)
        self._remember_configuration(options)
        if is_owners_list(one.path, options):
            self._handled[one.file] = one.stamp
            return
        key, sha256 = self._key(options), _digest(one.path)
        if self._state.is_done(one.file, sha256, key):
            if one.file not in self._from_start and one.file not in self._said:
                self._log(words("log", "already", file=one.file))
            self._handled[one.file] = one.stamp
            return
        answer = self._answer(one, Order(
            one.file, self._settings.inbox, self._settings.outbox, options, self._settings.previous,
            self._state.taken_by_others(one.file), self._ours(one.file), tuple(seen.files),
        ))  # fmt: skip
        if answer is None:
            return
        if answer.kind == "held":
            self._hold(one, words("log", "held", file=one.file, why=answer.why))
        elif answer.kind == "unread":
            self._unread(one, answer.why)
        else:
            self._finish(one, answer, key)

    def _answer(self, one: Sighting, order: Order) -> Answer | None:
        """What the process says; None where the watch is to end at once."""
        for attempt in (1, 2):
            answer = self._worker.do(order, self._given_up)
            if isinstance(answer, Answer):
                return answer
            if answer == "given_up":
                return None
            if answer == "too_long":
                why = words("unread", "too_long", name=one.path.name, minutes=round(self._worker.seconds / 60, 1))
                return Answer("unread", why)
            if attempt == 1:
                self._log(words("log", "killed", file=one.file))
        return Answer("unread", words("unread", "ended", name=one.path.name))

    def _given_up(self) -> bool:
        """Asked while a process is at work: whether to end it."""
        if self._alarm.stopped:
            self._say("*stop", words("log", "stopping"))
        return self._alarm.at_once

    def _finish(self, one: Sighting, answer: Answer, key: str) -> None:
        written = put(self._settings.outbox, answer.outputs)
        self._state.files[one.file] = Entry(answer.sha256, key, written)
        self._save()
        self._handled[one.file] = one.stamp
        self._held.pop(one.file, None)
        counts = ", ".join(counted(number, word) for number, word in
                           zip(answer.counts, ("error", "warning", "note"), strict=True))  # fmt: skip
        self._said.pop(one.file, None)
        self._say(one.file, words("log", "done", file=one.file, counts=counts, written=" and ".join(written)))

    def _unread(self, one: Sighting, why: str) -> None:
        """Move a file that could not be read, unless it has changed since."""
        if stamp_of(one.path) != one.stamp:
            return
        self.failures += 1
        try:
            today = dt.date.today()
            where, note = move_to_unread(one.path, one.file, self._settings.outbox, why, today)
        except (OSError, RegsheetError) as error:
            shown = reason(error) if isinstance(error, OSError) else str(error)
            self._hold(one, words("log", "not_moved", file=one.file, why=shown, reason=why))
            return
        self._said.pop(one.file, None)
        self._say(one.file, words("log", "unread", file=one.file, where=where, reason=note))

    def _hold(self, one: Sighting, line: str) -> None:
        self.failures += 1
        self._held[one.file] = _Held(one.stamp, time.monotonic() + TRY_AGAIN_AFTER)
        self._say(one.file, line)

    # -- remembering ---------------------------------------------------------------------------------------------

    def _key(self, options: Options) -> str:
        """What the options are, apart from the day where none was asked for: tomorrow is no reason to do it again."""
        text = f"{options.configuration.sha256}\n{self._settings.asked}"
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()

    def _ours(self, file: str) -> dict[str, str]:
        entry = self._state.files.get(file)
        return {} if entry is None else dict(entry.outputs)

    def _remember_configuration(self, options: Options) -> None:
        path = options.configuration.path
        if path is not None:
            self._configurations.setdefault(str(path), stamp_of(path))

    def _save(self) -> None:
        try:
            self._state.save()
        except RegsheetError as error:
            self._say("*state", words("log", "state_not_written", why=str(error)))

    def _say(self, about: str, line: str) -> None:
        """Log a line, but not the same about the same thing over and over."""
        if self._said.get(about) != line:
            self._said[about] = line
            self._log(line)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
