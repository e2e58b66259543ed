"""The last witness: what our own notes say of a correction, where the mark, its copy and the Change log are gone."""

from __future__ import annotations

import re
from functools import cache

from regsheet.grid.addresses import address
from regsheet.grid.cells import Sheet, Value
from regsheet.writer.note_text import correction_words
from regsheet.writer.records import CellRecord, row_keys
from regsheet.writer.sheets.texts import display
from regsheet.writer.traces import is_our_note

NUMBER = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,4})?")
MOST_FIGURES = 6
"""Notes show so many figures of a number; one with as many may have had more."""


def note_records(sheet: Sheet) -> tuple[list[CellRecord], list[str]]:
    """The corrections that a sheet's notes tell, and the cells where they do not say surely enough what was before."""
    records: list[CellRecord] = []
    unsure: list[str] = []
    keys = row_keys(sheet)
    for (row, column), note in sheet.notes.items():
        told = _told(note.text) if is_our_note(note.text) else None
        if told is None:
            continue
        before, after, by_formula = told
        formula, value = sheet.formula(row, column), sheet.value(row, column)
        known, earlier = _value(before, "" if by_formula else after)
        holds_ours = formula is not None if by_formula else formula is None and display(value) == after
        if not known or not holds_ours:
            unsure.append(address(row, column))
            continue
        record = CellRecord(sheet.name, address(row, column), wrote_value=True, row_key=keys.get(row))
        record.value_before, record.value_after = earlier, value
        record.formula_after = formula
        records.append(record)
    return records, unsure


def _told(text: str) -> tuple[str, str, bool] | None:
    """What a note says was there before, what there is now, and whether that is a formula."""
    for pattern, by_formula in _patterns():
        found = pattern.search(text)
        if found is not None:
            return found["before"], found["after"], by_formula
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """The sentences on corrections, the one on formulas first, since the other fits it too."""
    return tuple((_pattern(key), key == "corrected_formula") for key in ("corrected_formula", "corrected"))


def _pattern(key: str) -> re.Pattern[str]:
    words = re.escape(correction_words()[key])
    for place, pattern in (("before", "(?P<before>[^\n]{1,300}?)"), ("after", "(?P<after>[^\n]{0,300}?)")):
        words = words.replace(re.escape(f"{{{place}}}"), pattern)
    return re.compile(words.partition(re.escape("{basis}"))[0])


def _value(before: str, after: str) -> tuple[bool, Value]:
    """Whether the value before is sure, and what it was. Dates, long numbers and texts with figures are not."""
    if before == correction_words()["blank"]:
        return True, None
    if before == after:
        return False, None
    if NUMBER.fullmatch(before):
        figures = len(before.replace(".", "").lstrip("-0"))
        return figures < MOST_FIGURES, (float(before) if "." in before else int(before))
    return not any(letter.isdigit() for letter in before) and "…" not in before, before
