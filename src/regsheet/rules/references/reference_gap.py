"""RF003: a number that is missing from the row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import joined, repeated, texts
from regsheet.rules.working_out import worked_out_once

NUMBERED = re.compile(r"(?P<prefix>[^\d]*?)[ .-]*(?P<number>\d{1,4})(?:\.0)?")

LONGEST = 100
"""A longer text is no reference."""

SPARSE = 0.5
"""Where more than this share of the numbers is missing, they are not meant to run on."""

FEWEST_REPEATS = 2
"""Rows that repeat the risk above for a table to list actions; one alone may be a slip."""

FEWEST = 4
"""References that must run on before a gap in them means anything."""

ONE_BY_ONE = 4
"""Up to so many gaps are reported each in its place; more are reported together, at the first."""


class ReferenceGap(RegisterRule):
    """The numbering of the references skips a number.

    ## What it does
    Where references run on (R1, R2, R3 …), it reports a number that is missing, unless the reference stands anywhere
    else in the workbook, such as on a sheet of closed risks. A list with several rows for one risk is left alone: it
    holds only the risks that have actions.

    ## Why it matters
    A missing number may be a risk that was closed, or one that was deleted without anybody agreeing to it.

    ## When it is legitimate
    Where the risk was closed. A sheet with the closed risks answers the question.

    ## Correction
    None: only whoever keeps the register knows what became of it.
    """

    code = "RF003"
    name = "reference-gap"
    severity = Severity.NOTE
    needs = ("ref",)
    valid = (
        Example(rows=tuple({"ref": f"R{n}", "title": "A"} for n in (1, 2, 3, 4, 5)), why="none is missing"),
        Example(rows=tuple({"ref": n, "title": "A"} for n in (3, 11, 27, 40, 58)), why="numbers that do not run on"),
        Example(
            rows=tuple({"ref": n, "title": f"Risk {n}", "actions": "Fit alarms"} for n in (1, 1, 2, 3, 3, 5, 6)),
            why="a list of actions, several of them for one risk",
        ),
    )
    invalid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A"} for n in (1, 2, 3, 5, 6)),
            finds=((3, "ref"),),
            why="R4 is nowhere",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every gap, in its place or all together."""
        if lists_actions(register):
            return
        by_prefix: dict[str, list[tuple[int, int]]] = {}
        for index, found in enumerate(references(register, "ref")):
            if found is not None:
                by_prefix.setdefault(found[0], []).append((found[1], index))
        for prefix, numbered in by_prefix.items():
            if len(numbered) < FEWEST:
                continue
            places = dict(reversed(numbered))  # of one number twice, the first
            numbers = sorted(places)
            missing = sorted(set(range(numbers[0], numbers[-1])) - set(numbers) - elsewhere(context, register, prefix))
            if missing and len(missing) <= SPARSE * (numbers[-1] - numbers[0] + 1):
                yield from self._gaps(register, missing, numbers, places)

    def _gaps(self, register: Register, missing: Sequence[int], numbers: Sequence[int],
              places: dict[int, int]) -> Iterator[Finding]:  # fmt: skip
        groups: dict[int, list[int]] = {}
        for number in missing:
            groups.setdefault(next(other for other in numbers if other > number), []).append(number)
        if len(groups) > ONE_BY_ONE:
            groups = {next(iter(groups)): list(missing)}
        for following, gap in groups.items():
            pattern = register.text(places[following], "ref")
            names = [like(pattern, number) for number in gap]
            shown = joined([*names[:ONE_BY_ONE], *(["more"] if len(names) > ONE_BY_ONE else [])])
            verb = "is" if len(names) == 1 else "are"
            yield self.finding(register, places[following], "ref", f"the numbering skips: {shown} {verb} missing.",
                               "Say what became of it, or list it among the closed risks.")  # fmt: skip


def lists_actions(register: Register) -> bool:
    """Whether rows repeat reference and title: one row an action, not one a risk."""
    names = list(zip(texts(register, "ref"), texts(register, "title"), strict=True))
    if len(set(names)) == len(names):
        return False
    return sum(repeated(register)) >= FEWEST_REPEATS


def like(pattern: str, number: int) -> str:
    """Another number written as a reference of the register is: ``R010`` and 9 make ``R009``."""

    def written(found: re.Match[str]) -> str:
        return str(number).zfill(len(found[0]) if found[0].startswith("0") else 0)

    return re.sub(r"\d+", written, pattern)


@worked_out_once
def references(register: Register, field: str) -> list[tuple[str, int] | None]:
    """The references of a register, taken apart; see ``parse``."""
    return list(map(parse, texts(register, field)))


def parse(ref: str) -> tuple[str, int] | None:
    """``CR-14`` → ``("CR", 14)``; None for a reference that is no number with or without letters before it."""
    found = NUMBERED.fullmatch(ref.strip()) if len(ref) <= LONGEST else None
    return None if found is None else (found[1].strip(" .-"), int(found[2]))


def elsewhere(context: Context, register: Register, prefix: str) -> set[int]:
    """The numbers with that prefix that other tables of the workbook have as references."""
    found: set[int] = set()
    others = (other for other in context.book.registers if other is not register)
    for other in others:
        found.update(parsed[1] for ref in texts(other, "ref") if (parsed := parse(ref)) and parsed[0] == prefix)
    closed_sheets = (sheet for sheet in context.book.grid.sheets
                     if re.search(r"closed|archiv|retired|de-?escalated", sheet.name, re.IGNORECASE))  # fmt: skip
    for sheet in closed_sheets:
        for cell in sheet.filled():
            parsed_cell = parse(str(cell.value)) if isinstance(cell.value, str | int) else None
            if parsed_cell and parsed_cell[0] == prefix:
                found.add(parsed_cell[1])
    return found
