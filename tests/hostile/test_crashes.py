"""A run that is killed, a disk that is full, two runs at once: the input stays, the output is absent or whole."""

import contextlib
import errno
import hashlib
import os
import random
import signal
import sys
import threading
import time
import warnings
from pathlib import Path

import pytest
from tests.hostile.conftest import OPTIONS
from tests.hostile.workbooks import register_bytes, rows_with

import regsheet.pipeline as line
from regsheet.errors import OutputError
from regsheet.limits import STALE_SECONDS
from regsheet.package import open_package, saving, write_whole
from regsheet.writer.strip import is_annotated, strip

KILLS = 100
ours = sys.platform.startswith("linux")


def fork() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside threads: the child uses none of them
        return os.fork()


def annotate_in_child(source: Path, target: Path) -> int:
    """A warmed-up process that annotates; its id."""
    child = fork()
    if child == 0:
        status = 1
        with contextlib.suppress(BaseException):
            line.annotate(source, target, OPTIONS)
            status = 0
        os._exit(status)
    return child


def left_over(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".regsheet-")]


@pytest.mark.skipif(not ours, reason="needs processes that can be forked and killed")
def test_killed_at_any_moment(tmp_path: Path) -> None:
    source, target = tmp_path / "register.xlsx", tmp_path / "register.checked.xlsx"
    source.write_bytes(register_bytes(rows_with({}, 10)))
    before = hashlib.sha256(source.read_bytes()).digest()
    began = time.monotonic()
    line.annotate(source, target, OPTIONS)
    took = time.monotonic() - began
    whole = target.read_bytes()
    chance = random.Random(1)  # noqa: S311 - not for secrets
    outcomes = {"absent": 0, "whole": 0}
    for number in range(KILLS):
        target.unlink(missing_ok=True)
        child = annotate_in_child(source, target)
        if number % 2:
            time.sleep(chance.random() * took * 1.3)  # at any moment ...
        else:
            wait_for_writing(tmp_path, child, took * 5)  # ... and while the file is being written
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert hashlib.sha256(source.read_bytes()).digest() == before
        if target.exists():
            assert target.read_bytes() == whole
        outcomes["whole" if target.exists() else "absent"] += 1
    assert outcomes["absent"] > 0
    # What they left does no harm, and goes when it is old.
    left = left_over(tmp_path)
    line.annotate(source, target, OPTIONS, force=True)
    assert target.read_bytes() == whole
    assert left_over(tmp_path) == left
    for path in left:
        os.utime(path, (0, 0))
    line.annotate(source, target, OPTIONS)
    assert left_over(tmp_path) == []


def wait_for_writing(folder: Path, child: int, longest: float) -> None:
    end = time.monotonic() + longest
    while time.monotonic() < end and not left_over(folder):
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return


def test_only_old_temporary_files_of_ours_are_removed(tmp_path: Path) -> None:
    old = [tmp_path / name for name in (".regsheet-0123456789abcdef.tmp", ".regsheet-notes.tmp", "~regsheet.tmp")]
    new = tmp_path / ".regsheet-fedcba9876543210.tmp"
    for path in (*old, new):
        path.write_bytes(b"")
    stale = time.time() - STALE_SECONDS - 60
    for path in old:
        os.utime(path, (stale, stale))
    write_whole(tmp_path / "a.txt", b"a")
    assert [path.exists() for path in (*old, new)] == [False, True, True, True]


class FullDisk:
    """A stream that takes so many bytes and no more."""

    def __init__(self, stream, room: int) -> None:
        self.stream, self.room = stream, room

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.stream.close()

    def write(self, content: bytes) -> None:
        self.stream.write(content[: self.room])
        self.room -= len(content)
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("there", [False, True], ids=["no output yet", "an output of an earlier run"])
@pytest.mark.parametrize("room", [0, 1, 5000])
def test_a_full_disk(room: int, there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "register.xlsx", tmp_path / "register.checked.xlsx"
    source.write_bytes(register_bytes())
    if there:
        line.annotate(source, target, OPTIONS)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    really = Path.open
    monkeypatch.setattr(
        Path, "open", lambda self, mode="r", **more: FullDisk(really(self, mode, **more), room)
        if "x" in mode else really(self, mode, **more),
    )  # fmt: skip
    with pytest.raises(OutputError, match="the disk is full"):
        line.annotate(source, target, OPTIONS)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("step", "number", "words"),
    [
        ("fsync", errno.EIO, "could not be written"),
        ("fsync", errno.ENOSPC, "the disk is full"),
        ("replace", errno.EACCES, "open or protected"),
        ("open", errno.EROFS, "read-only"),
        ("open", errno.EACCES, "read-only"),
    ],
)
def test_a_step_that_fails(step: str, number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "register.xlsx"
    source.write_bytes(register_bytes())

    def fail(*args, **more):
        if step == "open" and "x" not in str(args[1:]):
            return really(*args, **more)
        raise OSError(number, os.strerror(number))

    really = Path.open
    monkeypatch.setattr(saving.os if step == "fsync" else Path, step, fail)
    with pytest.raises(OutputError, match=words):
        line.annotate(source, options=OPTIONS)
    assert [path.name for path in tmp_path.iterdir()] == ["register.xlsx"]


def test_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    sources = [tmp_path / f"register {number}.xlsx" for number in range(2)]
    target = tmp_path / "out.xlsx"
    wholes = []
    for number, source in enumerate(sources):
        source.write_bytes(register_bytes(rows_with({}, 8 + number * 5)))
        wholes.append(line.annotate(source, tmp_path / f"alone {number}.xlsx", OPTIONS).path.read_bytes())
    failures: list[BaseException] = []

    def run(source: Path) -> None:
        try:
            for _ in range(2):
                line.annotate(source, target, OPTIONS, force=True)
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            failures.append(error)

    threads = [threading.Thread(target=run, args=(source,)) for source in (*sources, *sources)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        if target.exists():
            assert target.read_bytes() in wholes
        time.sleep(0.01)
    assert failures == []
    assert target.read_bytes() in wholes
    assert left_over(tmp_path) == []
    result = open_package(target)
    assert is_annotated(result)
    assert strip(result).exact
