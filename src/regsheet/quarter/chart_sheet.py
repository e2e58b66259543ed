"""The sheet Figures, and the charts that are drawn from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from regsheet.quarter.figures import Summary
from regsheet.quarter.front import age_words
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import GREY, HAIR, SEVERITY_COLOURS, SLATE, Look
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.texts import date_words

WIDTHS = (26.0, 13.0, 34.0, 40.0, 14.0, 14.0, 12.0)


@dataclass(frozen=True, slots=True)
class Block:
    """Where figures stand on the sheet, counted from 0: headings in ``head``, labels in column 0."""

    head: int
    first: int
    last: int
    columns: int


@dataclass(frozen=True, slots=True)
class FigurePlaces:
    """Where the figures of each chart stand; None where there is nothing to draw."""

    bands: Block | None
    ages: Block | None


def places_of(summary: Summary) -> FigurePlaces:
    """Where the figures will stand, known before the sheet is drawn: the page before it has the charts."""
    bands = ages = None
    row = 3
    steps = len(summary.ladder.steps) + 1
    if len(summary.bands) > 1:
        bands = Block(row, row + 1, row + len(summary.bands), steps)
        row = bands.last + 3
    if summary.ages:
        ages = Block(row, row + 1, row + len(summary.ages), 3)
    return FigurePlaces(bands, ages)


def add_figures(book: Any, look: Look, summary: Summary, places: FigurePlaces, footer: str) -> None:
    """Add the sheet."""
    words, page = wording("sheets"), Page(book, look, wording("names")["figures"], WIDTHS, footer=footer, tab=SLATE)
    page.title(wording("names")["figures"], words["figures_subtitle"], len(WIDTHS) - 1)
    row = 2
    if places.bands:
        heads = [step.name for step in reversed(summary.ladder.steps)] + [wording("ladder")["unbanded"]]
        rows = [(date_words(then.as_of), [*reversed(then.bands.steps), then.bands.unbanded]) for then in summary.bands]
        _block(page, places.bands, wording("charts")["bands"], [words["figures_quarter"], *heads], rows)
        row = places.bands.last + 2
    if places.ages:
        heads = [wording("tiles")[key] for key in ("errors", "warnings", "notes")]
        rows = [(age_words(age.quarters),
                 [age.findings.errors, age.findings.warnings, age.findings.notes]) for age in summary.ages]  # fmt: skip
        _block(page, places.ages, wording("charts")["ages"], [words["figures_age"], *heads], rows)
        row = places.ages.last + 2
    if not (places.bands or places.ages):
        page.text(row, 0, wording("front")["first_quarter_chart"], look("body quiet", text_wrap=False))
        row += 2
    _slipped(page, row, summary)


def _block(page: Page, block: Block, title: str, heads: list[str], rows: list[tuple[str, list[int]]]) -> None:
    page.section(block.head - 1, 0, block.columns, title)
    page.row(block.head, 0, heads, page.look("heading"))
    for row, (label, numbers) in enumerate(rows, block.first):
        page.text(row, 0, label, page.look("line"))
        for column, number in enumerate(numbers, 1):
            page.value(row, column, number, page.look("line centre"))


def _slipped(page: Page, row: int, summary: Summary) -> None:
    words = wording("sheets")
    page.section(row, 0, len(WIDTHS) - 1, words["slipped"])
    if not summary.slipped:
        page.text(row + 1, 0, words["slipped_none"], page.look("body quiet", text_wrap=False))
        return
    page.row(row + 1, 0, words["slipped_heads"], page.look("heading"))
    for at, one in enumerate(summary.slipped, row + 2):
        texts = (one.service, one.ref, one.title, one.action, date_words(one.first_due), date_words(one.due))
        for column, text in enumerate(texts):
            page.fitted(at, column, text, page.look("body"))
        page.value(at, len(texts), one.times, page.look("body centre"))


def bands_chart(book: Any, font: str, summary: Summary, block: Block) -> Any:
    """Stacked columns of risks by band, one column a quarter, the worst band at the bottom."""
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    colours = [step.colour for step in reversed(summary.ladder.steps)] + ["D9D9D9"]
    unbanded = any(then.bands.unbanded for then in summary.bands)
    for column, colour in enumerate(colours if unbanded else colours[:-1], 1):
        _series(chart, font, block, column, f"#{colour}", 60, _letters(colour))
    return _dressed(chart, font, upright=True)


def ages_chart(book: Any, font: str, _: Summary, block: Block) -> Any:
    """Stacked bars of findings by severity, one bar an age, the newest at the top."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, (severity, colour) in enumerate(SEVERITY_COLOURS.items(), 1):
        _series(chart, font, block, column, colour, 45, "#000000" if severity == "note" else "#FFFFFF")
    return _dressed(chart, font, upright=False)


def _letters(colour: str) -> str:
    from regsheet.writer.sheets.look import readable_on

    return readable_on(colour)


def _series(chart: Any, font: str, block: Block, column: int, colour: str, gap: int, letters: str) -> None:
    sheet = wording("names")["figures"]
    chart.add_series({
        "name": [sheet, block.head, column],
        "categories": [sheet, block.first, 0, block.last, 0],
        "values": [sheet, block.first, column, block.last, column],
        "fill": {"color": colour},
        "border": {"color": "#A6A6A6", "width": 0.5},
        "gap": gap,
        "data_labels": {"value": True, "num_format": "0;;;", "font": {"name": font, "size": 7, "color": letters}},
    })  # fmt: skip


def _dressed(chart: Any, font: str, *, upright: bool) -> Any:
    text = {"name": font, "size": 7, "color": GREY}
    labels = {"num_font": text, "line": {"color": HAIR}, "major_tick_mark": "none"}
    figures = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
    if upright:
        chart.set_x_axis(labels)
        chart.set_y_axis(figures)
    else:
        chart.set_y_axis({**labels, "reverse": True})
        chart.set_x_axis(figures)
    chart.set_title({"none": True})
    chart.set_legend({"position": "right", "font": text})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": "#FFFFFF"}})
    chart.set_plotarea({"fill": {"none": True}})
    return chart
