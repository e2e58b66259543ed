"""The report that a trial writes: one finding, one or two changed cells, and a register without risks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regsheet.corrections.log import Change, Settled
from regsheet.doctor.places import Places
from regsheet.doctor.wording import wording
from regsheet.grid.cells import Grid, Sheet
from regsheet.layout.tables import Layout, Level, Table
from regsheet.model.book import Book
from regsheet.model.choose_scoring import DEFAULT_BANDS
from regsheet.model.plain_columns import numbers, whole_numbers
from regsheet.model.register import Register
from regsheet.model.scoring import Scoring
from regsheet.model.sources import Sourced
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.version import VERSION
from regsheet.writer.report import Report

FIELDS = ("residual_likelihood", "residual_impact", "residual_rating")


def trial_report(path: Path, sha256: str, grid: Grid, places: Places, as_of: dt.date) -> Report:
    """A finished check that has the trial's cells written when a workbook is annotated with it."""
    register = _register(places.sheet or Sheet(grid.sheets[0].name if grid.sheets else "", 0))
    book = Book(path, sha256, grid, Layout(()), (register,), ())
    findings = () if places.sheet is None or places.look is None else (_finding(places.sheet, places.look),)
    settled = Settled(book, findings, (), tuple(_changes(places)))
    return Report(settled, as_of, VERSION, "none", "", path.name, sha256)


def _finding(sheet: Sheet, cell: str) -> Finding:
    words = wording("trial")["finding"]
    return Finding(
        words["code"], words["name"], Severity.NOTE, sheet.name, cell, words["message"], words["advice"]
    )  # fmt: skip


def _changes(places: Places) -> list[Change]:
    words = wording("trial")
    found: list[Change] = []
    if places.sheet is None:
        return found
    wanted: list[tuple[str | None, str | None, str | None]] = [
        (places.value, words["value"], None), (places.look, None, places.fill)
    ]  # fmt: skip
    for cell, value, fill in wanted:
        if cell is not None:
            basis = words["finding"]["basis"]
            correction = Correction(places.sheet.name, cell, None, value, "derived", basis, fill=fill)
            found.append(Change(correction, words["finding"]["code"], words["finding"]["name"], None, None))
    return found


def _register(sheet: Sheet) -> Register:
    """A register of no risks on the commonest scale: its heatmap is an empty matrix."""
    words = wording("trial")["heatmap"]
    levels = {
        axis: tuple(Level(score, name) for score, name in enumerate(words[axis], 1))
        for axis in ("likelihood", "impact")
    }
    columns = {"row": whole_numbers(()), **{name: numbers(()) for name in FIELDS}}
    sources = {name: Sourced([], "A", (), {}, {}) for name in FIELDS}
    return Register(
        table=Table(sheet.name, "register", (1, 1), None, None, rating_rule="product"),
        sheet=sheet, columns=columns, sources=sources, periods={}, unreadable={},
        scoring=Scoring(
            "product", levels["likelihood"], levels["impact"], DEFAULT_BANDS, "default", words["explanation"]
        ),
    )  # fmt: skip
