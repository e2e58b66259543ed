"""Formulas that keep the heatmap live: they read the register's own reference, likelihood and impact cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from regsheet.grid.addresses import address, letters
from regsheet.grid.cells import Value
from regsheet.limits import MAX_FORMULA_LENGTH
from regsheet.writer.sheets.heatmap.placement import Plan, rating_words
from regsheet.writer.sheets.page import absolute, quoted
from regsheet.writer.sheets.texts import display, is_number
from regsheet.writer.sheets.wording import wording

MOST_ROWS_NAMED = 300
LONGEST_LITERAL = 250
SCORES = ("likelihood", "impact")
NOTHING = '""'
PLAIN = frozenset({int, float, type(None)})

RISK = "\x02"
"""Stands for a risk's row of the register in a formula that is the same for many; no text of a workbook can have it."""


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
        test = self._match(likelihood, impact)
        return self._listed(self._sort(test, self.label, NOTHING), self._sort(test, "1", "0"), most, fallback)

    def not_placed(self, most: int, fallback: str) -> str:
        """How many risks stand nowhere on the matrix, and which."""
        names = self._sort(self._placed(), NOTHING, self.label, other=NOTHING)
        number = self._sort(self._placed(), "0", "1", other="0")
        return self._listed(names, number, most, fallback, nobody=literal(wording("heatmap")["nobody"]))

    def count(self, cells: Iterable[tuple[int, int]], cached: int) -> str:
        """How many risks stand in these cells of the matrix."""
        if not self.rated:
            raise NotLiveError("fixed_bands")
        tests = "+".join(self._match(likelihood, impact) for likelihood, impact in cells)
        return _checked(f"IFERROR(SUM({self._sort(tests or '0', '1', '0')}),{cached})")

    @property
    def matrix(self) -> str:
        """What each cell of the matrix says, as an array constant: one word a cell, a row for each likelihood."""
        return self._matrix[0]

    def rating(self, otherwise: str, matrix: str) -> str:
        """The rating and band in words of a risk in the register's row ``RISK``; ``otherwise`` if a score is missing.

        ``matrix`` is the name under which the workbook knows ``self.matrix``: in each formula it would be too much.
        """
        if not self.rated:
            raise NotLiveError("fixed_bands")
        sheet, (_, rows, columns) = quoted(self.plan.register.sheet_name), self._matrix
        up, across = (f"{sheet}!{letters(_column(self.plan, self.stage, score))}{RISK}" for score in SCORES)
        off = literal(wording("heatmap")["off_scale"])
        return (
            f"IF(COUNT({up},{across})=2,IFERROR(INDEX({matrix},"
            f"MATCH({up},{rows},0),MATCH({across},{columns},0)),{off}),{literal(otherwise)})"
        )

    # -- pieces ------------------------------------------------------------------------------------------------

    def _sort(self, test: str, passed: str, failed: str, other: str = "") -> str:
        """One mark for each row that passes, another for the rest; an error, text or blank for a score fails.

        ``other`` is that of rows that are no risk's, if they are not to be like the rest.
        """
        inner = f"IF(ISNUMBER({self.impact}),IF({test},{passed},{failed}),{failed})"
        body = f"IF(ISNUMBER({self.likelihood}),{inner},{failed})"
        if not self.rows:
            return body
        return f"IF(ISNUMBER(MATCH(ROW({self.likelihood}),{self.rows},0)),{body},{other or failed})"

    def _match(self, likelihood: int, impact: int) -> str:
        assert self.plan.likelihood is not None  # noqa: S101 - no formulas without a matrix
        assert self.plan.impact is not None  # noqa: S101
        up, across = self.plan.likelihood.steps[likelihood].low, self.plan.impact.steps[impact].low
        return f"({self.likelihood}={number(up)})*({self.impact}={number(across)})"

    def _placed(self) -> str:
        _, rows, columns = self._matrix
        return f"ISNUMBER(MATCH({self.likelihood},{rows},0))*ISNUMBER(MATCH({self.impact},{columns},0))"

    def _listed(self, names: str, number: str, most: int, fallback: str, nobody: str = "") -> str:
        total = f"SUM({number})"
        joined = f'_xlfn.TEXTJOIN(", ",TRUE,{names})'
        if nobody:
            joined = f'IF({total}=0,{nobody},{total}&": "&{joined})'
        return _checked(f"IFERROR(IF({total}>{most},{total}&{self._several},{joined}),{literal(fallback)})")

    @cached_property
    def _several(self) -> str:
        return literal(wording("heatmap")["several"].format(count=""))

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


class Liveness:
    """What can be live of a register's matrix, stage by stage."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def stage(self, stage: str) -> Live:
        """The formulas of one stage.

        Raises ``NotLiveError`` where the register's cells are not plain numbers, one row a risk.
        """
        plan, rows = self._plan, self._plan.register.table.rows
        register = plan.register
        if not plan.exact:
            raise NotLiveError("fixed_ranges")
        if len(set(rows)) != len(rows):
            raise NotLiveError("fixed_rows")
        columns = {score: _column(plan, stage, score) for score in SCORES}
        for score, column in columns.items():
            self._check_scores(f"{stage}_{score}", column)
        reference = self._reference
        if isinstance(reference, NotLiveError):
            raise reference
        first, last = min(rows), max(rows)
        area = {score: absolute(register.sheet_name, first, column, last) for score, column in columns.items()}
        named = "" if len(rows) == last - first + 1 else "{" + ",".join(map(str, sorted(rows))) + "}"
        if named and len(rows) > MOST_ROWS_NAMED:
            raise NotLiveError("fixed_length")
        label = _label(
            area["likelihood"], None if reference is None else absolute(register.sheet_name, first, reference, last)
        )
        return Live(plan, stage, area["likelihood"], area["impact"], label, named, _rated(plan, stage))

    def _check_scores(self, field: str, column: int) -> None:
        """Every score must be a number in its own row and column, and whatever is no score must be no number."""
        register = self._plan.register
        values, held = register.values(field), self._held(field, column)
        if held is not None and read_alike(values, held):
            return
        own, cells = [address(row, column) for row in register.table.rows], self._cells(column)
        for found, at, value, cell in zip(register.addresses(field), own, values, cells, strict=True):
            if found not in (None, at):
                raise NotLiveError("fixed_rows")
            if _is_other(value, cell):
                raise NotLiveError("fixed_text")

    @cached_property
    def _reference(self) -> int | NotLiveError | None:
        """The column of references, the same for every stage, if formulas on it give the very labels shown; or why not.

        None where the sheet has none, and labels are rows.
        """
        register = self._plan.register
        column = register.table.column("ref")
        if column is None:
            return NotLiveError("fixed_rows") if any(register.values("ref")) else None
        by_row, held = wording("heatmap")["row"], self._held("ref", column.index)
        cells = self._cells(column.index) if held is None else held
        labelled = zip(register.table.rows, cells, self._plan.labels, strict=True)
        # Labels are trimmed already.
        if any(cell != label and (_trimmed(display(cell)) or by_row.format(row=row)) != label
               for row, cell, label in labelled):  # fmt: skip
            return NotLiveError("fixed_rows")
        return column.index

    def _held(self, field: str, column: int) -> list[Value] | None:
        """What the register read from a column's own cells, if nothing was read from others."""
        source = self._plan.register.sources.get(field)
        return None if source is None else source.held_in(letters(column))

    def _cells(self, column: int) -> list[Value]:
        """What the sheet has in a column, in the row of each risk."""
        rows = self._plan.register.sheet.cells.rows
        found = map(rows.get, self._plan.register.table.rows)
        return [None if row is None else row.get(column) for row in found]


def number(value: float) -> str:
    """A score as a formula writes it, to the last digit."""
    return str(int(value)) if value == int(value) else repr(value)


def literal(text: str) -> str:
    """A text as a formula writes it, in pieces no longer than Excel takes."""
    if len(text) <= LONGEST_LITERAL:
        return '"' + text.replace('"', '""') + '"'
    pieces = [text[at : at + LONGEST_LITERAL] for at in range(0, len(text), LONGEST_LITERAL)]
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


def read_alike(values: Sequence[object], cells: Sequence[Value]) -> bool:
    """Whether formulas that read the cells would find the very scores. The same few come again and again."""
    if values == cells and PLAIN.issuperset(map(type, cells)):
        return not any(_is_other(cell, cell) for cell in set(cells))
    # True and 1 are equal, so kinds count too.
    pairs = set(zip(values, cells, map(type, cells), strict=True))
    return not any(_is_other(value, cell) for value, cell, _ in pairs)


def _is_other(value: object, cell: Value) -> bool:
    """Whether a formula that reads the cell would find something else than the score."""
    return (value is None) == is_number(cell) or (value is not None and cell != value)


def _trimmed(text: str) -> str:
    """A text as Excel's TRIM gives it."""
    return (re.sub(" +", " ", text) if "  " in text else text).strip(" ")


def _rated(plan: Plan, stage: str) -> bool:
    """Whether what the matrix says of a cell is what is said of each risk in it."""
    return all(
        rating_words(*plan.cell(stage, one.likelihood, one.impact)) == (one.words or None)
        for one in set(plan.standings[stage])
        if one.likelihood is not None and one.impact is not None
    )


def _checked(formula: str) -> str:
    if len(formula) > MAX_FORMULA_LENGTH - 10:
        raise NotLiveError("fixed_length")
    return formula
