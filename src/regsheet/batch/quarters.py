"""Which workbook of last quarter's folder is which of this quarter's: by name, then by content."""

from __future__ import annotations

from collections.abc import Sequence

from regsheet.batch.survey import Seen
from regsheet.changes.files import pair_by_content, pair_by_name


def pair_quarters(now: Sequence[Seen], then: Sequence[Seen]) -> tuple[dict[int, int], tuple[str, ...]]:
    """Places of this quarter's workbooks to places of last quarter's, and those of last quarter's that none is of."""
    new = {one.file: at for at, one in enumerate(now)}
    old = {one.file: at for at, one in enumerate(then)}
    pairs = pair_by_name(new, old)
    taken = set(pairs.values())
    pairs |= pair_by_content({file: now[at].content for file, at in new.items() if file not in pairs},
                             {file: then[at].content for file, at in old.items() if file not in taken})  # fmt: skip
    gone = tuple(file for file in old if file not in set(pairs.values()))
    return {new[file]: old[other] for file, other in pairs.items()}, gone
