"""Bar charts of findings by severity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from regsheet.rules.findings import Severity
from regsheet.writer.sheets.look import GREY, HAIR, NAVY, SEVERITY_COLOURS


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """Where a chart's figures stand, rows counted from 0: labels in column ``labels``, severities in columns 2 to 4."""

    sheet: str
    title: str
    alternative: str
    labels: int
    head: int
    first: int
    last: int


def severity_chart(book: Any, font: str, table: SeriesTable) -> tuple[Any, int]:
    """A stacked bar chart, the first row at the top; and how many bars it has."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    text = {"name": font, "size": 9, "color": GREY}
    for offset, severity in enumerate(Severity):
        fill = SEVERITY_COLOURS[severity]
        letters = "#FFFFFF" if severity is not Severity.NOTE else "#000000"
        chart.add_series({
            "name": [table.sheet, table.head, 2 + offset],
            "categories": [table.sheet, table.first, table.labels, table.last, table.labels],
            "values": [table.sheet, table.first, 2 + offset, table.last, 2 + offset],
            "fill": {"color": fill},
            "border": {"none": True},
            "gap": 45,
            "data_labels": {"value": True, "num_format": "0;;;", "font": {"name": font, "size": 8, "color": letters}},
        })  # fmt: skip
    chart.set_title(
        {"name": table.title, "name_font": {"name": font, "size": 11, "bold": True, "color": NAVY}, "overlay": False}
    )
    chart.set_legend({"position": "bottom", "font": text})
    chart.set_y_axis({"reverse": True, "num_font": text, "line": {"color": HAIR}, "major_tick_mark": "none"})
    chart.set_x_axis({
        "num_font": text, "num_format": "0", "line": {"none": True}, "major_gridlines": {"visible": False},
        "major_tick_mark": "none", "min": 0, "visible": False,
    })  # fmt: skip
    chart.set_chartarea({"border": {"color": HAIR}, "fill": {"color": "#FFFFFF"}})
    chart.set_plotarea({"fill": {"none": True}})
    return chart, table.last - table.first + 1
