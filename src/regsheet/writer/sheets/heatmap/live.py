"""Formulas that keep the heatmap live: they read the register's own reference, likelihood and impact cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from regsheet.grid.addresses import address
from regsheet.grid.cells import Value
from regsheet.limits import MAX_FORMULA_LENGTH
from regsheet.writer.sheets.heatmap.placement import Plan, rating_words
from regsheet.writer.sheets.page import absolute, quoted
from regsheet.writer.sheets.spelling import in_text
from regsheet.writer.sheets.texts import display, is_number
from regsheet.writer.sheets.wording import wording

MOST_ROWS_NAMED = 300
LONGEST_LITERAL = 250


class NotLiveError(Exception):
    """A stage's cells cannot be read by formulas; the key of the reason in the wording."""


@dataclass(frozen=True)
class Live:
    """One stage's columns of the register as references, and the formulas on them.

    ``rated``: the matrix gives each risk the rating and band that it has; else only places can be live.
    """

    plan: Plan
    stage: str
    likelihood: str
    impact: str
    label: str
    rows: str
    rated: bool

    def references(self, likelihood: int, impact: int, most: int, fallback: str) -> str:
        """The references in one cell of the matrix; a count when they are more than fit."""
        return self._listed(self._sort(self._match(likelihood, impact), "{yes}", "{no}"), most, fallback)

    def not_placed(self, most: int, fallback: str) -> str:
        """How many risks stand nowhere on the matrix, and which."""
        nobody = literal(wording("heatmap")["nobody"])
        return self._listed(self._sort(self._placed(), "{no}", "{yes}"), most, fallback, counted=nobody)

    def count(self, cells: Iterable[tuple[int, int]], cached: int) -> str:
        """How many risks stand in these cells of the matrix."""
        if not self.rated:
            raise NotLiveError("fixed_bands")
        tests = "+".join(self._match(likelihood, impact) for likelihood, impact in cells)
        return self._counted(self._sort(tests or "0", "{yes}", "{no}"), cached)

    @property
    def matrix(self) -> str:
        """What each cell of the matrix says, as an array constant: one word a cell, a row for each likelihood."""
        return self._matrix[0]

    def ratings(self, otherwise: Sequence[str], matrix: str) -> list[str]:
        """Each risk's rating and band in words; its text of ``otherwise`` while a score is missing. They are spelled.

        ``matrix`` is the name under which the workbook knows ``self.matrix``: in each formula it would be too much.
        """
        if not self.rated:
            raise NotLiveError("fixed_bands")
        sheet, off = in_text(self._sheet), in_text(self._off)
        _, rows, columns = self._matrix
        literals = {text: in_text(literal(text)) for text in set(otherwise)}
        return [
            f"IF(COUNT({sheet}!{up},{sheet}!{across})=2,IFERROR(INDEX({matrix},"
            f"MATCH({sheet}!{up},{rows},0),MATCH({sheet}!{across},{columns},0)),{off}),{literals[text]})"
            for up, across, text in zip(*self._singles, otherwise, strict=True)
        ]

    # -- pieces ------------------------------------------------------------------------------------------------

    def _sort(self, test: str, passed: str, failed: str) -> str:
        """One mark for each row that passes, another for the rest; an error, text or blank for a score fails."""
        inner = f"IF(ISNUMBER({self.impact}),IF({test},{passed},{failed}),{failed})"
        body = f"IF(ISNUMBER({self.likelihood}),{inner},{failed})"
        return f"IF(ISNUMBER(MATCH(ROW({self.likelihood}),{self.rows},0)),{body},{{no}})" if self.rows else body

    def _match(self, likelihood: int, impact: int) -> str:
        assert self.plan.likelihood is not None  # noqa: S101 - no formulas without a matrix
        assert self.plan.impact is not None  # noqa: S101
        up, across = self.plan.likelihood.scores[likelihood], self.plan.impact.scores[impact]
        return f"({self.likelihood}={number(up)})*({self.impact}={number(across)})"

    def _placed(self) -> str:
        _, rows, columns = self._matrix
        return f"ISNUMBER(MATCH({self.likelihood},{rows},0))*ISNUMBER(MATCH({self.impact},{columns},0))"

    def _listed(self, test: str, most: int, fallback: str, counted: str = "") -> str:
        names = test.replace("{yes}", self.label).replace("{no}", '""')
        total = f"SUM({test.replace('{yes}', '1').replace('{no}', '0')})"
        several = literal(wording("heatmap")["several"].format(count=""))
        joined = f'_xlfn.TEXTJOIN(", ",TRUE,{names})'
        if counted:
            joined = f'IF({total}=0,{counted},{total}&": "&{joined})'
        return _checked(f"IFERROR(IF({total}>{most},{total}&{several},{joined}),{literal(fallback)})")

    def _counted(self, test: str, cached: int) -> str:
        return _checked(f"IFERROR(SUM({test.replace('{yes}', '1').replace('{no}', '0')}),{cached})")

    @cached_property
    def _matrix(self) -> tuple[str, str, str]:
        """The matrix in words, and the scores of its rows and columns, as array constants."""
        assert self.plan.likelihood is not None  # noqa: S101 - no formulas without a matrix
        assert self.plan.impact is not None  # noqa: S101
        up, across = self.plan.likelihood.scores, self.plan.impact.scores
        words = [
            [rating_words(*self.plan.cell(self.stage, row, column)) for column in range(len(across))]
            for row in range(len(up))
        ]
        matrix = "{" + ";".join(",".join(literal(word) for word in row) for row in words) + "}"
        return matrix, "{" + ",".join(map(number, up)) + "}", "{" + ",".join(map(number, across)) + "}"

    @cached_property
    def _sheet(self) -> str:
        return quoted(self.plan.register.sheet_name)

    @cached_property
    def _off(self) -> str:
        return literal(wording("heatmap")["off_scale"])

    @cached_property
    def _singles(self) -> tuple[list[str], list[str]]:
        """The addresses of each risk's likelihood and impact."""
        return self._cells_of("likelihood"), self._cells_of("impact")

    def _cells_of(self, score: str) -> list[str]:
        register, column = self.plan.register, _column(self.plan, self.stage, score)
        found = register.addresses(f"{self.stage}_{score}")
        return [cell or address(row, column) for row, cell in zip(self.plan.rows, found, strict=True)]


class Liveness:
    """What can be live of a register's matrix, stage by stage."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._reference: int | NotLiveError | None = None
        self._looked_for_reference = False

    def stage(self, stage: str) -> Live:
        """The formulas of one stage.

        Raises ``NotLiveError`` where the register's cells are not plain numbers, one row a risk.
        """
        plan, rows = self._plan, self._plan.rows
        register = plan.register
        if not plan.exact:
            raise NotLiveError("fixed_ranges")
        if len(set(rows)) != len(rows):
            raise NotLiveError("fixed_rows")
        columns = {score: _column(plan, stage, score) for score in ("likelihood", "impact")}
        for score, column in columns.items():
            _check_scores(plan, f"{stage}_{score}", column)
        reference = self._reference_column()
        first, last = min(rows), max(rows)
        area = {score: absolute(register.sheet_name, first, column, last) for score, column in columns.items()}
        named = "" if len(rows) == last - first + 1 else "{" + ",".join(map(str, sorted(rows))) + "}"
        if named and len(rows) > MOST_ROWS_NAMED:
            raise NotLiveError("fixed_length")
        label = _label(
            area["likelihood"], None if reference is None else absolute(register.sheet_name, first, reference, last)
        )
        return Live(plan, stage, area["likelihood"], area["impact"], label, named, _rated(plan, stage))

    def _reference_column(self) -> int | None:
        """The column of references, the same for every stage."""
        if not self._looked_for_reference:
            self._looked_for_reference = True
            try:
                self._reference = _reference_column(self._plan)
            except NotLiveError as reason:
                self._reference = reason
        if isinstance(self._reference, NotLiveError):
            raise self._reference
        return self._reference


def number(value: float) -> str:
    """A score as a formula writes it, to the last digit."""
    return str(int(value)) if value == int(value) else repr(value)


def literal(text: str) -> str:
    """A text as a formula writes it, in pieces no longer than Excel takes."""
    pieces = [text[at : at + LONGEST_LITERAL] for at in range(0, len(text), LONGEST_LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def _label(rows: str, reference: str | None) -> str:
    by_row = f"{literal(wording('heatmap')['row'].format(row=''))}&ROW({rows})"
    if reference is None:
        return by_row
    return f'IF(TRIM({reference})="",{by_row},TRIM({reference}))'


def _column(plan: Plan, stage: str, score: str) -> int:
    column = plan.register.table.column(f"{stage}_{score}")
    if column is None:
        raise NotLiveError("fixed_rows")
    return column.index


def _check_scores(plan: Plan, field: str, column: int) -> None:
    """Every score must be a number in its own row and column, and whatever is no score must be no number."""
    addresses = plan.register.addresses(field)
    values, cells = plan.register.values(field), _cells(plan, column)
    # The same few scores come again and again; True and 1 are equal, so kinds count too.
    pairs = set(zip(values, cells, map(type, cells), strict=True))
    own = [address(row, column) for row in plan.rows]
    strangers = addresses != own and any(found not in (None, at) for found, at in zip(addresses, own, strict=True))
    if not strangers and not any(_is_other(value, cell) for value, cell, _ in pairs):
        return
    for found, at, value, cell in zip(addresses, own, values, cells, strict=True):
        if found not in (None, at):
            raise NotLiveError("fixed_rows")
        if _is_other(value, cell):
            raise NotLiveError("fixed_text")


def _cells(plan: Plan, column: int) -> list[Value]:
    """What the sheet has in a column, in the row of each risk."""
    rows = plan.register.sheet.cells.rows
    return [None if (found := rows.get(row)) is None else found.values.get(column) for row in plan.rows]


def _is_other(value: object, cell: Value) -> bool:
    """Whether a formula that reads the cell would find something else than the score."""
    return (value is None) == is_number(cell) or (value is not None and cell != value)


def _reference_column(plan: Plan) -> int | None:
    """The column of references, if a formula on it gives the very labels that are shown."""
    register = plan.register
    column = register.table.column("ref")
    if column is None:
        if any(register.values("ref")):
            raise NotLiveError("fixed_rows")
        return None
    by_row = wording("heatmap")["row"]
    for row, cell, label in zip(plan.rows, _cells(plan, column.index), plan.labels, strict=True):
        if (_trimmed(display(cell)) or by_row.format(row=row)) != label:
            raise NotLiveError("fixed_rows")
    return column.index


def _trimmed(text: str) -> str:
    """A text as Excel's TRIM gives it."""
    return (re.sub(" +", " ", text) if "  " in text else text).strip(" ")


def _rated(plan: Plan, stage: str) -> bool:
    """Whether what the matrix says of a cell is what is said of each risk in it."""
    said = {(place.likelihood, place.impact, place.words) for place in plan.places[stage]}
    return all(
        rating_words(*plan.cell(stage, likelihood, impact)) == words
        for likelihood, impact, words in said
        if likelihood is not None and impact is not None
    )


def _checked(formula: str) -> str:
    if len(formula) > MAX_FORMULA_LENGTH - 10:
        raise NotLiveError("fixed_length")
    return formula
