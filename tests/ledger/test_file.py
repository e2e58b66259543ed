"""The ledger's file: made, brought up to date, refused in a sentence, whole whatever happens to those who write."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from made_outcomes import Q1, Q2, book, finding, risk, run

from regsheet.errors import LedgerError
from regsheet.ledger import Ledger, database, resume_key

HERE = Path(__file__).parent


def start(path: Path, body: str) -> subprocess.Popen[str]:
    """A process of its own that runs ``body`` with ``path`` and everything of this module's imports."""
    script = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
from pathlib import Path
from made_outcomes import *
from regsheet.ledger import Ledger
path = Path({str(path)!r})
""" + textwrap.dedent(body)
    return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)


# -- what is stored for a run that is broken off -------------------------------------------------------------------


def test_an_outcome_is_given_back_as_it_was(ledger: Ledger) -> None:
    outcome = book(Q1, "a.xlsx", risk("R1", "Flood"), findings=(finding("OW001", "R1"),))
    key = resume_key("a.xlsx", "abc", Q1)
    assert ledger.outcome(key) is None
    ledger.store(outcome, key)
    assert ledger.outcome(key) == outcome
    assert ledger.outcome(resume_key("a.xlsx", "abd", Q1)) is None
    assert ledger.quarters() == ()  # not recorded yet


def test_the_same_file_in_the_same_quarter_is_kept_once(ledger: Ledger) -> None:
    ledger.store(book(Q1, "a.xlsx"), "one")
    ledger.store(book(Q1, "a.xlsx", risk("R1", "Flood")), "two")
    ledger.store(book(Q2, "a.xlsx"), "three")
    assert ledger.outcome("one") is None
    assert ledger.outcome("two") is not None and ledger.outcome("three") is not None


def test_recording_a_run_forgets_what_it_does_not_have(ledger: Ledger) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        ledger.store(book(Q1, name), name)
    ledger.store(book(Q2, "b.xlsx"), "of another quarter")
    ledger.record(run(Q1, book(Q1, "a.xlsx")))
    assert ledger.outcome("a.xlsx") is not None
    assert ledger.outcome("b.xlsx") is None
    assert ledger.outcome("of another quarter") is not None


def test_an_outcome_of_another_form_counts_as_none(ledger: Ledger, tmp_path: Path) -> None:
    ledger.store(book(Q1, "a.xlsx"), "key")
    with sqlite3.connect(tmp_path / "ledger.db") as direct:
        direct.execute("UPDATE finished SET outcome = ?", (b"rubbish",))
    direct.close()
    assert ledger.outcome("key") is None


def test_keys_tell_their_parts_apart() -> None:
    assert len({resume_key("a", "b"), resume_key("ab"), resume_key("a", "b", ""), resume_key("b", "a")}) == 4


# -- which files are ledgers ---------------------------------------------------------------------------------------


def test_a_ledger_that_is_not_there_is_refused_when_only_read(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="There is no ledger at"):
        Ledger(tmp_path / "none.db", make=False)
    with pytest.raises(LedgerError, match="is a folder"):
        Ledger(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"role,name\nHead,Ann\n" * 40, b"SQLite format 3\0" + b"\xff" * 4096])
def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "owners.csv"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="--rebuild"):
        Ledger(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE places (id INTEGER)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="another program"):
        Ledger(path)
    assert path.read_bytes() == before


def test_a_damaged_ledger_says_how_to_make_it_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger(path) as ledger:
        ledger.record(
            run(Q1, *(book(Q1, f"{n}.xlsx", *(risk(f"R{m}", f"Risk {m}") for m in range(20))) for n in range(9)))
        )
    content = bytearray(path.read_bytes())
    content[8192:20000] = os.urandom(20000 - 8192)
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="is damaged; move the file away, and make it again"):
        Ledger(path)


def test_a_ledger_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("no folder")
    with pytest.raises(LedgerError, match="check that its folder exists"):
        Ledger(folder / "ledger.db")


# -- versions ------------------------------------------------------------------------------------------------------


def test_a_newer_ledger_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger(path).close()
    with sqlite3.connect(path) as direct:
        direct.execute(f"PRAGMA user_version = {len(database.migrations()) + 1}")
    direct.close()
    with pytest.raises(LedgerError, match="newer version of regsheet"):
        Ledger(path)


def test_an_older_ledger_is_brought_up_to_date_and_keeps_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.db"
    with Ledger(path) as ledger:
        ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", "Flood"))))
        then = ledger.trends(Q1)
    known = database.migrations()
    added = "-- a remark; with a semicolon\nALTER TABLE run ADD COLUMN remark TEXT NOT NULL DEFAULT 'none';\n"
    monkeypatch.setattr(database, "migrations", lambda: (*known, added))
    with Ledger(path) as ledger:
        assert ledger.trends(Q1) == then
    with sqlite3.connect(path) as direct:
        assert direct.execute("SELECT remark FROM run").fetchall() == [("none",)]
        assert direct.execute("PRAGMA user_version").fetchone() == (len(known) + 1,)
    direct.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.db"
    Ledger(path).close()
    before = path.read_bytes()
    known = database.migrations()
    broken = "ALTER TABLE run ADD COLUMN remark TEXT;\nALTER TABLE no_such_table ADD COLUMN remark TEXT;\n"
    monkeypatch.setattr(database, "migrations", lambda: (*known, broken))
    with pytest.raises(LedgerError):
        Ledger(path)
    monkeypatch.undo()
    with Ledger(path) as ledger:
        assert ledger.quarters() == ()
    assert path.read_bytes()[100:] == before[100:]  # all but the header, which counts the changes


# -- several processes at once -------------------------------------------------------------------------------------


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    """Six runs of the same quarter and of others, each storing and recording; all begin with no ledger there."""
    path = tmp_path / "ledger.db"
    body = """
        days = (Q1, Q2, Q3)
        for turn in range(4):
            day = days[(turn + {number}) % 3]
            books = [book(day, f"{{n}}.xlsx", *(risk(f"R{{m}}", f"Risk {{m}} of {{n}}", RED) for m in range(5)),
                          findings=(finding("OW001", "R1"),)) for n in range(4)]
            with Ledger(path) as ledger:
                for one in books:
                    ledger.store(one, f"{{day}} {{one.file}} {number}")
                ledger.record(run(day, *books))
                ledger.trends(day)
    """
    processes = [start(path, body.format(number=number)) for number in range(6)]
    assert [process.wait(120) for process in processes] == [0] * 6
    for process in processes:
        process.stdout.close()
    with Ledger(path, make=False) as ledger:
        assert len(ledger.quarters()) == 3
        trends = ledger.trends(ledger.quarters()[-1])
    assert [red.quarters for red in trends.reds] == [3] * 20
    assert {(one.state, one.quarters) for one in trends.findings} == {("persisting", 3)}


def test_a_process_killed_while_it_writes_leaves_the_ledger_whole(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger(path) as ledger:
        ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", "Flood"))))
        before = ledger.trends(Q1)
    body = """
        import time
        import regsheet.ledger.lineage as lineage
        def stop(*_):
            ledger._database._connection.execute("PRAGMA cache_spill = 1")
            ledger._database._connection.execute("UPDATE run SET organisation = hex(randomblob(3000000))")  # spills
            print("writing", flush=True)
            time.sleep(60)
        lineage.join_from = stop
        with Ledger(path) as ledger:
            ledger.record(run(Q1, *(book(Q1, f"{n}.xlsx", *(risk(f"R{m}", "x" * 500) for m in range(40)))
                                    for n in range(60))))
    """
    process = start(path, body)
    assert process.stdout is not None and process.stdout.readline() == "writing\n"
    assert path.with_name("ledger.db-journal").exists()  # in the midst of it
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    process.stdout.close()
    with Ledger(path, make=False) as ledger:
        assert ledger.trends(Q1) == before
        ledger.record(run(Q2, book(Q2, "a.xlsx", risk("R1", "Flood"))))
        assert len(ledger.quarters()) == 2


def test_one_that_waits_too_long_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.db"
    Ledger(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with Ledger(path) as ledger, pytest.raises(LedgerError, match="in use by another run"):
        ledger.store(book(Q1, "a.xlsx"), "key")
    holder.close()


def test_an_empty_file_is_no_ledger_and_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.touch()
    with pytest.raises(LedgerError, match="is empty, and no ledger"):
        Ledger(path, make=False)
    assert path.stat().st_size == 0
