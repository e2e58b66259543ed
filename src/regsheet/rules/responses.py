"""What people answered on the Findings sheet of an annotated copy, and to which finding each answer belongs."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from regsheet.grid.cells import Grid, Sheet, Value
from regsheet.rules.findings import Finding
from regsheet.values.dates import read_periods
from regsheet.values.text import clean, is_blank, one_line

ANSWER = ("response", "reason", "name", "until")
"""The columns that people fill in."""

TITLE = 40
"""Letters of a title by which a risk without a reference is known."""

Key = tuple[str, str, str]
"""What a response and a finding share: rule, reference (else title), field."""


@dataclass(frozen=True, slots=True)
class Response:
    """One row of a Findings sheet on which somebody answered.

    ``rule`` is the code; ``ref``, ``title`` (perhaps cut short, with ``…``), ``field`` and ``cell`` are as the sheet
    shows them; ``value_key`` stands for the value that the cell had (see ``value_key``), None where the sheet does not
    say. ``until`` is as typed. ``line`` is the whole row as it stood, heading to value, so that nothing is lost.
    """

    rule: str
    line: Mapping[str, Value] = field(default_factory=dict)  # above the attribute ``field``, which hides the function
    ref: str = ""
    title: str = ""
    field: str = ""
    cell: str = ""
    value_key: str | None = None
    response: str = ""
    reason: str = ""
    name: str = ""
    until: Value = None

    @property
    def disagrees(self) -> bool:
        """Whether it asks for the finding to stand."""
        return one_line(self.response).casefold().strip(" .!") in _settings()["answers"]["disagree"]

    @property
    def last_day(self) -> dt.date | None:
        """The last day of what ``until`` says; None where it is blank, or no date."""
        if isinstance(self.until, dt.datetime):
            return self.until.date()
        periods = [] if is_blank(self.until) else read_periods(self.until)
        return max((period.end for period in periods if period.end is not None), default=None)


@cache
def _settings() -> dict[str, Any]:
    return tomllib.loads(files("regsheet.rules").joinpath("responses.toml").read_text(encoding="utf-8"))


def value_key(value: Value) -> str:
    """Eight letters and figures that stand for what a cell held: another value has others. Spaces around aside."""
    return hashlib.sha256(clean(value).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def value_keys(values: Sequence[Value]) -> list[str]:
    """The same for many values, of which many are the same."""
    asked = list(zip(map(type, values), values, strict=True))
    known = {one: value_key(one[1]) for one in set(asked)}
    return [known[one] for one in asked]


def fold(text: str | None) -> str:
    """A reference or a title for comparing: case and spaces aside."""
    return "".join((text or "").split()).casefold()


def responses_in(grid: Grid) -> tuple[Response, ...]:
    """Every answered row of the Findings sheets of an annotated copy, in sheet order. A sheet is known by its headings.

    Rows count however they were sorted, and columns wherever they were moved to.
    """
    return tuple(response for sheet in grid.sheets for response in _responses(sheet))


def _responses(sheet: Sheet) -> Iterator[Response]:
    found = _heading_row(sheet)
    if found is None:
        return
    heading, columns = found
    meanings = _settings()["headings"]
    for row in sorted({cell.row for cell in sheet.filled() if cell.row > heading}):
        line = {name: sheet.value(row, column) for name, column in columns.items()}
        texts = {meanings[name]: one_line(value) for name, value in line.items() if name in meanings}
        if any(texts[name] for name in ANSWER) and texts["rule"]:
            yield Response(
                rule=texts["rule"].split()[0].upper(),
                ref=texts["ref"],
                title=texts.get("title", ""),
                field=texts["field"].replace(" ", "_"),
                cell=texts.get("cell", ""),
                value_key=texts.get("value_key") or None,
                response=texts["response"],
                reason=clean(line["Reason"]),
                name=texts["name"],
                until=line["Until"],
                line=line,
            )


def _heading_row(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row with the Findings sheet's headings, and the column of every heading in it; None on any other sheet."""
    needed = set(_settings()["headings"]) - set(_settings()["optional"]["headings"])
    by_row: dict[int, dict[str, int]] = {}
    for cell in sheet.filled():
        if isinstance(cell.value, str):
            by_row.setdefault(cell.row, {}).setdefault(one_line(cell.value), cell.column)
    return next(((row, names) for row, names in sorted(by_row.items()) if needed <= set(names)), None)


def key_of(finding: Finding) -> Key:
    """What a finding is known by, wherever its row has gone."""
    return finding.code, _risk(finding.ref, finding.title), finding.field or ""


def _risk(ref: str | None, title: str | None) -> str:
    """A risk by its reference, else by as much of its title as the Findings sheet is sure to show."""
    return fold(ref) if ref else fold(title)[:TITLE]


def answered(findings: Sequence[Finding], responses: Iterable[Response]) -> tuple[dict[int, Response], list[Response]]:
    """Each answered finding, by its place, to its response; and the responses whose finding is no longer there.

    They belong together by rule, reference (else title), field and the value that the cell had: a changed value is
    another finding. Where several findings fit, the title and then the cell decide.
    """
    responses = list(responses)
    places: dict[Key, list[int]] = {}
    for place, finding in enumerate(findings if responses else ()):
        places.setdefault(key_of(finding), []).append(place)
    found: dict[int, Response] = {}
    left: list[Response] = []
    for response in responses:
        candidates = [place for place in places.get(_key(response), ())
                      if place not in found and _same_value(findings[place], response)]  # fmt: skip
        best = max(candidates, key=lambda place: _closeness(findings[place], response), default=None)
        if best is None:
            left.append(response)
        else:
            found[best] = response
    return found, left


def _key(response: Response) -> Key:
    return response.rule, _risk(response.ref, response.title), response.field


def _same_value(finding: Finding, response: Response) -> bool:
    return response.value_key is None or response.value_key == value_key(finding.value)


def _closeness(finding: Finding, response: Response) -> tuple[bool, bool, bool]:
    """How well a response fits a finding with the same key: by title, by cell, by sheet and cell."""
    title, shown = fold(finding.title), fold(response.title).removesuffix("…")
    alike = title.startswith(shown) if response.title.endswith("…") else title == shown
    cell = response.cell.split()[-1] if response.cell else ""
    return alike, cell == (finding.cell or ""), response.cell == one_line(f"{finding.sheet} {finding.cell or ''}")
