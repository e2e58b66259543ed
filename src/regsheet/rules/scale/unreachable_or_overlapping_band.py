"""SL005: bands that overlap, or leave a rating without a band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from regsheet.layout.tables import Band
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import joined
from regsheet.rules.table_places import heading_cell

SHOWN = 6
"""Ratings without a band that a sentence names."""


class UnreachableOrOverlappingBand(RegisterRule):
    """The register's bands overlap, or leave a rating without a band.

    ## What it does
    Looks at the bands that the workbook or the configuration gives: no rating may belong to two of them, every rating
    that likelihood and impact can make must belong to one, and no band may lie where no rating can fall.

    ## Why it matters
    Where 10 is both low and high, whoever fills in the sheet chooses the colour.

    ## When it is legitimate
    Hardly ever. If the top band is never meant to be used, leave it out.

    ## Correction
    None: where a band ends is policy.
    """

    code = "SL005"
    name = "unreachable-or-overlapping-band"
    severity = Severity.ERROR
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 3, "residual_impact": 4, "residual_rating": 12},),
            bands=(Band("Low", 1, 6), Band("Medium", 8, 12), Band("High", 15, 25)),
            why="nothing makes 7, 13 or 14 on a scale of 1 to 5",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 2, "residual_impact": 5, "residual_rating": 10},),
            bands=(Band("Low", 1, 10), Band("High", 10, 25)),
            finds=((-1, "residual_rating"),),
            why="10 is both",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 3, "residual_impact": 4, "residual_rating": 12},),
            bands=(Band("Low", 1, 6), Band("Medium", 7, 11), Band("High", 15, 25)),
            finds=((-1, "residual_rating"),),
            why="12 is neither",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be bands that somebody laid down."""
        if register.scoring.source != "default" and stated_bands(register):
            return None
        return f"no bands are laid down for sheet {register.sheet_name!r}"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Each overlap, then the ratings and the bands that are left over."""
        bands = stated_bands(register)
        cell, field = heading_cell(register)
        for lower, upper in pairwise(bands):
            if lower.high >= upper.low and lower.name != upper.name:
                yield self.table_finding(
                    register, cell, field, f"rating {plain(upper.low)} belongs to both {lower.name} "
                    f"({span(lower)}) and {upper.name} ({span(upper)}).", "Let each band begin above the one below.",
                )  # fmt: skip
        ratings = reachable(register)
        outside = [rating for rating in ratings if not any(band.low <= rating <= band.high for band in bands)]
        empty = [band for band in bands if not any(band.low <= rating <= band.high for rating in ratings)]
        if not ratings or (outside and empty):
            return  # the bands are those of another scale
        if outside:
            shown = joined([*map(plain, outside[:SHOWN]), *(["more"] if len(outside) > SHOWN else [])])
            verb = "belongs" if len(outside) == 1 else "belong"
            yield self.table_finding(register, cell, field, f"rating {shown} {verb} to no band.",
                                     "Let the bands cover every rating.")  # fmt: skip
        for band in empty:
            yield self.table_finding(register, cell, field, f"no rating can fall into {band.name} ({span(band)}).",
                                     "Check where the bands begin and end.")  # fmt: skip


def stated_bands(register: Register) -> tuple[Band, ...]:
    """The bands that are ranges of ratings, lowest first; a register that rates in words has none."""
    if register.scoring.rule in {"words", "rank", "none", "typed-unknown"}:
        return ()
    return tuple(sorted(register.table.bands or register.scoring.bands, key=lambda band: (band.low, band.high)))


def reachable(register: Register) -> Sequence[float]:
    """Every rating that a likelihood and an impact of the scale can make, lowest first; empty when unknown."""
    scoring = register.scoring
    if scoring.rule == "lookup":
        return sorted(set(scoring.lookup.values()))
    pairs = product((level.score for level in scoring.likelihood), (level.score for level in scoring.impact))
    made = {scoring.rating(likelihood, impact) for likelihood, impact in pairs}
    return sorted(rating for rating in made if rating)


def span(band: Band) -> str:
    """``8 to 14``."""
    return f"{plain(band.low)} to {plain(band.high)}"
