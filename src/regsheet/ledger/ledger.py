"""The ledger: what is written to it and what can be asked of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from regsheet.ledger.database import Database
from regsheet.ledger.quarters import quarter_key
from regsheet.limits import MAX_RECORD_BYTES
from regsheet.outcome.packing import packed, unpacked
from regsheet.outcome.records import Outcome, Run
from regsheet.outcome.trends import Trends

if TYPE_CHECKING:
    from regsheet.ledger.past import Registers
    from regsheet.model.history import History


class Ledger:
    """One SQLite file with what the registers said in each quarter; made where it is not there.

    Several processes may use one ledger at once: each write is whole or not at all, and waits its turn. Every method
    raises ``LedgerError``, with a sentence, where the file cannot be read or written.

    A batch stores each outcome as it is finished, so that it can be resumed, and records the run when all are there::

        with Ledger(folder / "ledger.db") as ledger:
            key = resume_key(file, sha256, configuration_sha256, as_of, VERSION, ...)
            outcome = ledger.outcome(key)
            if outcome is None:
                past = ledger.history(as_of, file=file, service=service, previous=previous)
                ...
                ledger.store(outcome, key)
            ledger.record(run)
    """

    def __init__(self, path: Path, *, make: bool = True) -> None:
        """Open a ledger. With ``make`` false one that is not there is refused."""
        self._database = Database(Path(path), make=make)
        self._known: tuple[tuple[str, object], Registers] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # -- a run under way -----------------------------------------------------------------------------------------

    def store(self, outcome: Outcome, key: str, data: bytes | None = None) -> None:
        """Keep the outcome of one workbook, so that a run that is broken off can be resumed.

        ``data`` is the outcome packed, where somebody has done that already.

        ``key`` stands for all that decides the outcome (see ``resume_key``). An outcome of the same file in the same
        quarter is replaced. Store no outcome that may come out otherwise when the workbook is done again, such as that
        of a worker that was killed. History and trends do not see it before the run is recorded.
        """
        row = (quarter_key(outcome.as_of), outcome.file, key, data or packed(outcome))
        with self._database.writing():
            self._database.change("INSERT OR REPLACE INTO finished VALUES (?, ?, ?, ?)", [row])

    def outcome(self, key: str) -> Outcome | None:
        """The outcome that was stored under a key; None where there is none, or it can no longer be read."""
        rows = self._database.query("SELECT outcome FROM finished WHERE key = ?", (key,))
        try:
            return unpacked(rows[0]["outcome"], MAX_RECORD_BYTES) if rows else None
        except (zlib.error, msgspec.MsgspecError, ValueError):
            return None

    # -- quarters ------------------------------------------------------------------------------------------------

    def record(self, run: Run) -> None:
        """Write a finished run: it takes the place of what the ledger holds of the calendar quarter of its as-of.

        A quarter before the last one may be written, or written again: those after it are joined to it anew.
        """
        from regsheet.ledger.lineage import join_from
        from regsheet.ledger.recording import record_run

        files = json.dumps([outcome.file for outcome in run.outcomes])
        self._known = None
        with self._database.writing():
            quarter = record_run(self._database, run)
            join_from(self._database, quarter)
            self._database.change(
                "DELETE FROM finished WHERE quarter = ? AND file NOT IN (SELECT value FROM json_each(?))",
                [(quarter, files)],
            )

    def quarters(self) -> tuple[dt.date, ...]:
        """The as-of of every quarter that is recorded, oldest first."""
        rows = self._database.query("SELECT as_of FROM run ORDER BY quarter")
        return tuple(dt.date.fromisoformat(row["as_of"]) for row in rows)

    def history(self, as_of: dt.date, *, file: str = "", service: str = "", previous: str = "",
                risks: Iterable[tuple[str, str]] = ()) -> History:  # fmt: skip
        """The earlier quarters of one register, oldest first, for ``Options.history``; empty where there are none.

        ``file`` is the workbook's path within the folder of the run, ``previous`` last quarter's workbook where the run
        paired it with one, ``risks`` the reference and title of each of its risks, by which a workbook is recognised
        that has another name. Risks bear the reference and title that they had last, so that they are found again.
        """
        from regsheet.ledger.past import history_of

        with self._database.reading():
            found = self._registers(quarter_key(as_of)).find(file, service, previous, list(risks))
            return () if found is None else history_of(self._database, found)

    def _registers(self, quarter: str) -> Registers:
        """The registers seen before a quarter, looked up anew once somebody has written to the ledger."""
        from regsheet.ledger.past import Registers

        state = (quarter, self._database.state())
        if self._known is None or self._known[0] != state:
            self._known = state, Registers(self._database, quarter)
        return self._known[1]

    def trends(self, as_of: dt.date) -> Trends:
        """What the quarters up to that of a day show together."""
        from regsheet.ledger.trending import trends

        with self._database.reading():
            return trends(self._database, as_of)


def resume_key(*parts: object) -> str:
    """A key for ``Ledger.store``: a hash of all that decides an outcome, in a fixed order.

    These are the workbook's path and hash, the configuration's hash, the as-of, the version of the tool, the options
    (rules selected and ignored, corrections), and the hashes of what is looked at beside it: last quarter's workbook,
    the owners list, the other workbooks and the history.
    """
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()
