"""A report for people goes to a file as it would to the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import MakeRegister

from regsheet.cli.main import main


def test_text_report_is_written_to_the_file_and_not_to_the_screen(make_register: MakeRegister, tmp_path: Path) -> None:
    register = make_register({(2, "Risk Owner"): None})
    result = CliRunner().invoke(
        main, ["check", str(register), "--as-of", "2024-12-31", "-o", str(tmp_path / "out.txt")]
    )
    assert (result.exit_code, result.output) == (1, f"Wrote {tmp_path / 'out.txt'}.\n")
    assert "OW001" in (tmp_path / "out.txt").read_text("utf-8")


@pytest.mark.parametrize("output_format", ["text", "csv", "json", "html"])
def test_a_report_takes_the_place_of_no_file_that_is_read(
    make_register: MakeRegister, tmp_path: Path, output_format: str
) -> None:
    register, owners = make_register(), tmp_path / "owners.csv"
    owners.write_text("role,name,email\nHead of Finance,A,a@example.org\n", "utf-8")
    for target in (register, owners):
        before = target.read_bytes()
        result = CliRunner().invoke(
            main, ["check", str(register), "--owners", str(owners), "--format", output_format, "-o", str(target)]
        )
        assert (result.exit_code, target.read_bytes()) == (2, before)
        assert "is read, and never written to" in result.output


def test_a_report_in_text_is_not_called_a_workbook(make_register: MakeRegister, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(make_register()), "-o", str(tmp_path / "report.xlsx")])
    assert result.exit_code == 2
    assert "has the name of a workbook" in result.output
    assert not (tmp_path / "report.xlsx").exists()


def test_an_annotated_copy_keeps_the_ending_of_its_workbook(make_register: MakeRegister, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["annotate", str(make_register()), "-o", str(tmp_path / "checked.pdf")])
    assert result.exit_code == 2
    assert "give a name that ends in .xlsx" in result.output
    assert not (tmp_path / "checked.pdf").exists()
