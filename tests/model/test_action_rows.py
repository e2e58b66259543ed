"""A risk with a row for each of its actions: every action keeps the date of its own row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter

import regsheet
from regsheet.model.history import actions_due

HEADINGS = ("Ref", "Risk title", "Current likelihood", "Current impact", "Current score", "Action", "Action due")


def test_dates_of_further_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    risks = [("R1", "Loss of planning appeals", 3, 3, 9), ("R2", "Fee income below budget", 4, 3, 12),
             ("R3", "Town centre shops stand empty", 4, 4, 16)]  # fmt: skip
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Risks")
        sheet.write_row(0, 0, HEADINGS)
        for place, risk in enumerate(risks):
            row = 1 + 2 * place
            for column, value in enumerate(risk):
                sheet.merge_range(row, column, row + 1, column, value)
            for further in (0, 1):
                sheet.write(row + further, 5, f"Write part {further + 1} of the plan for {risk[0]}")
                sheet.write(row + further, 6, dt.datetime(2025, 1 + place, 10 + 5 * further))
    register = regsheet.read(path).registers[0]
    assert len(register.frame) == 3
    assert [action.due for action in actions_due(register, 1)] == [dt.date(2025, 2, 10), dt.date(2025, 2, 15)]
    assert register.address(1, "action_date") == "G4"
