"""Rules that are not asked again after corrections would have found the same again."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from regsheet import pipeline
from regsheet.config import Config
from regsheet.corrections.log import Settled
from regsheet.errors import RegsheetError
from regsheet.grid.cells import Cell, Grid
from regsheet.layout.tables import STAGES
from regsheet.model.book import Book
from regsheet.model.build import build_book
from regsheet.model.register import DATE_FIELDS, SCORE_FIELDS, TEXT_FIELDS, Register
from regsheet.remembered import forget_all
from regsheet.rules import column_formulas
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.date_columns import dates_read, misread
from regsheet.rules.examples import context_of
from regsheet.rules.registry import RULES
from regsheet.rules.risks import (
    actions_are_done,
    closed,
    has_open_actions,
    nothing_typed,
    numbers,
    of_both,
    scores,
    settled_scores,
    stage_is_scored,
    texts,
)
from regsheet.rules.rounds import COMPARED, NAMING, Rounds, same_fields

SPARING = [rule for rule in RULES if issubclass(rule, RegisterRule) and rule.reads]
AS_OF = dt.date(2024, 12, 31)


def example_contexts() -> Iterator[Context]:
    for rule in SPARING:
        for example in (*rule.valid, *rule.invalid):
            if len(example.rows) > 1:
                yield context_of(example)


def turned(book: Book, kept: frozenset[str]) -> Book:
    """The workbook with every column upside down but those of the fields that are kept."""
    sheets = []
    for sheet in book.grid.sheets:
        cells = sheet.cells.copy()
        for table in [one.table for one in book.registers if one.sheet is sheet]:
            for column in [one for one in table.columns if one.field not in kept]:
                values = [sheet.value(row, column.index) for row in reversed(table.rows)]
                for row, value in zip(table.rows, values, strict=True):
                    there = cells.get((row, column.index))
                    cells[row, column.index] = Cell(row, column.index, value, None, there.style if there else 0)
        sheets.append(replace(sheet, cells=cells))
    return build_book(replace(book.grid, sheets=sheets), book.layout, Config(), book.path, book.sha256)


def differing(context: Context) -> tuple[list[str], int]:
    """The rules that find something else once fields are changed that they do not read, and how many were tried."""
    wrong, tried = [], 0
    for rule in (one() for one in SPARING):
        changed = turned(context.book, rule.reads | NAMING)
        after = replace(context, book=changed, pairings={})
        for then, now in zip(context.book.registers, changed.registers, strict=True):
            if rule.lacks(then, context) is None and rule.reads | NAMING <= same_fields(then, now):
                tried += 1
                if list(rule.check(then, context)) != list(rule.check(now, after)):
                    wrong.append(f"{rule.code} {context.book.path.name}")
    return wrong, tried


def test_rules_name_fields_that_are_compared():
    assert {rule.code for rule in SPARING if not rule.reads <= COMPARED} == set()
    assert {"TX007", "OW007", "DT001"} <= {rule.code for rule in SPARING}


def test_what_a_rule_does_not_read_changes_nothing_in_examples():
    found = [differing(context) for context in example_contexts()]
    assert [one for wrong, _ in found for one in wrong] == []
    assert sum(tried for _, tried in found) > 100


@pytest.mark.evaluation
def test_what_a_rule_does_not_read_changes_nothing_in_registers(evaluation: Path):
    wrong: list[str] = []
    for book in books(evaluation):
        wrong += differing(Context(book, Config(), AS_OF))[0]
    assert wrong == []


def books(evaluation: Path) -> Iterator[Book]:
    for path in sorted((evaluation / "real").glob("*.xls*")):
        try:
            yield pipeline.read(path)
        except RegsheetError:
            continue


def settled(book: Book) -> Settled:
    return pipeline.check_book(book, pipeline.Options(as_of=AS_OF, suggestions=True))


def settled_in_full(book: Book, monkeypatch: pytest.MonkeyPatch) -> Settled:
    with monkeypatch.context() as patch:
        patch.setattr(Rounds, "found", lambda _, rule, __, register, context: list(rule.check(register, context)))
        return settled(book)


def same_outcome(one: Settled, other: Settled) -> bool:
    return (one.findings, one.not_run, one.changes) == (other.findings, other.not_run, other.changes)


@pytest.mark.evaluation
def test_registers_are_found_the_same_as_when_all_rules_run_again(evaluation: Path, monkeypatch: pytest.MonkeyPatch):
    again = [book.path.name for book in books(evaluation)
             if not same_outcome(settled(book), settled_in_full(book, monkeypatch))]  # fmt: skip
    assert again == []


WORDS = ("Review the plan", "Completed: new alarm", "TBC", "None", "• Policy\n• Policy", "Audit of 12/03/2022", "",
         "A plan is being developed", "Head of Property", "Director of Finance", "Loss of the site and")  # fmt: skip


def random_row(chance: random.Random, number: int) -> dict[str, object]:
    row: dict[str, object] = {"ref": f"R{number}", "title": chance.choice(WORDS)}
    for field in ("cause", "consequence", "controls", "actions", "commentary", "action_status"):
        row[field] = chance.choice(WORDS)
    row["owner"] = chance.choice(("Head of Property", "head of property", "Director of Finance/ HR", "Clerk", ""))
    row["status"] = chance.choice(("Open", "Open", "Closed"))
    row["action_date"] = chance.choice((dt.date(2024, 3, 1), "May 2024", "Q1 2026", "Ongoing", None))
    for stage in ("inherent", "residual"):
        likelihood, impact = chance.randint(1, 5), chance.randint(1, 5)
        row[f"{stage}_likelihood"], row[f"{stage}_impact"] = likelihood, impact
        row[f"{stage}_rating"] = likelihood * impact + chance.choice((0, 0, 0, 1))
        row[f"{stage}_band"] = chance.choice(("Low", "Medium", "High"))
    return row


@pytest.mark.parametrize("seed", range(25))
def test_any_register_is_found_the_same_as_when_all_rules_run_again(seed: int, monkeypatch: pytest.MonkeyPatch):
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    book = context_of(Example(tuple(random_row(chance, number) for number in range(12)))).book
    one = settled(book)
    assert same_outcome(one, settled_in_full(book, monkeypatch))
    assert one.changes


def lists_about(register: Register) -> list[object]:
    fields = (*TEXT_FIELDS, *DATE_FIELDS, *SCORE_FIELDS)
    by_field = [told(register, field) for told in (texts, numbers, nothing_typed, misread) for field in fields]
    by_stage = [told(register, stage) for told in (scores, settled_scores, stage_is_scored) for stage in STAGES]
    by_stages = [of_both(register, one, other, lambda *both: both) for one in STAGES for other in STAGES]
    read = [dates_read(register, field).each() for field in DATE_FIELDS]
    formulas = [column_formulas.formula_cells(register, field) for field in SCORE_FIELDS]
    return [
        *by_field,
        *by_stage,
        *by_stages,
        read,
        formulas,
        closed(register),
        has_open_actions(register),
        actions_are_done(register),
    ]


@pytest.mark.parametrize("seed", range(25))
def test_what_is_handed_on_to_the_next_round_is_what_would_be_worked_out(seed: int):
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    book = context_of(Example(tuple(random_row(chance, number) for number in range(6)))).book
    then, sheet = book.registers[0], book.grid.sheets[0]
    cells = sheet.cells.copy()
    for column in chance.sample(then.table.columns, 3):
        place = then.table.rows[chance.randrange(6)], column.index
        said = chance.choice(("Closed", "Completed", 5, None, "May 2025"))
        cells[place] = Cell(*place, said, "2+3" if said == 5 else None, 0)
    grid = replace(book.grid, sheets=[replace(sheet, cells=cells)])
    after = build_book(grid, book.layout, Config(), book.path, book.sha256, book)
    lists_about(then)
    rounds = Rounds()
    rounds.begin(book)
    rounds.begin(after)
    handed_on = lists_about(after.registers[0])
    forget_all()
    assert handed_on == lists_about(after.registers[0])


def test_a_rating_that_is_corrected_leaves_the_scores_as_settled():
    row = {"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 6}
    then = context_of(Example((row,))).book
    now = settled(then).book
    same = same_fields(then.registers[0], now.registers[0])
    assert same == COMPARED - {"residual_rating"}
    assert "residual_settled" in same


def test_a_field_that_was_corrected_is_told_from_the_others():
    row = {"ref": "R1", "title": "A", "controls": "Locks", "status": "Open", "residual_rating": 6}
    then = context_of(Example((row,))).book
    now = turned(then, frozenset(row) - {"status"})
    assert same_fields(then.registers[0], now.registers[0]) == COMPARED
    sheet = then.grid.sheets[0]
    cells = sheet.cells.copy()
    column = then.registers[0].table.column("status")
    assert column is not None
    place = then.registers[0].table.rows[0], column.index
    cells[place] = Cell(*place, "Closed", None, 0)
    grid: Grid = replace(then.grid, sheets=[replace(sheet, cells=cells)])
    closed = build_book(grid, then.layout, Config(), then.path, then.sha256)
    assert same_fields(then.registers[0], closed.registers[0]) == COMPARED - {"status"}
