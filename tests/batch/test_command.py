"""``regsheet batch`` as people run it: in a process of its own, stopped and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from small import RISKS, hashes, write_register

from regsheet.cli.main import main

COMMAND = [sys.executable, "-c", "from regsheet.cli.main import main; main()", "batch"]


def batch(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments, "--as-of", "2024-12-31"], cwd=folder, capture_output=True, text=True,
                          encoding="utf-8", timeout=120)  # fmt: skip


def many(folder: Path, number: int) -> None:
    for at in range(number):
        write_register(folder / f"in/Service {at:02}/register.xlsx", [f"{risk} in district {at}" for risk in RISKS])


def test_a_table_of_services_and_the_files_that_were_not_read(tmp_path: Path) -> None:
    write_register(tmp_path / "in/Housing/r.xlsx")
    write_register(tmp_path / "in/Place/r.xlsx", RISKS[:3], {0: {"Residual Rating": 20}})
    done = batch(tmp_path, "in", "-o", "out", "--jobs", "2")
    assert done.returncode == 0, "the one error was corrected"
    lines = done.stdout.splitlines()
    assert lines[0].split() == [
        "Service",
        "Files",
        "Risks",
        "Red",
        "Errors",
        "Warnings",
        "Notes",
        "Waived",
        "Corrected",
    ]
    assert [line.split()[:5] for line in lines[1:4]] == [
        ["Housing", "1", "6", "0", "0"], ["Place", "1", "3", "0", "0"], ["All", "2", "9", "0", "0"]
    ]  # fmt: skip
    assert "Checking 2 workbooks" in done.stderr
    assert "2/2 " in done.stderr
    assert "\x1b" not in done.stderr, "no bar where there is no terminal"
    assert "\nWrote 2 annotated workbooks, " in done.stdout
    (tmp_path / "in/Place/broken.xlsx").write_bytes(b"PK nothing")
    done = batch(tmp_path, "in", "-o", "out", "--fail-on", "never")
    assert done.returncode == 2
    assert "Could not be done:\n  Place/broken.xlsx: " in done.stdout
    assert "2 workbooks had been done before and did not change." in done.stdout
    assert "annotated" not in done.stdout, "none was written this time"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nowhere", "-o", "out"), "nowhere is not there; check the name."),
        (("in", "-o", "in/r.xlsx/out"), "cannot be made"),
        (("in", "-o", "out", "--config", "none.toml"), "There is no configuration none.toml"),
        (("in", "-o", "out", "--owners", "none.csv"), "none.csv"),
        (("in", "-o", "out", "--previous", "none"), "none is not there"),
        (("in", "-o", "out", "--select", "XX999"), "XX999"),
        (("in", "-o", "out", "--scheduler", "nonsense"), "write it as tcp://host:8786"),
        (("in", "-o", "out", "--scheduler", "tcp://127.0.0.1:1"), "tcp://127.0.0.1:1 does not answer"),
    ],
)
def test_what_cannot_begin_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], sentence: str
) -> None:
    write_register(tmp_path / "in/r.xlsx")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["batch", *arguments])
    assert done.exit_code == 2
    assert sentence in done.output


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_goes_on_where_it_was(tmp_path: Path, by: signal.Signals) -> None:
    many(tmp_path, 6)
    with subprocess.Popen([*COMMAND, "in", "-o", "out", "--as-of", "2024-12-31", "--jobs", "1"], cwd=tmp_path,
                          stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, encoding="utf-8",
                          start_new_session=True) as process:  # fmt: skip
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("2/6 "):
                break
        children = _descendants(process.pid)
        if by is signal.SIGINT:
            os.killpg(process.pid, by)  # as Ctrl-C does, to the whole group
        else:
            process.kill()
        rest = process.stderr.read()
    assert process.returncode == (130 if by is signal.SIGINT else -by)
    if by is signal.SIGINT:
        assert "run the same command again to go on" in rest
    assert "Traceback" not in rest
    _wait_until_gone(children)
    there = hashes(tmp_path / "out")
    assert 2 <= len(there) < 6
    assert all(name.endswith(".checked.xlsx") for name in there), "nothing half-written"
    done = batch(tmp_path, "in", "-o", "out", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    assert f"{len(there)} workbooks had been done before" in done.stdout or f"{len(there) - 1} workbooks" in done.stdout
    whole = hashes(tmp_path / "out")
    assert there.items() <= whole.items()
    again = batch(tmp_path, "in", "-o", "again/out", "--fail-on", "never")
    assert again.returncode == 0, again.stderr
    assert hashes(tmp_path / "again/out") == whole


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the processes in /proc")
def test_a_process_that_is_killed_ends_no_file(tmp_path: Path) -> None:
    many(tmp_path, 6)
    with subprocess.Popen([*COMMAND, "in", "-o", "out", "--as-of", "2024-12-31", "--jobs", "2", "--fail-on", "never"],
                          cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          encoding="utf-8") as process:  # fmt: skip
        assert process.stderr is not None
        killed = False
        for line in process.stderr:
            if line.startswith("2/6 ") and not killed:
                os.kill(_workers(process.pid)[0], signal.SIGKILL)
                killed = True
        output = process.stdout.read() if process.stdout else ""
    assert killed
    assert process.returncode == 0, output
    again = batch(tmp_path, "in", "-o", "again/out", "--fail-on", "never")
    assert again.returncode == 0, again.stderr
    assert hashes(tmp_path / "out") == hashes(tmp_path / "again/out")


def _children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return sorted(found)


def _descendants(pid: int) -> list[int]:
    return [other for child in _children(pid) for other in (child, *_descendants(child))]


def _workers(pid: int) -> list[int]:
    """The processes that do the work: those that one of its children has begun."""
    return [worker for child in _children(pid) for worker in _children(child)] or _children(pid)


def _wait_until_gone(pids: list[int]) -> None:
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < until, "processes outlive their run"
        time.sleep(0.05)
