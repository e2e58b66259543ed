"""A side workbook with one of everything that is grafted."""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter


def side_workbook(first: str = "New one", second: str = "New two") -> bytes:
    """Two sheets: a table, a chart, array formulas, notes, links, conditional formats, validations, rich text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2000, 1, 1)})
    head = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "white", "font_name": "Arial"})
    money = book.add_format({"num_format": '0.0" points"', "border": 1})
    red = book.add_format({"bg_color": "#FF0000", "font_color": "#000000", "num_format": "0.00"})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(first)
    sheet.set_column(0, 0, 20, head)
    sheet.set_column(1, 3, 12)
    sheet.write_string(0, 0, "Título & <plain> _x0041_ \x07", head)
    sheet.write_string(1, 0, "plain")
    sheet.write_rich_string(2, 0, "some ", bold, "bold", " text")
    sheet.write_url(3, 0, f"internal:'{second}'!B2", None, "jump")
    sheet.write_url(4, 0, "https://example.org/a?b=c&d", None, "outside")
    sheet.add_table(6, 0, 9, 2, {
        "name": "Grafted", "columns": [{"header": "Name", "header_format": head}, {"header": "Points"}, {"header": "Note"}],
        "data": [["a", 1, "x"], ["b", 2, "y"], ["c", 3, "z"]],
    })  # fmt: skip
    sheet.write_number(10, 1, 2.5, money)
    sheet.write_array_formula("D1:D1", '{=IFERROR(_xlfn.TEXTJOIN(", ",TRUE,IF(B8:B10>1,A8:A10,"")),"b, c")}', None, "b, c")
    sheet.write_comment(1, 0, "A note")
    sheet.write_comment(1, 1, "Another", {"author": "Somebody"})
    sheet.conditional_format("B8:B10", {"type": "cell", "criteria": ">=", "value": 2, "format": red})
    sheet.conditional_format("B8:B10", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("B8:B10", {"type": "formula", "criteria": "=$B8=1", "format": bold})
    sheet.data_validation("C8:C10", {"validate": "list", "source": ["Agree", "Disagree"]})
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    chart.add_series({"categories": [first, 7, 0, 9, 0], "values": [first, 7, 1, 9, 1], "fill": {"color": "#1F3864"}, "gap": 40})
    sheet.insert_chart("F2", chart, {"description": "Points by name"})
    sheet.repeat_rows(6)
    sheet.print_area(0, 0, 12, 12)
    sheet.freeze_panes(7, 0)
    other = book.add_worksheet(second)
    other.write_formula("A1", f"='{first}'!B11*2", None, 5)
    other.write_datetime("B2", dt.datetime(2026, 1, 2), book.add_format({"num_format": "dd/mm/yyyy"}))
    other.write_comment("B2", "On the second sheet")
    other.add_table(3, 0, 5, 1, {"name": "Grafted_too", "columns": [{"header": "A"}, {"header": "B"}]})
    other.set_landscape()
    other.repeat_rows(3)
    book.close()
    return buffer.getvalue()
