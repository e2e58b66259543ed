"""The first sheet: how much changed, the bands before and now, and each risk that changed in plain sentences."""

from __future__ import annotations

from typing import Any

from regsheet.changes.comparison import BandCount, Comparison, Risk, Score
from regsheet.changes.sentences import change_sentences, counts, item_sentence
from regsheet.changes.workbook.sheet import TableRows, Workbook
from regsheet.changes.workbook.sides import Rows
from regsheet.changes.workbook.wording import wording
from regsheet.writer.sheets.look import GREY, HAIR, NAVY, SLATE
from regsheet.writer.sheets.page import Page, footer

WIDTHS = (8.0, 32.0, 22.0, 17.0, 14.0, 14.0, 74.0)
TILES = ("new", "gone", "changed", "worse", "better", "owners", "action_dates", "assurance")
TILE_COLUMNS = ((0, 1), (2, 2), (3, 3), (4, 5))
"""The columns of the table that each tile of a row covers, the first and the last."""

CHART_ROWS = 4
"""Bands beside whose table the chart has room; with fewer, rows are left free for it."""

FILE_WIDTHS = (36.0, 36.0, 8.0, 10.0, 10.0, 10.0, 10.0, 60.0)
FILE_COUNTS = ("new", "gone", "changed", "worse", "better")


def add_summary(workbook: Workbook) -> Page:
    """Add the sheet; its table is written by ``fill_summary`` once the other sheets are known."""
    return workbook.page("summary", WIDTHS, NAVY)


def fill_summary(workbook: Workbook, page: Page, sides: Rows) -> None:
    """Write the sheet's tiles, remarks, bands and table."""
    row = _bands(workbook, page, _tiles(workbook, page, 3))
    row = _remarks(workbook, page, row + 1)
    _table(workbook, page, row, sides)


def _tiles(workbook: Workbook, page: Page, row: int) -> int:
    """How much changed, in large figures: two rows of tiles, four side by side."""
    words, look = wording("summary"), page.look
    numbers = _totals(workbook)
    first = 1 if workbook.several else 0
    for number, (key, label) in enumerate(zip(TILES, words["tiles"], strict=True)):
        top = row + 3 * (number // 4)
        left, right = (first + column for column in TILE_COLUMNS[number % 4])
        for at, value, style in ((top, numbers[key], "tile number"), (top + 1, label, "tile label")):
            if right > left:
                page.sheet.merge_range(at, left, at, right, "", look(style))
            page.value(at, left, value, look(style))
        page.height(top, 30)
        page.height(top + 1, 16)
        page.height(top + 2, 6)
    return row + 6


def _totals(workbook: Workbook) -> dict[str, int]:
    found = [counts(book) for book in workbook.compared.books]
    numbers = {key: sum(count[key] for count in found) for key in (found[0] if found else dict.fromkeys(TILES, 0))}
    return {**numbers, "assurance": sum(len(book.items) for book in workbook.compared.books)}


def _remarks(workbook: Workbook, page: Page, row: int) -> int:
    last = len(page.widths) - 1
    several = workbook.several
    remarks = [f"{book.new_file}: {remark}" if several else remark
               for book in workbook.compared.books for remark in book.remarks]  # fmt: skip
    if not remarks:
        return row
    page.section(row, 0, last, wording("summary")["remarks"])
    for number, remark in enumerate(remarks, 1):
        page.span(row + number, 0, last, remark, page.look("line"))
    return row + len(remarks) + 2


def _bands(workbook: Workbook, page: Page, row: int) -> int:
    """The bands before and now: a small table under the tiles, a chart beside them. For a single pair of workbooks."""
    books = workbook.compared.books
    bands = books[0].bands if len(books) == 1 else ()
    if len(bands) < 2:
        return row
    words, look = wording("summary"), page.look
    for column, text in zip((1, 2, 3, 4), words["bands"], strict=True):
        page.text(row, column, text, look("heading" if column == 1 else "heading centre"))
    for number, band in enumerate(bands, 1):
        _band(page, row + number, band)
    chart = _chart(workbook, page, row, bands)
    told = "; ".join(f"{band.band}: {band.old} {words['chart_then']}, {band.new} {words['chart_now']}"
                     for band in bands)  # fmt: skip
    page.sheet.insert_chart(3, 6, chart, {
        "description": words["chart_alt"].format(told=told), "object_position": 1, "x_offset": 20,
    })  # fmt: skip
    return row + len(bands) + 1 + max(0, CHART_ROWS - len(bands))


def _band(page: Page, row: int, band: BandCount) -> None:
    look = page.look
    page.text(row, 1, band.band, look.filled("cell", band.colour or None, bold=True))
    for column, number in ((2, band.old), (3, band.new)):
        page.value(row, column, number, look("cell", align="center"))
    page.value(row, 4, band.new - band.old, look("cell", align="center", num_format="+0;-0;0"))


def _chart(workbook: Workbook, page: Page, head: int, bands: tuple[BandCount, ...]) -> Any:
    """Two bars a band: pale before, dark now, each with its figure."""
    chart = workbook.book.add_chart({"type": "bar"})
    font = {"name": page.look.font, "size": 9, "color": GREY}
    last = head + len(bands)
    for column, fill in ((3, NAVY), (2, "#A9B8D3")):
        chart.add_series({
            "name": [page.name, head, column],
            "categories": [page.name, head + 1, 1, last, 1],
            "values": [page.name, head + 1, column, last, column],
            "fill": {"color": fill}, "border": {"none": True}, "gap": 60,
            "data_labels": {"value": True, "font": font},
        })  # fmt: skip
    chart.set_y_axis({"reverse": True, "num_font": font, "line": {"color": HAIR}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_legend({"position": "right", "font": font})
    chart.set_title({
        "name": wording("summary")["chart"], "overlay": False,
        "name_font": {"name": page.look.font, "size": 11, "bold": True, "color": NAVY},
    })  # fmt: skip
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 500, "height": 195})
    return chart


def _table(workbook: Workbook, page: Page, row: int, sides: Rows) -> None:
    words = wording("summary")
    rows = TableRows(workbook, page, row + 1)
    stage = _stage_name(workbook)
    heads = [head.format(stage=stage) for head in words["heads"]]
    for book in workbook.compared.books:
        _book(rows, book, sides)
    if rows.at == rows.head_row:
        rows.begin("")
        for column in range(len(heads) - 1):
            rows.text(column, "")
        rows.text(len(heads) - 1, words["none"])
    rows.finish("What_changed", heads, frozen=0)
    page.sheet.freeze_panes(0, 0)  # the table begins too far down to hold its headings in view


def _book(rows: TableRows, book: Comparison, sides: Rows) -> None:
    words = wording("summary")
    for risk in book.new:
        _risk(rows, book, risk, words["new"], (None, _current(risk)), _sentence(risk, words["new_sentence"]))
    for risk in book.gone:
        _risk(rows, book, risk, words["gone"], (_current(risk), None), _sentence(risk, words["gone_sentence"]))
    for place, change in enumerate(book.changed):
        what = words["closed" if change.closing == "closed" else "reviewed" if change.only_reviewed else "changed"]
        scores = _current(change.old), _current(change.new)
        _risk(rows, book, change.new, what, scores, "\n".join(change_sentences(change)))
        if (book.new_file, place) in sides and change.new.ref:
            rows.page.link(rows.at, rows.first, wording("names")["sides"], f"A{sides[book.new_file, place] + 1}",
                           change.new.ref, rows.page.look("cell link"))  # fmt: skip
    _assurance(rows, book)


def _assurance(rows: TableRows, book: Comparison) -> None:
    """A row for each risk whose assurance changed."""
    words = wording("summary")
    on_one = {(risk.ref, risk.title): key for key, risks in (("risk_new", book.map_new), ("risk_gone", book.map_gone))
              for risk in risks}  # fmt: skip
    named = dict.fromkeys((*on_one, *((change.risk_ref, change.risk_title) for change in book.items)))
    for name in named:
        sentences = [wording("assurance")[on_one[name]]] if name in on_one else []
        sentences += [item_sentence(change) for change in book.items
                      if (change.risk_ref, change.risk_title) == name and name not in on_one]  # fmt: skip
        _risk(rows, book, Risk(*name), words["assurance"], (None, None), "\n".join(sentences))


def _risk(rows: TableRows, book: Comparison, risk: Risk, what: str, scores: tuple[Score | None, Score | None],
          sentences: str) -> None:  # fmt: skip
    rows.begin(book.new_file)
    rows.text(0, risk.ref, "cell strong")
    rows.text(1, risk.title, "cell strong")
    rows.text(2, risk.owner)
    rows.text(3, what)
    for column, score in enumerate(scores, 4):
        rows.score(column, score)
    rows.text(6, sentences)


def _sentence(risk: Risk, usual: str) -> str:
    """What is said of a risk that came or went: from where or whereto, if that is known."""
    return f"{risk.elsewhere[:1].upper()}{risk.elsewhere[1:]}." if risk.elsewhere else usual


def _current(risk: Risk) -> Score | None:
    """The score that counts: residual, else inherent."""
    return risk.scores.get("residual") or risk.scores.get("inherent")


def _stage_name(workbook: Workbook) -> str:
    """What the registers call the stage that counts, where they all call it the same."""
    names = {score.stage_name for book in workbook.compared.books
             for risk in (*book.new, *book.gone, *(change.new for change in book.changed))
             if (score := _current(risk)) is not None}  # fmt: skip
    return names.pop() if len(names) == 1 else str(wording("summary")["stage"])


def add_files(workbook: Workbook) -> None:
    """Add the sheet of workbooks, where folders were compared."""
    compared = workbook.compared
    if not (workbook.several or compared.only_old or compared.only_new or compared.failed):
        return
    words = wording("files")
    name = wording("names")["files"]
    page = Page(workbook.book, workbook.look, name, FILE_WIDTHS, footer=footer(name, ""), tab=SLATE)
    page.title(words["title"], workbook.subtitle("files"), 7)
    rows = TableRows(Workbook(workbook.book, workbook.look, compared), page)
    rows.first = 0
    for book in compared.books:
        number = counts(book)
        remark = wording("summary")["none"] if book.is_empty else ""
        _file(rows, book.old_file, book.new_file, [number[key] for key in FILE_COUNTS], remark)
    for name in compared.only_new:
        _file(rows, "", name, [], words["only_new"])
    for name in compared.only_old:
        _file(rows, name, "", [], words["only_old"])
    for item in compared.failed:
        from_old = item.file.startswith(compared.old)
        _file(rows, item.file if from_old else "", "" if from_old else item.file, [], item.reason)
    rows.finish("Workbooks_compared", words["heads"], frozen=0)


def _file(rows: TableRows, old: str, new: str, numbers: list[int], remark: str) -> None:
    rows.at += 1
    rows.text(0, old)
    rows.text(1, new)
    for column in range(5):
        rows.number(column + 2, numbers[column] if numbers else None, align="center")
    rows.text(7, remark)
