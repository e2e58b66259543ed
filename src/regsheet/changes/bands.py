"""How many risks stand in each band, then and now."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.changes.comparison import BandCount
from regsheet.changes.scores import score_of
from regsheet.model.book import Book
from regsheet.rules.risks import current_stage, repeated

UNBANDED = "no band"


def band_counts(old: Book, new: Book) -> tuple[BandCount, ...]:
    """The bands of both workbooks, the worst first, with their risks; those without any band last."""
    names: dict[str, tuple[str, str]] = {}
    for book in (new, old):
        for register in book.registers:
            for band in reversed(register.scoring.bands):
                name = band.name[:1].upper() + band.name[1:]
                known = names.get(band.name.casefold(), (name, ""))
                names[band.name.casefold()] = (known[0], known[1] or band.colour or "")
    then, now = list(_bands(old)), list(_bands(new))
    for name in (*now, *then):
        names.setdefault(name.casefold(), (name, ""))
    counted = [(key, [name.casefold() for name in then].count(key), [name.casefold() for name in now].count(key))
               for key in sorted(names, key=lambda key: key == UNBANDED)]  # fmt: skip
    return tuple(BandCount(*names[key], before, after) for key, before, after in counted if before or after)


def _bands(book: Book) -> Iterator[str]:
    """The band of each risk as it is with its controls in place, else without."""
    for register in book.registers:
        stage = current_stage(register)
        for index, again in enumerate(repeated(register)):
            if stage is not None and not again:
                yield score_of(register, index, stage).band or UNBANDED
