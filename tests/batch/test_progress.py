"""How a run goes on, on a terminal and elsewhere."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from regsheet.cli.progress import Bar, Lines
from regsheet.outcome.build import Identity, failed_outcome
from regsheet.pipeline import Options
from regsheet.reports.screen import Screen

FAILED = failed_outcome("It is damaged.", Identity("b.xlsx", "", ""), Options(as_of=dt.date(2024, 12, 31)))


def test_a_bar_names_the_stage_and_the_file_and_how_many_are_done() -> None:
    out = io.StringIO()
    bar = Bar(Screen(file=out, force_terminal=True, width=120))
    bar.begin("Checking", 2)
    bar.finished("Housing/[red]\x1b[2Jevil.xlsx")
    bar.finished("b.xlsx", FAILED)
    bar.end()
    bar.end()
    shown = out.getvalue()
    assert "Checking" in shown
    assert "2/2" in shown
    assert "\x1b[2J" not in shown
    assert shown.count("\x1b[?25h") == 1, "the cursor is given back"


def test_lines_say_what_came_of_each_workbook(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    lines.begin("Reading", 1)
    lines.finished("a.xlsx")
    lines.begin("Checking", 2)
    lines.finished("b.xlsx", FAILED, again=True)
    lines.end()
    assert capsys.readouterr().err.splitlines() == [
        "Reading 1 workbook …", "Checking 2 workbooks …", "1/2 b.xlsx: It is damaged. (done before)"
    ]  # fmt: skip
