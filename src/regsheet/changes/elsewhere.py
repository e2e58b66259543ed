"""Risks that went from one workbook of a folder to another."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from regsheet.changes.comparison import Comparison, Risk
from regsheet.changes.texts import text_key

WAS, IS = "was {ref}in {file}", "now {ref}in {file}"


def with_elsewhere(books: Iterable[Comparison]) -> tuple[Comparison, ...]:
    """The comparisons, new and vanished risks saying where they came from and went, told by their titles."""
    books = tuple(books)
    went = _unique((risk, book.old_file) for book in books for risk in book.gone)
    came = _unique((risk, book.new_file) for book in books for risk in book.new)
    return tuple(
        msgspec.structs.replace(
            book,
            new=tuple(_told(risk, went, WAS) for risk in book.new),
            gone=tuple(_told(risk, came, IS) for risk in book.gone),
        )
        for book in books
    )


Places = dict[str, tuple[Risk, str]]


def _unique(risks: Iterable[tuple[Risk, str]]) -> Places:
    """Risks and their files by title; none where several bear one."""
    found: dict[str, list[tuple[Risk, str]]] = {}
    for risk, file in risks:
        found.setdefault(text_key(risk.title), []).append((risk, file))
    return {title: entries[0] for title, entries in found.items() if title and len(entries) == 1}


def _told(risk: Risk, places: Places, words: str) -> Risk:
    place = places.get(text_key(risk.title))
    if place is None:
        return risk
    other, file = place
    return msgspec.structs.replace(risk, elsewhere=words.format(ref=f"{other.ref} " if other.ref else "", file=file))
