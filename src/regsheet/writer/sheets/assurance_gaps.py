"""What is missing in the assurance of a risk, in words: for the sheet and for the page."""

from __future__ import annotations

from collections.abc import Iterable

from regsheet.rules.joining import Match
from regsheet.writer.sheets.wording import wording


def gaps_of(empty: Iterable[int], found: Match | None, *, with_register: bool) -> tuple[str, ...]:
    """A sentence for each line of defence that has no item, and what there is to say of the risk in the register.

    ``empty`` are these lines, ``found`` is the register's risk, ``with_register`` says whether there is one to look in.
    """
    words = wording("assurance")
    gaps = [words["no_line"].format(line=words["ordinals"][line - 1]) for line in empty]
    if with_register and found is None:
        gaps.append(words["not_in_register"])
    elif found is not None and found.basis == "title" and round(found.score) < 100:
        label = found.register.label(found.risk)
        gaps.append(words["matched"].format(label=label, score=round(found.score)))
    return tuple(gaps)
