"""The JSON of ``compare``: the classes of ``comparison`` as objects, and how much changed of each pair of workbooks."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from regsheet.changes.comparison import Comparison, Comparisons
from regsheet.changes.sentences import change_sentences, counts, item_sentence
from regsheet.reports.plain import printable
from regsheet.version import VERSION


def comparisons_object(compared: Comparisons) -> dict[str, Any]:
    """All that changed, as plain data.

    ``old``, ``new``, ``version``, ``same`` (whether nothing changed), ``only_old``, ``only_new``, ``failed`` (``file``,
    ``reason``) and ``books``, one for each pair of workbooks. Of a book: ``counts`` and the keys of ``Comparison``; to
    each of ``changed`` and ``items`` a ``sentences`` list is added that says the same in words.
    """
    return {
        "old": compared.old,
        "new": compared.new,
        "version": VERSION,
        "same": compared.is_empty,
        "books": [_book(book) for book in compared.books],
        "only_old": list(compared.only_old),
        "only_new": list(compared.only_new),
        "failed": [{"file": item.file, "reason": item.reason} for item in compared.failed],
    }


def _book(book: Comparison) -> dict[str, Any]:
    lists: dict[str, Any] = {key: [] for key in ("new", "gone", "changed", "map_new", "map_gone", "items", "remarks")}
    found = {**lists, **msgspec.to_builtins(book)}
    for entry, change in zip(found["changed"], book.changed, strict=True):
        entry["sentences"] = change_sentences(change)
    for entry, item in zip(found["items"], book.items, strict=True):
        entry |= {"kind": item.kind, "sentences": [item_sentence(item)]}
    head = {"old_file": book.old_file, "new_file": book.new_file, "counts": counts(book)}
    return {**head, "old_risks": book.old_risks, "new_risks": book.new_risks} | found


def comparisons_text(compared: Comparisons) -> str:
    """The JSON as text."""
    return printable(json.dumps(comparisons_object(compared), ensure_ascii=False, indent=1))
