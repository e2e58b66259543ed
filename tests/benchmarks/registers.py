"""Registers of any size for measuring: the shape of a strategic risk register, texts as long as real ones.

``write_register(path, risks)`` writes 21 columns: references, prose of a sentence to a paragraph, three stages of
likelihood, impact and rating, owners and dates. About one cell a risk holds a slip. The same size gives the same file.
"""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import xlsxwriter

AS_OF = dt.date(2026, 11, 21)
"""The day as of which the registers are made: reviews are overdue, or not, by this day."""

HEADINGS = (
    "Ref", "Risk Definition", "Corporate Objective", "Root Cause", "Consequence / effect", "Inherent Likelihood",
    "Inherent Impact", "Inherent rating", "Existing Controls", "Mitigated Likelihood", "Mitigated Impact",
    "Mitigated rating", "Further management actions", "Target Implementation date", "Target Likelihood",
    "Target Impact", "Target rating", "Risk Owner", "Review Date", "Review Commentary", "Direction of Travel",
)  # fmt: skip
WORDS = (
    "service", "council", "budget", "policy", "review", "delivery", "resident", "supplier", "contract", "staff",
    "training", "audit", "plan", "system", "process", "housing", "community", "resilience", "grant", "school",
    "highway", "planning", "licence", "income", "saving", "pressure", "demand", "capacity", "legal", "insurance",
    "partner", "member", "report", "project", "asset", "building", "record", "network", "recruitment", "deadline",
)  # fmt: skip
JOINTS = ("of the", "for", "and", "because of", "leading to", "with", "in", "across", "under", "before", "after")
OWNERS = (
    "Head of Housing", "Chief Finance Officer", "Director of Place", "Head of Digital", "Monitoring Officer",
    "Director of Adults", "Head of Highways", "Head of Procurement", "Director of Children's Services",
)  # fmt: skip
WRONG_RATING, OLD_REVIEW, NO_OWNER, HIGHER_TARGET, NO_IMPACT = 3, 4, 7, 9, 11
"""Every so many risks have this slip."""


def prose(chance: random.Random, words: int) -> str:
    """A text of about so many words."""
    parts = [chance.choice(WORDS if place % 3 else JOINTS) for place in range(1, words + 1)]
    return " ".join(parts).capitalize() + "."


def _bullets(chance: random.Random, items: int) -> str:
    return "\n".join(f"• {prose(chance, 12)}" for _ in range(items))


def _risk(chance: random.Random, number: int) -> list[object]:
    """One row of the register."""
    likelihood, impact = chance.randint(3, 5), chance.randint(3, 5)
    left, harm = chance.randint(2, likelihood), chance.randint(2, impact)
    aim = left + 1 if number % HIGHER_TARGET == 0 else max(1, left - 1)
    reviewed = dt.datetime(2025, 1, 15) if number % OLD_REVIEW == 0 else dt.datetime(2026, 11, 2)
    return [
        f"R{number}", prose(chance, 9), f"Objective {number % 5 + 1}", prose(chance, 30), prose(chance, 40),
        likelihood, impact, likelihood * impact, _bullets(chance, 8), left, harm,
        left * harm + (number % WRONG_RATING == 0), prose(chance, 30),
        dt.datetime(2026, 12, 1) + dt.timedelta(days=number % 300), aim, None if number % NO_IMPACT == 0 else harm,
        aim * harm, None if number % NO_OWNER == 0 else chance.choice(OWNERS), reviewed,
        f"{prose(chance, 15)} Reviewed as item {number}.", "→",
    ]  # fmt: skip


def write_register(path: Path, risks: int) -> Path:
    """Write the register; gives its path."""
    chance = random.Random(risks)  # noqa: S311 - the same register each time
    with xlsxwriter.Workbook(path) as book:
        date, body = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"text_wrap": True})
        heading = book.add_format({"bold": True, "bg_color": "#D9E1F2", "text_wrap": True})
        sheet = book.add_worksheet("Strategic Risk Register")
        sheet.write_row(0, 0, HEADINGS, heading)
        for number in range(1, risks + 1):
            for column, value in enumerate(_risk(chance, number)):
                if isinstance(value, dt.datetime):
                    sheet.write_datetime(number, column, value, date)
                else:
                    sheet.write(number, column, value, body)
    return path
