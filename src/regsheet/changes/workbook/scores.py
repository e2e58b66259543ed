"""The sheet of score moves, and the one of risks that came, went or were closed."""

from __future__ import annotations

from regsheet.changes.comparison import Comparison, Risk, RiskChange, Score, ScoreMove
from regsheet.changes.sentences import part_words
from regsheet.changes.workbook.sheet import TableRows, Workbook
from regsheet.changes.workbook.wording import wording
from regsheet.layout.tables import STAGES
from regsheet.writer.sheets.look import SLATE


def add_scores(workbook: Workbook) -> None:
    """Add the sheet of score moves, where any moved."""
    if not any(change.moves for book in workbook.compared.books for change in book.changed):
        return
    page = workbook.page("scores", (7.0, 32.0, 20.0, 11.0, 8.5, 11.0, 10.0, 8.5, 11.0, 7.0, 12.0, 12.0), SLATE)
    rows = TableRows(workbook, page)
    for book in workbook.compared.books:
        for change, move in book.moves:
            _move(rows, book, change, move)
    rows.finish("Score_moves", wording("scores")["heads"], frozen=2)


def _move(rows: TableRows, book: Comparison, change: RiskChange, move: ScoreMove) -> None:
    rows.begin(book.new_file)
    rows.text(0, change.new.ref or change.old.ref, "cell strong")
    rows.text(1, change.new.title or change.old.title)
    rows.text(2, change.new.owner)
    rows.text(3, move.name)
    _rating(rows, 4, move.old)
    rows.text(6, wording("scores")[move.move], "cell strong", align="center")
    _rating(rows, 7, move.new)
    by = None if move.old.rating is None or move.new.rating is None else round(move.new.rating - move.old.rating, 6)
    rows.number(9, by or None, align="center", num_format="+0.##;-0.##;0" if by != int(by or 0) else "+0;-0;0")
    for column, part in ((10, "likelihood"), (11, "impact")):
        old, new = part_words(move.old, part), part_words(move.new, part)
        rows.text(column, f"{old} → {new}" if part in move.parts else new, align="center")


def _rating(rows: TableRows, column: int, score: Score) -> None:
    """A rating as a number in its band's colour, and the band in words beside it."""
    fill = rows.page.look.filled("cell", score.colour or None, align="center", bold=True)
    if score.rating is None:
        rows.text(column, "" if score.is_blank else part_words(score, "rating"), align="center")
    else:
        rows.page.value(rows.at, rows.first + column, score.rating, fill)
    rows.page.fitted(rows.at, rows.first + column + 1, score.band, fill if score.band else rows.page.look("cell"))


def add_moves(workbook: Workbook) -> None:
    """Add the sheet of risks that came, went or were marked as closed, where there are any."""
    if not any(book.new or book.gone or book.closed for book in workbook.compared.books):
        return
    page = workbook.page("moves", (16.0, 7.0, 36.0, 24.0, 12.0, 13.0, 13.0, 13.0, 16.0, 8.0), SLATE)
    rows, words = TableRows(workbook, page), wording("summary")
    for book in workbook.compared.books:
        for key, risks in (
            ("new", book.new), ("gone", book.gone), ("closed", tuple(change.new for change in book.closed)),
        ):  # fmt: skip
            for risk in risks:
                _risk(rows, book, words[key], risk)
    rows.finish("New_and_closed", wording("moves")["heads"], frozen=3)


def _risk(rows: TableRows, book: Comparison, what: str, risk: Risk) -> None:
    rows.begin(book.new_file)
    rows.text(0, what, "cell strong")
    for column, text in ((1, risk.ref), (2, risk.title), (3, risk.owner), (4, risk.status)):
        rows.text(column, text)
    for column, stage in enumerate(STAGES, 5):
        rows.score(column, risk.scores.get(stage))
    rows.text(8, risk.sheet, "cell quiet")
    rows.text(9, risk.cell, "cell quiet")
