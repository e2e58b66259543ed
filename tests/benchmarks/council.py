"""A council that does not exist, of any size: registers in five layouts with assurance maps, the same each time.

``build_council(folder, registers=300, quarter="Q4")`` writes a register of 15 to 60 risks for each service, in a folder
for each directorate. Two layouts keep the map in the register's workbook, three in one of its own. Of the earlier
quarter most risks are the same, and some scores, dates and owners differ. About one cell in thirty holds a slip.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

DIRECTORATES = ("Adults", "Children", "Place", "Resources", "Housing", "Public Health", "Law and Governance")
SUBJECTS = (
    "Allotments", "Archives", "Benefits", "Bridges", "Building Control", "Car Parks", "Cemeteries", "Commissioning",
    "Contracts", "Court Work", "Day Centres", "Democratic Services", "Early Help", "Elections", "Electoral Roll",
    "Energy", "Estates", "Events", "Facilities", "Fleet", "Food Safety", "Foster Care", "Grounds", "Highways",
    "Homelessness", "Insurance", "Land Charges", "Leisure", "Libraries", "Licensing", "Lighting", "Markets", "Museums",
    "Music", "Noise", "Parks", "Payroll", "Pensions", "Planning", "Playgrounds", "Print", "Procurement", "Recycling",
    "Rents", "Repairs", "Reablement", "Safeguarding", "School Meals", "Street Scene", "Taxation", "Traffic", "Trees",
    "Waste", "Youth",
)  # fmt: skip
EVENTS = (
    "Loss of a key supplier", "Failure of the case system", "Theft of equipment", "Shortage of qualified staff",
    "Flooding of the depot", "Fire in the main building", "Overspend against the budget", "Loss of grant income",
    "Challenge to a decision", "Breach of personal data", "Injury to a member of the public", "Delay to the contract",
    "Backlog of inspections", "Rise in demand beyond capacity", "Poor quality of records", "Failure to meet a new duty",
    "Damage to reputation", "Industrial action", "Fraud by a contractor", "Loss of knowledge when staff leave",
    "Late completion of the refurbishment", "Unsafe equipment", "Dependence on agency workers", "Errors in payments",
    "Loss of power at the site", "Missed statutory deadline", "Unclear responsibilities after the restructure",
    "Weak management of a partnership", "Assets not recorded", "Inaccurate performance figures",
)  # fmt: skip
SHARED = (
    "Prolonged cyber attack on council systems",
    "Pandemic affecting council staff",
    "Extreme weather in the district",
)
WORDS = (
    "service", "council", "budget", "policy", "review", "delivery", "resident", "supplier", "contract", "staff",
    "training", "audit", "plan", "system", "process", "housing", "community", "resilience", "grant", "school",
    "highway", "planning", "licence", "income", "saving", "pressure", "demand", "capacity", "report", "member",
)  # fmt: skip
JOINTS = ("of the", "for", "and", "because of", "leading to", "with", "in", "across", "under", "before")
POSTS = ("Head of {0}", "{0} Manager", "Director of {1}", "Principal Officer, {0}")
LEVELS = ("Rare", "Unlikely", "Possible", "Likely", "Almost certain")
ARROWS = {1: "↑", 0: "→", -1: "↓"}


@dataclass
class Risk:
    """One risk as its service knows it; a layout decides how it is written. Scores are (likelihood, impact)."""

    ref: str
    title: str
    cause: str
    consequence: str
    controls: list[str]
    actions: list[str]
    due: dt.date
    owner: str
    reviewed: dt.date
    comment: str
    inherent: tuple[int, int]
    residual: tuple[int, int]
    target: tuple[int, int]
    before: tuple[int, int]
    slip: str = ""
    lines: dict[int, list[str]] = field(default_factory=dict)

    def rating(self, stage: str) -> int:
        """The product, or not, where the slip is in the rating."""
        likelihood, impact = getattr(self, stage)
        return int(likelihood * impact) + (stage == "residual" and self.slip == "rating")


def prose(chance: random.Random, words: int) -> str:
    """A text of about so many words."""
    parts = [chance.choice(WORDS if place % 3 else JOINTS) for place in range(1, words + 1)]
    return " ".join(parts).capitalize() + "."


def band(rating: int) -> str:
    """The colour word of a rating."""
    return "Red" if rating >= 15 else "Amber" if rating >= 8 else "Green"


def risk_of(chance: random.Random, number: int, service: str, directorate: str, as_of: dt.date) -> Risk:
    """One risk of a service."""
    prefix = "".join(word[0] for word in service.split()).upper() + service[1:3].upper()
    title = (
        f"{EVENTS[number % len(EVENTS)]}: {service}, {WORDS[(number * 7) % len(WORDS)]} {prose(chance, 2)[:-1].lower()}"
    )
    if number % 20 == 19:
        title = SHARED[number // 20 % len(SHARED)]
    likelihood, impact = chance.randint(2, 5), chance.randint(2, 5)
    left = max(1, likelihood - chance.randint(0, 2))
    return Risk(
        ref=f"{prefix}{number + 1}",
        title=title,
        cause=prose(chance, 16),
        consequence=prose(chance, 18),
        controls=[prose(chance, 9) for _ in range(chance.randint(2, 5))],
        actions=[prose(chance, 8) for _ in range(chance.randint(1, 3))],
        due=as_of + dt.timedelta(days=chance.randint(-40, 400)),
        owner=chance.choice(POSTS).format(service, directorate),
        reviewed=as_of - dt.timedelta(days=chance.randint(5, 80)),
        comment=prose(chance, 24),
        inherent=(likelihood, impact),
        residual=(left, impact),
        target=(max(1, left - 1), impact),
        before=(max(1, min(5, left + chance.choice((-1, 0, 0, 0, 1)))), impact),
        slip=chance.choice(("", "", "", "", "", "", "rating", "owner", "date")),
        lines={line: [f"{prose(chance, 5)[:-1]}, {chance.choice(('March', 'June', 'October'))} {as_of.year - line % 2}"
                      for _ in range(chance.randint(0, 2))] for line in (1, 2, 3)},
    )  # fmt: skip


def risks_of(number: int, quarter: str) -> tuple[str, str, list[Risk]]:
    """A service, its directorate and its risks in a quarter."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    area = number // len(SUBJECTS)
    service = subject + (f" {('North', 'South', 'East', 'West', 'Central', 'Rural')[area % 6]}" if area else "")
    service += f" {area // 6 + 1}" if area >= 6 else ""
    directorate = DIRECTORATES[number % len(DIRECTORATES)]
    as_of = dt.date(2024, 12, 31)
    chance = random.Random(f"register {number}")  # noqa: S311 - the same register each time
    risks = [risk_of(chance, place, service, directorate, as_of) for place in range(chance.randint(15, 60))]
    if quarter == "Q3":
        for risk in risks:
            risk.residual, risk.reviewed = risk.before, risk.reviewed - dt.timedelta(days=92)
        del risks[3]
    return service, directorate, risks


# -- layouts -----------------------------------------------------------------------------------------------------


class Writer:
    """A sheet that is written row after row."""

    def __init__(self, book: xlsxwriter.Workbook, name: str) -> None:
        self.sheet = book.add_worksheet(name)
        self.row = 0
        self.head = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True,
                                     "border": 1})  # fmt: skip
        self.body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.fills = {name: book.add_format({"bg_color": colour, "border": 1, "align": "center"}) for name, colour in
                      (("Red", "#FF0000"), ("Amber", "#FFC000"), ("Green", "#92D050"))}  # fmt: skip

    def line(self, values: Sequence[object], look: Any = None) -> None:
        """A row of values."""
        for column, value in enumerate(values):
            self.cell(column, value, look)
        self.row += 1

    def cell(self, column: int, value: object, look: Any = None) -> None:
        """One cell of the row that is being written; a text that begins with ``=`` is a formula with its value."""
        if isinstance(value, dt.date):
            self.sheet.write_datetime(self.row, column, dt.datetime.combine(value, dt.time()), self.day)
        elif isinstance(value, tuple):
            formula, result = value
            self.sheet.write_formula(self.row, column, formula, self.fills.get(band(result), self.body), result)
        elif value is not None:
            self.sheet.write(self.row, column, value, look or self.body)

    def graded(self, column: int, rating: int) -> None:
        """A rating in the colour of its band."""
        self.sheet.write_number(self.row, column, rating, self.fills[band(rating)])


def bullets(texts: Sequence[str]) -> str:
    """A list as people type it in a cell."""
    return "\n".join(f"• {text}" for text in texts)


def owner(risk: Risk) -> str | None:
    """The owner, unless that is the slip."""
    return None if risk.slip == "owner" else risk.owner


def due(risk: Risk) -> object:
    """The date, as a word where that is the slip."""
    return "Ongoing" if risk.slip == "date" else risk.due


def scoring_sheet(book: xlsxwriter.Workbook) -> None:
    """The bands and a 5 × 5 matrix."""
    writer = Writer(book, "Scoring")
    writer.line(["Band", "Lowest", "Highest"], writer.head)
    for name, low, high in (("Green", 1, 7), ("Amber", 8, 14), ("Red", 15, 25)):
        writer.line([name, low, high], writer.fills[name])
    writer.row += 1
    writer.line(["Likelihood / Impact", 1, 2, 3, 4, 5], writer.head)
    for likelihood in range(5, 0, -1):
        writer.cell(0, likelihood, writer.head)
        for impact in range(1, 6):
            writer.graded(impact, likelihood * impact)
        writer.row += 1


def plain_layout(book: xlsxwriter.Workbook, service: str, risks: Sequence[Risk]) -> None:
    """One row of headings, formulas in the ratings, the scale on a sheet of its own."""
    writer = Writer(book, "Risk Register")
    writer.line(["Ref", "Risk Title", "Cause", "Consequence", "Inherent Likelihood", "Inherent Impact",
                 "Inherent Rating", "Existing Controls", "Residual Likelihood", "Residual Impact", "Residual Rating",
                 "Further Actions", "Target Date", "Target Likelihood", "Target Impact", "Target Rating", "Risk Owner",
                 "Review Date", "Direction of Travel"], writer.head)  # fmt: skip
    for risk in risks:
        row = writer.row + 1
        residual: object = (f"=I{row}*J{row}", risk.rating("residual"))
        writer.line([
            risk.ref, risk.title, risk.cause, risk.consequence, *risk.inherent,
            (f"=E{row}*F{row}", risk.rating("inherent")), bullets(risk.controls), *risk.residual,
            risk.rating("residual") if risk.slip == "rating" else residual, bullets(risk.actions), due(risk),
            *risk.target, (f"=N{row}*O{row}", risk.rating("target")), owner(risk), risk.reviewed, way(risk),
        ])  # fmt: skip
    scoring_sheet(book)


def way(risk: Risk) -> str:
    """The arrow from last quarter's score to this quarter's."""
    now, then = (one[0] * one[1] for one in (risk.residual, risk.before))
    return ARROWS[(now > then) - (now < then)]


def grouped_layout(book: xlsxwriter.Workbook, service: str, risks: Sequence[Risk]) -> None:
    """A title, merged groups above the headings, band words, coloured ratings, and the map on the next sheet."""
    writer = Writer(book, "Register")
    writer.line([f"{service} Risk Register"], writer.title)
    writer.row += 1
    for first, name in ((5, "Gross risk (no controls)"), (10, "Net risk (with controls)"), (16, "Target risk")):
        writer.sheet.merge_range(writer.row, first, writer.row, first + 2, name, writer.head)
    writer.row += 1
    writer.line(["Risk No", "Risk", "Root cause", "Effect", "Risk owner", "L", "I", "Score", "Controls in place", None,
                 "L", "I", "Score", "RAG", "Planned actions", "Due", "L", "I", "Score", "Commentary", "Last reviewed"],
                writer.head)  # fmt: skip
    for risk in risks:
        writer.line([risk.ref, risk.title, risk.cause, risk.consequence, owner(risk), *risk.inherent, None,
                     bullets(risk.controls), None, *risk.residual, None, band(risk.rating("residual")),
                     bullets(risk.actions), due(risk), *risk.target, None, risk.comment, risk.reviewed])  # fmt: skip
        writer.row -= 1
        for column, stage in ((7, "inherent"), (12, "residual"), (18, "target")):
            writer.graded(column, risk.rating(stage))
        writer.row += 1
    map_sheet(book, service, risks)


def worded_layout(book: xlsxwriter.Workbook, service: str, risks: Sequence[Risk]) -> None:
    """Levels with their names, a legend above, no target."""
    writer = Writer(book, "Risks")
    writer.line([f"{service}: register of risks"], writer.title)
    writer.line(["Likelihood and impact from 1 (lowest) to 5 (highest). Score = likelihood x impact."])
    writer.row += 1
    writer.line(["ID", "Description of risk", "Category", "Likelihood", "Impact", "Risk score", "RAG rating",
                 "Mitigation in place", "Further action required", "Action by", "Owner", "Comments"],
                writer.head)  # fmt: skip
    for risk in risks:
        likelihood, impact = risk.residual
        writer.line([risk.ref, risk.title, "Operational", f"{likelihood} - {LEVELS[likelihood - 1]}", impact,
                     risk.rating("residual"), band(risk.rating("residual")), bullets(risk.controls),
                     bullets(risk.actions), due(risk), owner(risk), risk.comment])  # fmt: skip


def sections_layout(book: xlsxwriter.Workbook, service: str, risks: Sequence[Risk]) -> None:
    """Sections of risks, a row for each; the map on the next sheet."""
    writer = Writer(book, "Service risks")
    writer.line(["Ref", "Title", "Causes", "Consequences", "Initial L", "Initial I", "Initial score", "Controls",
                 "Current L", "Current I", "Current score", "Previous score", "Actions", "By when", "Lead officer",
                 "Reviewed on"], writer.head)  # fmt: skip
    for place, risk in enumerate(risks):
        if place % 12 == 0:
            writer.line([f"Section {place // 12 + 1}"], writer.head)
        writer.line([risk.ref, risk.title, risk.cause, risk.consequence, *risk.inherent, risk.rating("inherent"),
                     bullets(risk.controls), *risk.residual, risk.rating("residual"), risk.before[0] * risk.before[1],
                     bullets(risk.actions), due(risk), owner(risk), risk.reviewed])  # fmt: skip
    scoring_sheet(book)
    map_sheet(book, service, risks)


def table_layout(book: xlsxwriter.Workbook, service: str, risks: Sequence[Risk]) -> None:
    """An Excel table with a status for each risk."""
    writer = Writer(book, "Log")
    heads = ["Risk ID", "Risk name", "Objective", "Inherent likelihood", "Inherent impact", "Inherent score",
             "Controls", "Residual likelihood", "Residual impact", "Residual score", "Action plan", "Action date",
             "Action owner", "Risk owner", "Date of last review", "Status"]  # fmt: skip
    writer.line(heads, writer.head)
    for place, risk in enumerate(risks):
        writer.line([risk.ref, risk.title, "A well-run council", *risk.inherent, risk.rating("inherent"),
                     bullets(risk.controls), *risk.residual, risk.rating("residual"), bullets(risk.actions), due(risk),
                     owner(risk), risk.owner, risk.reviewed, "Closed" if place % 17 == 16 else "Open"])  # fmt: skip
    writer.sheet.add_table(0, 0, writer.row - 1, len(heads) - 1, {"columns": [{"header": head} for head in heads]})
    scoring_sheet(book)


def map_sheet(book: xlsxwriter.Workbook, service: str, risks: Sequence[Risk]) -> None:
    """An assurance map: a row for each risk, a column for each line of defence."""
    writer = Writer(book, "Assurance Map")
    writer.line([f"{service} assurance map"], writer.title)
    writer.line(["Risk Ref", "Risk", "First line of defence", "Second line of defence", "Third line of defence"],
                writer.head)  # fmt: skip
    for risk in risks:
        writer.line([risk.ref, risk.title, *(bullets(risk.lines[line]) or None for line in (1, 2, 3))])


Layout = Callable[[xlsxwriter.Workbook, str, Sequence[Risk]], None]
LAYOUTS: tuple[tuple[Layout, bool], ...] = (
    (plain_layout, True), (grouped_layout, False), (worded_layout, True), (sections_layout, False),
    (table_layout, True),
)  # fmt: skip
"""Each layout, and whether its map is a workbook of its own."""


def build_register(folder: Path, number: int, quarter: str = "Q4") -> list[Path]:
    """Write one register, and its map where that is a workbook of its own."""
    service, directorate, risks = risks_of(number, quarter)
    layout, map_apart = LAYOUTS[number % len(LAYOUTS)]
    home = folder / directorate
    home.mkdir(parents=True, exist_ok=True)
    written = [home / f"{service} risk register {quarter} 2024.xlsx"]
    with _workbook(written[0]) as book:
        layout(book, service, risks)
    if map_apart:
        written.append(home / f"{service} assurance map {quarter} 2024.xlsx")
        with _workbook(written[1]) as book:
            map_sheet(book, service, risks)
    return written


def build_council(folder: Path, registers: int, quarter: str = "Q4", workbooks: int | None = None) -> list[Path]:
    """Write so many registers with their maps, or as many as make so many workbooks."""
    written: list[Path] = []
    number = 0
    while number < registers if workbooks is None else len(written) < workbooks:
        written += build_register(folder, number, quarter)
        number += 1
    return written


def _workbook(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": dt.datetime(2024, 12, 31)})
    return book
