"""Workbooks with random features, and random findings about them."""

import datetime as dt
import io
import random
from dataclasses import dataclass

import xlsxwriter
from hypothesis import strategies as st
from workbooks import finding

from regsheet.grid.cells import Grid
from regsheet.package import Package
from regsheet.rules.findings import Finding

FEATURES = (
    "note", "button", "text box", "chart", "table", "conditional format", "data bar", "validation", "merge", "header",
    "hidden", "protection", "names", "links", "formulas", "array", "rich text", "filter", "second sheet", "image",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """Which features a workbook has, and the seed of what is in its cells and of the findings."""

    features: frozenset[str]
    seed: int


PLANS = st.builds(Plan, st.frozensets(st.sampled_from(FEATURES)), st.integers(0, 10**6))


def workbook(plan: Plan) -> Package:
    """The workbook of a plan."""
    buffer, dice = io.BytesIO(), random.Random(plan.seed)  # noqa: S311 - for tests
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime(2024, 1, 1)})
        _sheet(book, book.add_worksheet("Register"), plan.features, dice)
        if "second sheet" in plan.features:
            _sheet(book, book.add_worksheet("Chief's “other” & more"), frozenset({"note", "formulas"}), dice)
        if "names" in plan.features:
            book.define_name("Scores", "=Register!$C$2:$C$9")
            book.define_name("Register!Local", "=Register!$A$1")
    return Package(buffer.getvalue(), "random.xlsx")


def _sheet(book: object, sheet: object, features: frozenset[str], dice: random.Random) -> None:
    looks = [None, *(book.add_format(look) for look in (
        {"bg_color": "#FFC000"}, {"bold": True, "border": 1, "text_wrap": True}, {"num_format": "dd/mm/yyyy"},
        {"font_color": "#FFFFFF", "bg_color": "#1F4E79"}, {"locked": False, "align": "center"},
    ))]  # fmt: skip
    for row in range(1, 10):
        for column in range(6):
            value = dice.choice([None, "", 5, 12.5, "Text", "=A1", True, f"Risk {row} told at some length"])
            if value == "=A1" and "formulas" in features:
                sheet.write_formula(row, column, "=A1+1", dice.choice(looks), dice.randrange(9))
            elif isinstance(value, str) and value:
                sheet.write_string(row, column, value, dice.choice(looks))
            elif value is not None:
                sheet.write(row, column, value or None, dice.choice(looks))
    for name, add in _ADDERS.items():
        if name in features:
            add(book, sheet, looks)


_ADDERS = {
    "note": lambda book, sheet, looks: sheet.write_comment("B3", "Own note", {"author": "Chief"}),
    "button": lambda book, sheet, looks: sheet.insert_button("H3", {"caption": "Go", "macro": "go"}),
    "text box": lambda book, sheet, looks: sheet.insert_textbox("H9", "A text box"),
    "chart": lambda book, sheet, looks: _chart(book, sheet),
    "table": lambda book, sheet, looks: sheet.add_table("J2:K6", {"columns": [{"header": "One"}, {"header": "Two"}]}),
    "conditional format": lambda book, sheet, looks: sheet.conditional_format(
        "C2:C9", {"type": "cell", "criteria": ">", "value": 5, "format": looks[1]}
    ),
    "data bar": lambda book, sheet, looks: sheet.conditional_format(
        "D2:D9", {"type": "data_bar", "data_bar_2010": True}
    ),
    "validation": lambda book, sheet, looks: sheet.data_validation("E2:E9", {"validate": "list", "source": ["a", "b"]}),
    "merge": lambda book, sheet, looks: [
        sheet.merge_range("B12:D14", "Merged", looks[2]), sheet.merge_range("A16:A17", 5),
    ],
    "header": lambda book, sheet, looks: sheet.set_header("&LOFFICIAL"),
    "hidden": lambda book, sheet, looks: [
        sheet.set_row(4, None, None, {"hidden": True}), sheet.set_column("E:E", 8, None, {"hidden": True}),
    ],
    "protection": lambda book, sheet, looks: sheet.protect("secret"),
    "links": lambda book, sheet, looks: sheet.write_url("F20", "https://example.org/", string="link"),
    "array": lambda book, sheet, looks: sheet.write_array_formula("F2:F4", "{=A2:A4*2}", None, 2),
    "rich text": lambda book, sheet, looks: sheet.write_rich_string("A20", "plain ", looks[2], "bold", " plain"),
    "filter": lambda book, sheet, looks: sheet.autofilter("A1:F10"),
    "image": lambda book, sheet, looks: sheet.set_tab_color("#7030A0"),
}  # fmt: skip


def _chart(book: object, sheet: object) -> None:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Register!$C$2:$C$9"})
    sheet.insert_chart("H12", chart)


def findings(plan: Plan, grid: Grid) -> list[Finding]:
    """Findings on random cells, some with a corrected value or formula."""
    dice, found = random.Random(plan.seed + 1), []  # noqa: S311 - for tests
    for sheet in grid.sheets:
        for _ in range(dice.randrange(1, 8)):
            place = (dice.randrange(1, 18), dice.randrange(1, 8))
            after = dice.choice([None, 16, "Amber", 2.5])
            formula = dice.choice([None, "C3*2"]) if after == 16 else None
            address = f"{'ABCDEFGH'[place[1] - 1]}{place[0]}"
            found.append(finding(address, sheet=sheet.name, after=after, formula=formula, before=sheet.value(*place)))
    return found
