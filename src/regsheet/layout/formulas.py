"""What formulas say about columns: which ones a rating multiplies or adds, which one a band is read from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from regsheet.grid.addresses import column_number
from regsheet.layout.vocabulary import heading_key

_CELL = r"\$?[A-Z]{1,3}\$?\d+|\w*\[\[[^\]]*\],\s*\[[^\]]*\]\]|\w*\[@?\[?[^\[\]]*\]?\]"
_TERM = rf"(?:VALUE\(|INT\(|N\(|\()*\s*({_CELL})\s*\)*"
_JOINED = re.compile(rf"{_TERM}\s*([*+])\s*{_TERM}(?:\s*([*+])\s*{_TERM})?", re.IGNORECASE)
_FUNCTION = re.compile(
    rf"(PRODUCT|SUM)\(\s*({_CELL})\s*([,:;])\s*({_CELL})(?:\s*([,;])\s*({_CELL}))?\s*\)", re.IGNORECASE
)
_LOOKUP = re.compile(r"\b(?:INDEX|VLOOKUP|HLOOKUP|XLOOKUP|LOOKUP|MATCH|OFFSET|SWITCH|CHOOSE)\s*\(", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![A-Za-z!'\]])\$?([A-Z]{1,3})\$?(\d+)(?![\d(])")
_STRUCTURED = re.compile(r"\[([^\[\]#]+)\]")
_COPY = re.compile(r"\s*\+?\$?[A-Z]{1,3}\$?\d+\s*\Z|\s*\w*\[\[?@?[^\]]*\]?(?:,\[[^\]]*\])?\]?\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormulaSense:
    """What most formulas of a column do: ``product``, ``sum``, ``lookup``, ``words``, ``copy``, ``other``."""

    kind: str
    columns: tuple[int, ...]


def sense_of(formulas: list[tuple[int, str]], names: Mapping[str, int]) -> FormulaSense | None:
    """What the formulas of one column do. ``names`` are the headings of the table by key, for structured references."""
    if not formulas:
        return None
    senses = Counter(_sense(row, formula, names) for row, formula in formulas[:40])
    return senses.most_common(1)[0][0]


def _sense(row: int, formula: str, names: Mapping[str, int]) -> FormulaSense:
    columns = _columns(row, formula, names)
    text = re.sub(r'"[^"]*"', '""', formula)
    joined = _JOINED.search(text)
    if joined:
        terms = [_column(term, names) for term in (joined[1], joined[3], joined[5]) if term]
        operators = {sign for sign in (joined[2], joined[4]) if sign}
        if None not in terms and len(operators) == 1 and len(set(terms)) == len(terms):
            return FormulaSense("product" if operators == {"*"} else "sum", tuple(t for t in terms if t))
    called = _FUNCTION.search(text)
    if called:
        return _called(called, names)
    if re.search(r'"[^"]*[A-Za-z][^"]*"', formula) and ("IF" in formula.upper() or "CHOOSE" in formula.upper()):
        return FormulaSense("words", columns)
    if _LOOKUP.search(formula):
        return FormulaSense("lookup", columns)
    return FormulaSense("copy" if _COPY.match(formula) else "other", columns)


def _called(called: re.Match[str], names: Mapping[str, int]) -> FormulaSense:
    first, last = _column(called[2], names), _column(called[4], names)
    kind = "product" if called[1].upper() == "PRODUCT" else "sum"
    if first is None or last is None:
        return FormulaSense("other", ())
    if called[3] == ":":
        return FormulaSense(kind, tuple(range(min(first, last), max(first, last) + 1))[:6])
    third = _column(called[6], names) if called[6] else None
    return FormulaSense(kind, (first, last) if third is None else (first, last, third))


def _column(term: str, names: Mapping[str, int]) -> int | None:
    found = re.match(r"\$?([A-Z]{1,3})\$?\d+\Z", term, re.IGNORECASE)
    if found:
        return column_number(found[1])
    named = _STRUCTURED.findall(term)
    return names.get(heading_key(named[-1].lstrip("@"))) if named else None


def _columns(row: int, formula: str, names: Mapping[str, int]) -> tuple[int, ...]:
    plain = re.sub(r"'[^']*'![$A-Z0-9:]+|\b\w+![$A-Z0-9:]+", "", formula)
    found = [column_number(name) for name, line in _ADDRESS.findall(plain) if int(line) == row]
    found += [names[key] for text in _STRUCTURED.findall(plain) if (key := heading_key(text.lstrip("@"))) in names]
    return tuple(dict.fromkeys(found))
