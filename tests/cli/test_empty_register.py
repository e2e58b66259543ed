"""A register with headings and no risk is said to be empty: unchecked must never look clean."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from regsheet.cli.main import main

TEMPLATE = Path(__file__).resolve().parents[2] / "workbook_templates" / "register.xlsx"


@pytest.fixture
def printed() -> str:
    result = CliRunner().invoke(main, ["check", str(TEMPLATE)])
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_a_blank_template_is_said_to_hold_no_risk(printed: str) -> None:
    assert "Register: a register without any risk yet, so there was nothing to check." in printed
