"""What wakes the watch: a change in the inbox, the time, or a signal to stop."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from pathlib import Path

from regsheet.errors import WatchError

NO_WATCHFILES = (
    "Watching a folder needs the package watchfiles; install it with: pip install 'regsheet[web]', "
    "or use --poll or --once, which do without."
)


class Alarm:
    """Wakes the watch. Every method may be called from any thread, and from a signal handler."""

    def __init__(self) -> None:
        # A condition could be entered twice by a signal handler and lock up; a SimpleQueue cannot.
        self._rings: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.stopped = False
        self.at_once = False

    def ring(self) -> None:
        """Something may have changed."""
        self._rings.put(None)

    def stop(self) -> None:
        """End when the file at hand is done; said twice, end it too."""
        self.at_once = self.stopped
        self.stopped = True
        self.ring()

    def wait(self, seconds: float) -> None:
        """Sleep until something may have changed, at most so long."""
        if self.stopped:
            return
        try:
            self._rings.get(timeout=max(seconds, 0.01))
            while True:  # a hundred changes at a time are one
                self._rings.get_nowait()
        except queue.Empty:
            return


class Listener:
    """Rings the alarm when the system says that the inbox has changed."""

    def __init__(self, inbox: Path, alarm: Alarm, failed: Callable[[str], None]) -> None:
        """``failed`` is told, once, why the system does not say. Raises ``WatchError`` where watchfiles is missing."""
        try:
            import watchfiles
        except ModuleNotFoundError:
            raise WatchError(NO_WATCHFILES) from None
        self._watch = watchfiles.watch
        self._inbox = inbox
        self._alarm = alarm
        self._failed = failed
        self._end = threading.Event()
        self._thread: threading.Thread | None = None
        self.works = True

    def listen(self) -> None:
        """Begin, or begin again where it ended because the inbox was gone for a while."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Stop listening."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(5)

    def _run(self) -> None:
        try:
            for _ in self._watch(self._inbox, watch_filter=None, debounce=400, step=50, rust_timeout=1000,
                                 stop_event=self._end, raise_interrupt=False):  # fmt: skip
                self._alarm.ring()
            self.works = True
        except (OSError, RuntimeError) as error:
            if self.works:
                self._failed(str(getattr(error, "strerror", None) or error).lower())
            self.works = False
