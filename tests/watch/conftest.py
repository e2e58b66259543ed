"""Two folders and a watch over them, in a thread of this process."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from regsheet.config import find_config, load_config
from regsheet.pipeline import Options
from regsheet.watch.events import Alarm
from regsheet.watch.places import prepared
from regsheet.watch.process import Worker
from regsheet.watch.settings import Settings
from regsheet.watch.watch import Watch

sys.path.insert(0, str(Path(__file__).parent))  # for ``quick_work``, here and in the processes

SETTLE = 0.15


class Folders:
    """An inbox, an outbox and what the watches over them have said."""

    def __init__(self, root: Path) -> None:
        self.inbox, self.outbox = root / "in box", root / "out"
        self.inbox.mkdir()
        self.lines: list[str] = []
        self.asked = ""
        self.previous: Path | None = None
        self.worker = Worker()

    def watch(self, alarm: Alarm | None = None, *, settle: float = SETTLE, poll: bool = False, afresh: bool = False
              ) -> Watch:  # fmt: skip
        inbox, outbox = prepared(self.inbox, self.outbox)
        settings = Settings(inbox, outbox, self.options, self.asked, self.previous, settle, poll, afresh)
        return Watch(settings, self.lines.append, alarm, self.worker)

    def options(self, workbook: Path) -> Options:
        return Options(configuration=load_config(find_config(workbook)))

    def once(self, **named: bool | float) -> int:
        """One run as of a scheduled task; its exit status. Nothing is waited for unless ``settle`` says so."""
        return self.watch(**{"settle": 0.0, **named}).once()

    @contextmanager
    def watching(self, **named: bool | float) -> Iterator[Alarm]:
        """A watch that runs meanwhile, and is ended as a service is."""
        alarm = Alarm()
        watch = self.watch(alarm, **named)
        thread = threading.Thread(target=watch.run, daemon=True)
        thread.start()
        try:
            yield alarm
        finally:
            if not alarm.stopped:  # twice would mean at once
                alarm.stop()
            thread.join(30)
            assert not thread.is_alive()
            assert self.lines[-1].startswith("Stopped.")

    def until(self, there: Callable[[], object], seconds: float = 30) -> None:
        """Wait until something is so."""
        end = time.monotonic() + seconds
        while not there():
            assert time.monotonic() < end, "\n".join(self.lines)
            time.sleep(0.02)

    def results(self) -> list[str]:
        """What lies in the outbox, the watch's own record aside."""
        found = (path.relative_to(self.outbox).as_posix() for path in self.outbox.rglob("*") if path.is_file())
        return sorted(name for name in found if not name.startswith(".regsheet-watch"))

    def said(self, words: str) -> list[str]:
        """The lines that hold these words."""
        return [line for line in self.lines if words in line]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """An empty inbox and a place for the outbox."""
    return Folders(tmp_path)
