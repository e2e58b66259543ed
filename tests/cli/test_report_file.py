"""A report for people goes to a file as it would to the screen."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from tests.conftest import MakeRegister

from regsheet.cli.main import main


def test_text_report_is_written_to_the_file_and_not_to_the_screen(make_register: MakeRegister, tmp_path: Path) -> None:
    register = make_register({(2, "Risk Owner"): None})
    result = CliRunner().invoke(
        main, ["check", str(register), "--as-of", "2024-12-31", "-o", str(tmp_path / "out.txt")]
    )
    assert (result.exit_code, result.output) == (1, "")
    assert "OW001" in (tmp_path / "out.txt").read_text("utf-8")
