"""SC005: one score, two bands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import BookRule, Context, Example
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import known_band, settled_scores, texts
from regsheet.values.levels import level_key


class Banded(NamedTuple):
    """A rating with the word for its band, and where it stands."""

    register: Register
    risk: int
    field: str
    rating: float
    word: str


class SameScoreDifferentBand(BookRule):
    """One rating is called by two bands in the same workbook.

    ## What it does
    Gathers every rating of the workbook that stands beside a band word, over all registers and stages, and reports the
    rarer word where one rating has two. A word that contradicts the register's own known bands is another finding.

    ## Why it matters
    Two departments that call 16 red and amber cannot be compared, and the amber one escapes the committee.

    ## When it is legitimate
    Where two registers follow two approved policies; then each should show its own bands.

    ## Correction
    None: which of the two is right depends on the policy.
    """

    code = "SC005"
    name = "same-score-different-band"
    severity = Severity.ERROR
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 16,
                 "residual_band": "Severe"},
                {"ref": "R2", "title": "B", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 16,
                 "residual_band": "SEVERE "},
            ),
            why="one word, written in two ways",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=tuple(
                {"ref": f"R{n}", "title": "A", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 16,
                 "residual_band": word} for n, word in enumerate(("Severe", "Severe", "Moderate"))
            ),
            finds=((2, "residual_band"),),
            why="16 is severe twice and moderate once",
        ),
    )  # fmt: skip

    def lacks(self, context: Context) -> str | None:
        """Somewhere a rating must stand beside a band word."""
        registers = context.book.registers
        if any(register.has(f"{stage}_band") for register in registers for stage in register.stages):
            return None
        return "no register in the workbook has a word for the band beside the rating"

    def check(self, context: Context) -> Iterator[Finding]:
        """Every rarer word for a rating."""
        groups: dict[float, list[Banded]] = defaultdict(list)
        for register in context.book.registers:
            for one in banded(register):
                groups[one.rating].append(one)
        for rating, members in groups.items():
            counts = Counter(level_key(one.word) for one in members)
            usual = counts.most_common(1)[0][0]
            spelling = next(one.word for one in members if level_key(one.word) == usual)
            for one in members:
                if level_key(one.word) != usual:
                    yield self.finding(
                        one.register, one.risk, one.field, f"{plain(rating)} is called “{one.word}” here and "
                        f"“{spelling}” elsewhere in this workbook.", "Use one set of bands throughout.",
                    )  # fmt: skip


def banded(register: Register) -> Iterator[Banded]:
    """The ratings of a register that stand beside a band word which its own known bands do not contradict."""
    if register.scoring.rule not in {"product", "sum", "lookup"}:
        return
    for stage in register.stages:
        field = f"{stage}_band"
        rows = zip(settled_scores(register, stage), texts(register, field), strict=True)
        for index, (score, word) in enumerate(rows):
            shown, right = known_band(register, word), register.scoring.band(score.rating)
            contradicted = shown is not None and right is not None and shown.name != right.name
            if score.rating is not None and word and level_key(word) and not contradicted:
                yield Banded(register, index, field, score.rating, word)
