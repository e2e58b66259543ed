"""SC005: one score, two bands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from regsheet.model.book import Book
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import BookRule, Context, Example
from regsheet.rules.elsewhere import Called
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import known_band, settled_scores, texts
from regsheet.values.levels import level_key, order


class Banded(NamedTuple):
    """A rating with the word for its band, and where it stands."""

    register: Register
    risk: int
    field: str
    rating: float
    word: str


class SameScoreDifferentBand(BookRule):
    """One rating is called by two bands, in the same workbook or in two that are checked together.

    ## What it does
    Gathers every rating of the workbook that stands beside a band word, over all registers and stages, and reports the
    rarer word where one rating has two. Where other workbooks are checked in the same run, a rating is also reported
    once that more of them call by another word of the same family than by this one, unless the configuration settles
    the bands. Within a workbook, a word that contradicts the register's own known bands is another finding.

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
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 16,
                   "residual_band": "Severe"},),
            other_rows=({"ref": "R7", "title": "B", "residual_likelihood": 4, "residual_impact": 4,
                         "residual_rating": 16, "residual_band": "Moderate"},),
            finds=((0, "residual_band"),),
            why="16 is severe in this register and moderate in another",
        ),
    )  # fmt: skip

    def lacks(self, context: Context) -> str | None:
        """Somewhere a rating must stand beside a band word."""
        registers = context.book.registers
        if any(register.has(f"{stage}_band") for register in registers for stage in register.stages):
            return None
        return "no register in the workbook has a word for the band beside the rating"

    def check(self, context: Context) -> Iterator[Finding]:
        """Every rarer word for a rating, and every rating that other workbooks call otherwise."""
        for members in by_rating(context.book, contradicted=False).values():
            right = usual(members)
            for one in members:
                if level_key(one.word) != level_key(right.word):
                    yield self._finding(one, f"“{right.word}” elsewhere in this workbook")
        if not context.config.scoring.bands:
            yield from self._elsewhere(context)

    def _elsewhere(self, context: Context) -> Iterator[Finding]:
        """Every rating that more of the other workbooks call by another word of the same family."""
        called = _called(context)
        for rating, members in by_rating(context.book, contradicted=True).items():
            one = usual(members)
            theirs = called.get(rating, ())
            alike = sum(word.workbooks for word in theirs if level_key(word.word) == level_key(one.word))
            against = [word for word in theirs if _contradicts(word.word, one.word)]
            if against and sum(word.workbooks for word in against) > alike:
                yield self._finding(one, f"“{against[0].word}” in {against[0].file}")

    def _finding(self, one: Banded, other: str) -> Finding:
        message = f"{plain(one.rating)} is called “{one.word}” here and {other}."
        return self.finding(one.register, one.risk, one.field, message, "Use one set of bands throughout.")


def _contradicts(word: str, other: str) -> bool:
    """Whether two words are different levels of the same family."""
    return level_key(word) != level_key(other) and order((word, other)) is not None


def _called(context: Context) -> Mapping[float, Sequence[Called]]:
    """The words that the other workbooks of the run have for each rating."""
    if context.elsewhere is not None:
        return context.elsewhere.called
    called: dict[float, list[Called]] = defaultdict(list)
    for book in context.others:
        for rating, word in usual_words(book).items():
            called[rating].append(Called(word, book.path.name))
    return called


def usual_words(book: Book) -> dict[float, str]:
    """The word that a workbook has for each rating: the usual one, where it has several."""
    return {rating: usual(members).word for rating, members in by_rating(book, contradicted=True).items()}


def usual(members: Sequence[Banded]) -> Banded:
    """The first rating with the word that most have."""
    counts = Counter(level_key(one.word) for one in members)
    key = counts.most_common(1)[0][0]
    return next(one for one in members if level_key(one.word) == key)


def by_rating(book: Book, *, contradicted: bool) -> dict[float, list[Banded]]:
    """The ratings of a workbook that stand beside a band word, by rating."""
    groups: dict[float, list[Banded]] = defaultdict(list)
    for register in book.registers:
        for one in banded(register, contradicted=contradicted):
            groups[one.rating].append(one)
    return groups


def banded(register: Register, *, contradicted: bool) -> Iterator[Banded]:
    """The ratings of a register that stand beside a band word; with or without those that its bands contradict."""
    if register.scoring.rule not in {"product", "sum", "lookup"}:
        return
    for stage in register.stages:
        field = f"{stage}_band"
        if not register.has(field):
            continue
        rows = zip(settled_scores(register, stage), texts(register, field), strict=True)
        for index, (score, word) in enumerate(rows):
            if score.rating is None or not word or not level_key(word):
                continue
            shown, right = known_band(register, word), register.scoring.band(score.rating)
            agrees = shown is None or right is None or shown.name == right.name
            if agrees or contradicted:
                yield Banded(register, index, field, score.rating, word)
