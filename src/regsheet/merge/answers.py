"""Answers on the Findings sheets of all copies, brought together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from regsheet.grid.addresses import position
from regsheet.grid.cells import Value
from regsheet.merge.values import key as value_key
from regsheet.rules.responses import TITLE, Response, fold
from regsheet.values.text import one_line
from regsheet.writer.merged import Conflict, Version
from regsheet.writer.sheets.texts import display

PARTS = ("response", "reason", "name", "until")
"""What an answer consists of."""

Line = tuple[str, str, str, str]
"""What one row of a Findings sheet is about: rule, risk, field, cell."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a copy's Findings sheets say. ``name`` is the copy's, ``who`` returned it."""

    name: str
    who: str
    responses: tuple[Response, ...]
    has_sheet: bool


@dataclass(frozen=True, slots=True)
class Collected:
    """All answers: those to be shown on the new Findings sheet, those that contradict one another, and counts."""

    responses: tuple[Response, ...]
    conflicts: tuple[Conflict, ...]
    counts: Mapping[str, int]


def line_of(response: Response) -> Line:
    """What a response is about."""
    risk = fold(response.ref) if response.ref else fold(response.title)[:TITLE]
    return response.rule, risk, response.field, one_line(response.cell)


def new_answers(sent: Iterable[Response], returned: Iterable[Response]) -> list[Response]:
    """The answers of a copy that were not in the workbook as sent."""
    before = {line_of(response): _said(response) for response in sent}
    return [response for response in returned if before.get(line_of(response)) != _said(response)]


def collect(sent: tuple[Response, ...], copies: list[Answers], why: Mapping[str, str]) -> Collected:
    """Bring the answers of all copies together; two that contradict each other are both left out."""
    base = {line_of(response): response for response in sent}
    brought: dict[Line, list[tuple[Answers, Response]]] = {}
    for copy in copies:
        for response in new_answers(sent, copy.responses):
            brought.setdefault(line_of(response), []).append((copy, response))
    found, conflicts = dict(base), _removed(base, copies, why)
    for line, versions in brought.items():
        joined = _joined([response for _, response in versions])
        if joined is not None:
            found[line] = joined
        else:
            conflicts.append(_conflict(base.get(line), versions, why["response"]))
    counts = {copy.name: len(new_answers(sent, copy.responses)) for copy in copies}
    return Collected(tuple(found.values()), tuple(conflicts), counts)


def _said(response: Response) -> tuple[str, ...]:
    """What somebody answered, column by column, for comparing: "agree" is "Agree"."""
    rest = (value_key(_plain(getattr(response, name))) for name in PARTS[1:])
    return (value_key(_plain(response.response)).casefold(), *rest)


def _plain(value: Value) -> Value:
    return one_line(value) if isinstance(value, str) else value


def _joined(versions: list[Response]) -> Response | None:
    """One answer where none contradicts another: what one of them leaves open, the others fill in."""
    joined = versions[0]
    for other in versions[1:]:
        for name, mine, theirs in zip(PARTS, _said(joined), _said(other), strict=True):
            if mine and theirs and mine != theirs:
                return None
            if theirs and not mine:
                joined = replace(joined, **{name: getattr(other, name)})
    return joined


def _conflict(base: Response | None, versions: list[tuple[Answers, Response]], why: str) -> Conflict:
    first = versions[0][1]
    return Conflict(
        "response", "", None, "" if base is None else told(base),
        tuple(Version(copy.name, copy.who, told(response)) for copy, response in versions), why,
        ref=first.ref, title=first.title, owner=_owner(first), field=_about(first),
    )  # fmt: skip


def _removed(base: Mapping[Line, Response], copies: list[Answers], why: Mapping[str, str]) -> list[Conflict]:
    """Answers that stood in the workbook as sent and are gone from a copy."""
    found = []
    for line, response in base.items():
        without = [copy for copy in copies if copy.has_sheet and line not in {line_of(r) for r in copy.responses}]
        if without:
            found.append(Conflict(
                "response removed", "", None, told(response),
                tuple(Version(copy.name, copy.who, None) for copy in without), why["response removed"],
                ref=response.ref, title=response.title, owner=_owner(response), field=_about(response),
            ))  # fmt: skip
    return found


def _about(response: Response) -> str:
    return " ".join(word for word in (response.rule, response.field.replace("_", " "), _cell(response)) if word)


def _cell(response: Response) -> str:
    try:
        position(response.cell)
    except ValueError:
        return ""
    return response.cell


def _owner(response: Response) -> str:
    return one_line(response.line.get("Owner"))


def told(response: Response) -> str:
    """``Disagree; reason: Agreed by the board; name: T. Zielinski; until 31 March 2027``."""
    until = response.until
    when = display(until) if not isinstance(until, dt.datetime) else display(until.replace(hour=0, minute=0, second=0))
    words = [response.response or "(no response)"]
    words += [f"{label} {text}" for label, text in
              (("reason:", response.reason), ("name:", response.name), ("until", when)) if text]  # fmt: skip
    return "; ".join(words)
