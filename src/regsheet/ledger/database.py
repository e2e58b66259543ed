"""The SQLite file of a ledger: opened, brought up to date, written to by one process at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

from regsheet.errors import LedgerError

APPLICATION = 0x52474C44
"""Marks the file as one of ours: ``RGLD``."""

PATIENCE = 60.0
"""Seconds to wait while another process writes."""

REBUILD = (
    "move the file away, and make it again from the annotated workbooks with "
    "'regsheet history LEDGER --rebuild FOLDER', naming the output folder of each quarter"
)


class Database:
    """An open ledger file. Used as a context manager it is closed at the end.

    The file has a rollback journal: it is one file, also on a network drive, and a process that is killed while it
    writes leaves nothing half done. Raises ``LedgerError`` with a sentence where the file cannot be used.
    """

    def __init__(self, path: Path, *, make: bool = True) -> None:
        """Open a ledger; one that is not there is made, or refused where ``make`` is false."""
        self.path = path
        self._lock = threading.RLock()
        if not make and not path.is_file():
            raise LedgerError(_not_there(path))
        if not make and not path.stat().st_size:  # SQLite would take an empty file for a new database
            raise LedgerError(
                f"{path} is empty, and no ledger: name the ledger.db of a batch. If it once was one, {REBUILD}."
            )
        with self._plainly():
            if make:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            with self._plainly():
                self._open()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: all that is written in it, or nothing. Waits for others that write."""
        with self._lock, self._plainly():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several queries that see the same state of the file."""
        with self._lock, self._plainly():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def query(self, sql: str, values: Sequence[object] | dict[str, object] = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._lock, self._plainly():
            return self._connection.execute(sql, values).fetchall()

    def state(self) -> object:
        """Something that is another once another process has written to the file."""
        with self._lock, self._plainly():
            return self._one("PRAGMA data_version")

    def next_id(self, table: str) -> int:
        """The id that a row which is inserted next would get. Ask within a transaction."""
        with self._lock, self._plainly():
            return int(str(self._one(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")[0]))  # noqa: S608

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Insert rows, the values of each in the order of these columns."""
        self.change(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)  # noqa: S608

    def change(self, sql: str, rows: Sequence[Sequence[object] | dict[str, object]]) -> None:
        """Run a statement once for each row of values."""
        with self._lock, self._plainly():
            self._connection.executemany(sql, rows)

    def _open(self) -> None:
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA trusted_schema = OFF")
        self._connection.execute("PRAGMA foreign_keys = ON")
        (application,), (tables,) = self._one("PRAGMA application_id"), self._one("SELECT count(*) FROM sqlite_master")
        if application != APPLICATION and (application or tables):
            raise LedgerError(f"{self.path} is a database of another program, no ledger of regsheet's; name another.")
        (sound,) = self._one("PRAGMA quick_check(1)")
        if sound != "ok":
            raise sqlite3.DatabaseError(sound)
        self._bring_up_to_date()

    def _one(self, sql: str) -> tuple[object, ...]:
        return tuple(self._connection.execute(sql).fetchone())

    def _bring_up_to_date(self) -> None:
        """Run the migrations that the file has not had. Raises ``LedgerError`` where it has had later ones."""
        steps = migrations()
        if self._version() == len(steps):
            return
        with self.writing():
            known = self._version()  # another process may have been quicker
            if known > len(steps):
                raise LedgerError(
                    f"{self.path} was written by a newer version of regsheet (its form is {known}, and this version "
                    f"knows up to {len(steps)}); update regsheet, or name another ledger."
                )
            for number, script in enumerate(steps[known:], known + 1):
                for statement in statements(script):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version = {number}")
            self._connection.execute(f"PRAGMA application_id = {APPLICATION}")

    def _version(self) -> int:
        (version,) = self._one("PRAGMA user_version")
        return int(str(version))

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """What SQLite has to say, as a sentence."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise LedgerError(_sentence(self.path, error)) from error


@cache
def migrations() -> tuple[str, ...]:
    """The scripts that make a ledger what it is, one a version of its form, from the first on."""
    folder = files(__package__) / "migrations"
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".sql")), key=lambda item: item.name)
    return tuple(item.read_text(encoding="utf-8") for item in found)


def statements(script: str) -> Iterator[str]:
    """The statements of a script."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _not_there(path: Path) -> str:
    if path.is_dir():
        return f"{path} is a folder; name the ledger in it, such as {path / 'ledger.db'}."
    return f"There is no ledger at {path}; 'regsheet batch' makes one, and --rebuild makes a lost one again."


def _sentence(path: Path, error: Exception) -> str:
    if path.is_dir():
        return _not_there(path)
    text = str(error)
    if isinstance(error, sqlite3.OperationalError):
        if "locked" in text or "busy" in text:
            return f"{path} is in use by another run, which has been writing for a minute; run again when it is done."
        if "full" in text:
            return f"{path} cannot be written because the disk is full; make room and run again."
        if "readonly" in text:
            return f"{path} may not be written to; check who may write to it and its folder."
        if "unable to open" in text:
            return f"{path} cannot be opened; check that its folder exists and that you may read and write there."
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        if "not a database" in text:
            return f"{path} is no ledger: name the ledger.db of a batch. If it once was one, {REBUILD}."
        return f"{path} is damaged; {REBUILD}."
    return f"{path} cannot be used ({text}); check that its folder exists and that you may read and write there."
