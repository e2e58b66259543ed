"""A small register with a title above, a second sheet, and what people do to copies of it."""

import datetime as dt
import random
import warnings
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from regsheet.grid.addresses import letters
from regsheet.pipeline import Options

OPTIONS = Options(as_of=dt.date(2024, 12, 31))
SHEET, LEGEND = "Register", "Guidance"
HEADINGS = (
    "Ref", "Risk", "Cause", "Consequence", "Inherent Likelihood", "Inherent Impact", "Inherent Rating", "Controls",
    "Residual Likelihood", "Residual Impact", "Residual Rating", "Further Actions", "Target Date", "Risk Owner",
)  # fmt: skip
HEAD_ROW = 3
RATINGS = {6: (4, 5), 10: (8, 9)}
BUILDINGS = ("library", "depot", "museum", "school", "market", "harbour", "theatre", "workshop")
OWNERS = ("Head of Property", "Head of Housing", "Head of Finance")


def risk(number: int, scores: tuple[int, int, int, int], wrong: bool = False) -> list[object]:
    """One risk in order, or with a wrong rating."""
    building = BUILDINGS[number - 1]
    inherent, residual = scores[0] * scores[1], scores[2] * scores[3]
    return [
        f"R{number}", f"Loss of the {building} to fire", f"The {building} is heated by an ageing boiler",
        f"Services at the {building} stop for weeks", *scores[:2], inherent + wrong,
        f"The {building} is inspected each spring", *scores[2:], residual, f"Replace the boiler of the {building}",
        dt.datetime(2025, number, 28), OWNERS[number % len(OWNERS)],
    ]  # fmt: skip


def write_register(path: Path, risks: list[list[object]], formulas: bool = False) -> Path:
    """The register, its ratings typed or worked out."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet(SHEET)
        head, cell = book.add_format({"bold": True, "border": 1}), book.add_format({"border": 1, "text_wrap": True})
        sheet.write(0, 0, "Register of the property service")
        sheet.write_row(HEAD_ROW - 1, 0, HEADINGS, head)
        for row, values in enumerate(risks, HEAD_ROW):
            for column, value in enumerate(values):
                if formulas and column in RATINGS and value is not None:
                    left, right = (letters(each + 1) for each in RATINGS[column])
                    sheet.write_formula(row, column, f"={left}{row + 1}*{right}{row + 1}", cell, value)
                elif isinstance(value, dt.datetime):
                    sheet.write_datetime(row, column, value)
                else:
                    sheet.write(row, column, value, cell)
        legend = book.add_worksheet(LEGEND)
        legend.write_column(
            0, 0, ["How to fill in the register", "Say what could happen, and why.", "Ask if in doubt."]
        )
    return path


def load(path: Path) -> openpyxl.Workbook:
    """A workbook by openpyxl, which warns of what it will drop."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path)


@dataclass
class Cell:
    """What a cell of the copy holds: value, look, note; a ``formula`` is written anew wherever it comes to stand."""

    value: object = None
    style: object = None
    comment: Comment | None = None
    formula: bool = False


@dataclass
class Copy:
    """A copy of the annotated register in somebody's hands.

    ``rows`` and ``columns`` name what each row and column of the body was as sent: its index, None for a new one.
    ``typed`` are the texts that must turn up somewhere, ``answers`` the findings that were answered.
    """

    path: Path
    book: openpyxl.Workbook
    rows: list[int | None]
    columns: list[int | None]
    body: list[list[Cell]]
    head: list[Cell]
    typed: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    number: int = 0

    @classmethod
    def of(cls, sent: Path, path: Path, risks: int) -> "Copy":
        """The annotated workbook, opened."""
        book = load(sent)
        sheet = book[SHEET]
        columns = range(1, len(HEADINGS) + 1)
        body = [[_taken(sheet, row, column) for column in columns]
                for row in range(HEAD_ROW + 1, HEAD_ROW + 1 + risks)]  # fmt: skip
        head = [_taken(sheet, HEAD_ROW, column) for column in columns]
        return cls(path, book, list(range(risks)), list(range(len(HEADINGS))), body, head)

    def save(self) -> Path:
        """Write the register back into the workbook and save that."""
        sheet = self.sheet
        for place, cell in enumerate(self.head, 1):
            _put(sheet, HEAD_ROW, place, cell)
        for row, cells in enumerate(self.body, HEAD_ROW + 1):
            for place, cell in enumerate(cells, 1):
                _put(sheet, row, place, self._with_formula(cell, row, place))
        self.book.save(self.path)
        return self.path

    def _with_formula(self, cell: Cell, row: int, place: int) -> Cell:
        if not cell.formula:
            return cell
        parts = RATINGS[self.columns[place - 1]]  # type: ignore[index]
        left, right = (letters(self.columns.index(part) + 1) for part in parts)
        return Cell(f"={left}{row}*{right}{row}", cell.style, cell.comment)

    @property
    def sheet(self) -> Worksheet:
        """The register's sheet, whatever it is called now."""
        return self.book.worksheets[0]

    def text(self, kind: str) -> str:
        """A text that nobody else types."""
        self.number += 1
        made = f"{kind} {self.number} of {self.path.stem}"
        self.typed.append(made)
        return made

    # -- what people do ----------------------------------------------------------------------------------------

    def type_value(self, row: int, column: int, value: object) -> None:
        """Another value into a cell of a risk's row."""
        cell = self.body[row][column]
        if isinstance(cell.value, str) and cell.value in self.typed:
            self.typed.remove(cell.value)  # typed over by the same person
        cell.value, cell.formula = value, False

    def type_title(self) -> None:
        """Another title above the register."""
        self.sheet["A1"] = self.text("title")

    def type_legend(self, row: int) -> None:
        """Something on the other sheet, over what is there or below."""
        old = self.book[LEGEND].cell(row, 1).value
        if old in self.typed:
            self.typed.remove(old)
        self.book[LEGEND].cell(row, 1).value = self.text("legend")

    def note(self, row: int, column: int) -> None:
        """A note at a cell, below ours where it has one."""
        cell, text = self.body[row][column], self.text("note")
        old = f"{cell.comment.text}\n" if cell.comment is not None else ""
        cell.comment = Comment(old + text, "Somebody")

    def delete_row(self, row: int) -> None:
        """Take out a risk, with what was typed in its row."""
        for cell in self.body.pop(row):
            for text in list(self.typed):
                if cell.value == text or (cell.comment is not None and text in cell.comment.text):
                    self.typed.remove(text)
        self.rows.pop(row)

    def insert_row(self, row: int, blank: bool) -> None:
        """A new risk, or a blank row."""
        cells = [Cell() for _ in self.columns]
        if not blank:
            for column in (0, 1, 3):
                cells[min(column, len(cells) - 1)].value = self.text("new")
        self.body.insert(row, cells)
        self.rows.insert(row, None)

    def sort(self, seed: int) -> None:
        """Put the rows in another order."""
        order = list(range(len(self.body)))
        random.Random(seed).shuffle(order)  # noqa: S311
        self.body = [self.body[place] for place in order]
        self.rows = [self.rows[place] for place in order]

    def insert_column(self, place: int, blank: bool) -> None:
        """A new column, filled in or blank."""
        self.head.insert(place, Cell(None if blank else self.text("heading")))
        for cells in self.body:
            cells.insert(place, Cell(None if blank else self.text("remark")))
        self.columns.insert(place, None)

    def move_column(self, place: int, to: int) -> None:
        """Move a column elsewhere."""
        for cells in (self.head, self.columns, *self.body):
            cells.insert(to, cells.pop(place))  # type: ignore[attr-defined]

    def rename_sheet(self) -> None:
        """Another name for the register's sheet."""
        self.sheet.title = "Our risks"

    def add_sheet(self) -> None:
        """A sheet of their own."""
        self.book.create_sheet(f"Workings {self.number}")["B3"] = self.text("working")

    def answer(self, row: int) -> None:
        """A reason on the Findings sheet."""
        findings = self.book["Findings"]
        heads = {cell.value: cell.column for cell in findings[4]}
        row = 5 + row % max(findings.max_row - 4, 1)
        if findings.cell(row, heads["Rule"]).value:
            reason = findings.cell(row, heads["Reason"])
            self.typed = [text for text in self.typed if text != reason.value]
            reason.value = self.text("reason")


def _taken(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    taken = Cell(
        cell.value, copy(cell._style), cell.comment, isinstance(cell.value, str) and cell.value.startswith("=")
    )
    cell.value, cell.comment = None, None
    return taken


def _put(sheet: Worksheet, row: int, column: int, content: Cell) -> None:
    cell = sheet.cell(row, column)
    cell.value = content.value  # type: ignore[assignment]
    if content.style is not None:
        cell._style = content.style  # type: ignore[assignment]
    cell.comment = None
    if content.comment is not None:
        old = content.comment
        cell.comment = Comment(old.text, old.author, old.height, old.width)
