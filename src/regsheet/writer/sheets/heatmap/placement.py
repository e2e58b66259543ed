"""Where each risk stands at one stage: its cell of the matrix, its rating and band, or why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from regsheet.layout.tables import Band
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.writer.sheets.bands import band_word
from regsheet.writer.sheets.heatmap.axes import Axis, axis_of
from regsheet.writer.sheets.texts import one_line
from regsheet.writer.sheets.wording import wording

LONGEST_LABEL = 18
EVERY = slice(None)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What some scores come to at one stage, the same for all risks that have them; nothing else is equal to it.

    ``likelihood`` and ``impact`` are positions on the axes, None where it has no place. ``words`` say its rating and
    band, or why there are none; they are empty for a place on the matrix that has neither.
    """

    likelihood: int | None
    impact: int | None
    rating: float | None
    band: Band | None
    words: str

    @property
    def placed(self) -> bool:
        """Whether it is on the matrix."""
        return self.likelihood is not None and self.impact is not None


@dataclass(frozen=True, slots=True)
class Place(Standing):
    """One risk at one stage. ``words`` are its label where nothing else is said of it."""

    index: int
    label: str


@dataclass(frozen=True)
class Plan:
    """A register's matrix: axes (None where it has no scores) and where each risk stands at each of its stages.

    ``labels`` and, for each stage, ``standings`` are those of each risk in turn.
    """

    register: Register
    likelihood: Axis | None
    impact: Axis | None
    labels: list[str]
    standings: dict[str, list[Standing]]

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that the register has, in order."""
        return tuple(self.standings)

    @property
    def has_matrix(self) -> bool:
        """Whether anything can be put on a matrix."""
        return self.likelihood is not None and self.impact is not None

    @property
    def exact(self) -> bool:
        """Whether both axes have single scores for steps."""
        return all(axis is not None and axis.exact for axis in (self.likelihood, self.impact))

    @cached_property
    def places(self) -> dict[str, tuple[Place, ...]]:
        """The place of each risk at each of its stages."""
        return {
            stage: tuple(
                Place(one.likelihood, one.impact, one.rating, one.band, one.words or label, index, label)
                for index, (label, one) in enumerate(zip(self.labels, standings, strict=True))
            )
            for stage, standings in self.standings.items()
        }

    def said(self, stage: str, part: slice = EVERY) -> list[str]:
        """What is said of each risk at a stage."""
        return [one.words or label for label, one in zip(self.labels[part], self.standings[stage][part], strict=True)]

    def at(self, stage: str, likelihood: int, impact: int) -> list[str]:
        """The labels of the risks in one cell of a stage's matrix."""
        return self._in_cells.get((stage, likelihood, impact), [])

    def nowhere(self, stage: str) -> list[str]:
        """The labels of the risks that are not on a stage's matrix."""
        return self._in_cells.get((stage, None, None), [])

    @cached_property
    def _in_cells(self) -> dict[tuple[str, int | None, int | None], list[str]]:
        found: dict[tuple[str, int | None, int | None], list[str]] = {}
        for stage, standings in self.standings.items():
            cells = {
                one: found.setdefault((stage, *((one.likelihood, one.impact) if one.placed else (None, None))), [])
                for one in set(standings)
            }
            for label, one in zip(self.labels, standings, strict=True):
                cells[one].append(label)
        return found

    def cell(self, stage: str, likelihood: int, impact: int) -> tuple[float | None, Band | None]:
        """The rating and band of one cell of the matrix; a cell of ranges has a band only if all of it shares one."""
        asked = (stage, likelihood, impact)
        if asked not in self._cells:
            self._cells[asked] = self._cell(*asked)
        return self._cells[asked]

    @cached_property
    def _cells(self) -> dict[tuple[str, int, int], tuple[float | None, Band | None]]:
        return {}

    def _cell(self, stage: str, likelihood: int, impact: int) -> tuple[float | None, Band | None]:
        assert self.likelihood is not None  # noqa: S101 - asked only when there is a matrix
        assert self.impact is not None  # noqa: S101
        row, column = self.likelihood.steps[likelihood], self.impact.steps[impact]
        if row.score is not None and column.score is not None:
            return score(self.register, stage, row.score, column.score)
        corners = [score(self.register, stage, x, y)[1] for x in (row.low, row.high) for y in (column.low, column.high)]
        return None, corners[0] if all(corner == corners[0] for corner in corners) else None


def plan_of(register: Register) -> Plan:
    """Work out where every risk of a register stands."""
    likelihood, impact = axis_of(register, "likelihood"), axis_of(register, "impact")
    standings = {stage: _Stage(register, stage, likelihood, impact).standings() for stage in register.stages}
    return Plan(register, likelihood, impact, labels_of(register), standings)


def score(register: Register, stage: str, likelihood: float, impact: float) -> tuple[float | None, Band | None]:
    """The rating and band that the register's own scoring gives."""
    scoring = register.scoring
    rating = scoring.rating(likelihood, impact, stage=stage)
    return rating, scoring.band(rating, likelihood, impact)


def label_of(register: Register, index: int) -> str:
    """What stands for a risk in a cell of the matrix: its reference, else its row."""
    ref = one_line(register.text(index, "ref"))
    return ref if ref and len(ref) <= LONGEST_LABEL else row_words(register, index)


def labels_of(register: Register) -> list[str]:
    """The same for each risk."""
    return [
        str(ref) if type(ref) is str and 0 < len(ref) <= LONGEST_LABEL and ref.isalnum() else label_of(register, index)
        for index, ref in enumerate(register.values("ref"))
    ]


def sheet_row(register: Register, index: int) -> int:
    """The row of the sheet that a risk begins on."""
    return int(str(register.value(index, "row")))


def row_words(register: Register, index: int) -> str:
    """``row 12``."""
    return str(wording("heatmap")["row"].format(row=sheet_row(register, index)))


def rating_words(rating: float | None, band: Band | None, word: str = "") -> str:
    """``20 Red``."""
    return " ".join(
        part for part in ("" if rating is None else plain(rating), band_word(band) if band else word) if part
    )


class _Stage:
    """One stage of a register."""

    def __init__(self, register: Register, stage: str, likelihood: Axis | None, impact: Axis | None) -> None:
        self.register = register
        self.stage = stage
        self._up = likelihood.place if likelihood else _nowhere
        self._across = impact.place if impact else _nowhere

    def standings(self) -> list[Standing]:
        """Where each risk stands, in order. The same scores are met again and again: each is looked at once."""
        fields = (f"{self.stage}_{field}" for field in ("likelihood", "impact", "rating", "band"))
        return list(map(cache(self._stand), *map(self.register.values, fields)))

    def _stand(self, *fact: object) -> Standing:
        """Where such scores, such a rating and such a word for the band put a risk, and what it is said to be."""
        up, across, stated = map(_float, fact[:3])
        word = "" if fact[3] is None else str(fact[3])
        row, column = self._up(up), self._across(across)
        if up is not None and across is not None and row is not None and column is not None:
            rating, band = score(self.register, self.stage, up, across)
            rating = stated if rating is None else rating
            band = band or self._stated_band(rating, word)
            return Standing(row, column, rating, band, rating_words(rating, band))
        band = self._stated_band(stated, word)
        rated = rating_words(stated, band, one_line(word))
        return Standing(None, None, stated, band, f"{rated} *" if rated else _why(up, across))

    def _stated_band(self, rating: float | None, word: str) -> Band | None:
        return self.register.scoring.band(rating) or self.register.scoring.band_named(word or None)


def _nowhere(_value: float | None) -> None:
    return None


def _float(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]


def _why(likelihood: float | None, impact: float | None) -> str:
    words = wording("heatmap")
    if likelihood is None and impact is None:
        return str(words["not_scored"])
    if likelihood is None:
        return str(words["no_likelihood"])
    return str(words["no_impact"] if impact is None else words["off_scale"])
