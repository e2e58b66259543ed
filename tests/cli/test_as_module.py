"""``python -m regsheet`` is the command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import MakeRegister


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "regsheet", *arguments], capture_output=True, text=True,
                          encoding="utf-8", timeout=120)  # fmt: skip


def test_a_register_is_checked(make_register: MakeRegister) -> None:
    done = run("check", str(make_register({(2, "Risk Owner"): None})), "--as-of", "2024-12-31")
    assert (done.returncode, done.stderr) == (1, "")
    assert "OW001" in done.stdout


def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = run("check", str(tmp_path / "none.xlsx"))
    assert done.returncode == 2
    assert done.stderr.startswith("regsheet: There is no file “")
    assert "Traceback" not in done.stderr
