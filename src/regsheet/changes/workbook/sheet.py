"""What the sheets of the workbook share: a table with a heading for each column, and texts with their words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from regsheet.changes.comparison import Comparisons, Piece, Score
from regsheet.changes.sentences import score_words
from regsheet.changes.workbook.wording import wording
from regsheet.limits import MAX_TEXT_LENGTH
from regsheet.writer.sheets.look import Look
from regsheet.writer.sheets.page import Page, footer
from regsheet.writer.sheets.tables import HEAD_ROW, add_table
from regsheet.writer.sheets.texts import printable

WENT, CAME = "#9C2A10", "#0B5394"
"""The colours of words that went and that came: outside red, amber and green, and never alone."""

MOST_PIECES = 400
"""A text in more pieces is shown without marks: so many runs of letters make Excel slow."""

FILE_WIDTH = 20.0

TIGHT, TIGHTER = 0.94, 0.86
"""Which part of a column's width texts fill, and bold texts, before they need another line: rather too tall a row."""


@dataclass
class Workbook:
    """The workbook that is being written. ``several``: more than one pair was compared, so each row names its file."""

    book: Any
    look: Look
    compared: Comparisons

    @property
    def several(self) -> bool:
        """Whether each row has to say which workbook it is about."""
        return len(self.compared.books) > 1

    def page(self, key: str, widths: Sequence[float], tab: str) -> Page:
        """A new sheet; where several workbooks were compared, its first column is theirs."""
        name = wording("names")[key]
        widths = (FILE_WIDTH, *widths) if self.several else tuple(widths)
        right = f"{self.compared.old} → {self.compared.new}"
        page = Page(self.book, self.look, name, widths, footer=footer(name, right), tab=tab)
        page.title(wording(key)["title"], self.subtitle(key), len(widths) - 1)
        return page

    def subtitle(self, key: str) -> str:
        """The sentence under a sheet's title."""
        return str(wording(key)["subtitle"]).format(old=self.compared.old, new=self.compared.new)


class TableRows:
    """Fills a table row by row; ``at`` is the sheet row that is being filled, counted from 0."""

    def __init__(self, workbook: Workbook, page: Page, head_row: int = HEAD_ROW) -> None:
        self.workbook, self.page, self.head_row = workbook, page, head_row
        self.first = 1 if workbook.several else 0
        self.at = head_row

    def begin(self, file: str) -> None:
        """Go on to the next row; ``file`` is the workbook it is about."""
        self.at += 1
        if self.first:
            self.page.fitted(self.at, 0, file, self.page.look("cell quiet"))

    def text(self, column: int, text: str, style: str = "cell", **changes: Any) -> None:
        """A text in a column of the table, the row made tall enough."""
        place = self.first + column
        self.page.text(self.at, place, text, self.page.look(style, **changes))
        self.page.fit(self.at, printable(text), self.page.widths[place] * (TIGHT if style == "cell" else TIGHTER))

    def number(self, column: int, number: float | None, style: str = "cell", **changes: Any) -> None:
        """A number, or an empty cell."""
        self.page.value(self.at, self.first + column, number, self.page.look(style, **changes))

    def score(self, column: int, score: Score | None) -> None:
        """A score in its band's colour, with its band in words."""
        if score is None or score.is_blank:
            self.text(column, "", align="center")
            return
        place = self.first + column
        style = self.page.look.filled("cell", score.colour or None, align="center", bold=True)
        self.page.fitted(self.at, place, score_words(score), style)

    def marked(self, column: int, text: str, pieces: Sequence[Piece], side: str) -> None:
        """A text with its words marked: ``side`` says which of its pieces stand here, deleted or inserted ones."""
        shown = [piece for piece in pieces if piece.change in ("same", side)]
        place, look = self.first + column, self.page.look
        cell = look("cell")
        told = printable("".join(piece.text for piece in shown).strip())
        if len(shown) < 2 or len(shown) > MOST_PIECES or len(told) > MAX_TEXT_LENGTH // 2:
            whole = bool(shown) and all(piece.change == side for piece in shown)
            changes = _marks(side, whole=True) if whole else {}
            self.page.fitted(self.at, place, told if shown else text, look("cell", **changes))
            return
        runs: list[Any] = []
        for number, piece in enumerate(shown):
            words = printable(piece.text.lstrip() if number == 0 else piece.text)
            if words:
                runs += [look("", font_size=9, **_marks(piece.change, whole=False)), words]
        self.page.sheet.write_rich_string(self.at, place, *runs, cell)
        self.page.fit(self.at, told, self.page.widths[place] * TIGHT)

    def finish(self, name: str, heads: Sequence[str], *, frozen: int) -> None:
        """Make it a table with filters, its headings frozen and repeated in print."""
        if self.first:
            heads = [wording("summary")["file"], *heads]
        add_table(self.page, name, heads, max(self.at, self.head_row + 1), frozen=frozen + self.first,
                  head_row=self.head_row)  # fmt: skip


def _marks(change: str, *, whole: bool) -> dict[str, Any]:
    """How words that went or came look."""
    if change == "deleted":
        return {"font_strikeout": True, "font_color": WENT}
    if change == "inserted":
        return {"font_color": CAME} if whole else {"bold": True, "underline": 1, "font_color": CAME}
    return {}
