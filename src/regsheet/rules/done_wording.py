"""Tells an action that is worded as finished from one that is still to do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from regsheet.remembered import remembered
from regsheet.rules.whole_columns import pieces, whole
from regsheet.rules.words import word_list
from regsheet.values.dates import dates_in_text

PARTICIPLES = (
    "completed", "complete", "finished", "implemented", "delivered", "presented", "approved", "adopted", "appointed",
    "published", "achieved", "signed", "installed", "procured", "recruited", "rolled out", "launched", "concluded",
    "undertaken", "carried out", "held", "agreed", "introduced", "established", "submitted", "issued", "done",
)  # fmt: skip

WORD = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in PARTICIPLES)

STILL_TO_COME = re.compile(
    r"(?:\b(?:to|be|being|will|shall|should|must|would|could|may|might|not|yet|never|whether|before|nearly|almost|"
    r"partly|partially|half|getting|due|awaiting|pending|needs?|and|ensure|monitor|check|all|any|only|per|for|of|in|"
    r"on|a|an|the)|%|\d)\s*$",
    re.IGNORECASE,
)
"""What stands before a participle that is no report of something finished."""

CONDITION = re.compile(r"\b(?:until|once|when|after|if|unless)\b", re.IGNORECASE)
"""Words that make a finished thing the condition of something still to come."""

OPENING = re.compile(rf"^(?:{WORD})\b\s*(?:[:;,–—-]|\bon\b|\bin\b|\d|$)", re.IGNORECASE)
CLOSING = re.compile(
    rf"(?:[-–—:;,(]\s*|\b(?:now|has been|have been|was|were|been)\s+(?:fully\s+)?)(?:{WORD})\s*\)?[.!]?$", re.IGNORECASE
)
PERFECT = re.compile(
    rf"\b(?:has|have)\s+(?:now\s+|already\s+)?been\s+(?:{WORD})\b|\b(?:was|were)\s+(?:{WORD})\b", re.IGNORECASE
)
DATED = re.compile(
    rf"\b({WORD})\b\s*(?:(?:to|at|by)\s+(?:the\s+)?(?:\w+\s+){{1,3}})?(?:on|in|at|by|:|-|–)?\s*"
    r"(?=\(?\d|\(?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
RELATIVE = re.compile(r"\b(?:what|which|that|who|whether|how)\b[^,;:.–—]*$", re.IGNORECASE)
"""Words that put a finished thing inside a sentence about another: ``issue the draft that was agreed``."""

REMAINS = re.compile(
    r"\b(?:but|however|remaining|remains|outstanding|next|still|further|phase|follow[- ]up|will|to be|ongoing|"
    r"continu\w+|monitor\w*|in progress|planned|looking to|is being|are being)\b",
    re.IGNORECASE,
)
"""After a report of something finished: what is left to do."""


def may_be_finished(column: Sequence[str]) -> list[int]:
    """Where in a column of actions any of the words stand without which none reports its end."""
    return [place for piece in pieces(column) for place in piece.worded(finished_words())]


@cache
def finished_words() -> re.Pattern[str]:
    """The words by which an action, or its status, may report its end: all looked for at once, for all rules."""
    return whole((*PARTICIPLES, *(phrase.replace("%", "") for phrase in word_list("done_status"))))


@remembered
def is_finished(item: str, as_of: dt.date, day_first: bool = True) -> bool:
    """Whether an action reports its own end: ``Completed: …``, ``… has been installed``, ``presented 16/7/24``."""
    text = " ".join(item.split()).strip(" .")
    if text.isascii() and not any(map(text.lower().__contains__, PARTICIPLES)):
        return False
    if OPENING.match(text):
        return not REMAINS.search(text)
    if CONDITION.search(text):
        return False
    for found in DATED.finditer(text):
        dates = dates_in_text(text[found.start() :], day_first)
        past = bool(dates) and dates[0].end is not None and dates[0].end <= as_of
        before = text[: found.start()].rstrip()
        if past and not STILL_TO_COME.search(before) and not RELATIVE.search(before):
            return not REMAINS.search(text[found.end() :])
    closing = CLOSING.search(text)
    before = "" if closing is None else text[: closing.start()].rstrip()
    if closing and not STILL_TO_COME.search(before) and not RELATIVE.search(before):
        return True
    perfect = PERFECT.search(text)
    before = "" if perfect is None else text[: perfect.start()].rstrip()
    if perfect is None or STILL_TO_COME.search(before) or RELATIVE.search(before):
        return False
    return not REMAINS.search(text[perfect.end() :])
