"""Which matrix counts: the configuration's, else the workbook's own, else the default, and it says which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from regsheet.config import ScoringSetting
from regsheet.layout.tables import Axis, Band, Layout, Level, Matrix, Scale, Table
from regsheet.model.colours import colour_name
from regsheet.model.scoring import Scoring, Source, plain
from regsheet.values.levels import order

DEFAULT_BANDS = (
    Band("white", 0, 7, "FFFFFF"),
    Band("amber", 8, 14, "FFC000"),
    Band("red", 15, 25, "FF0000"),
)
"""The commonest local-government bands on a 5×5 product. An assumption, and the output says so."""

DEFAULT_TOP = 5

AXES: tuple[Axis, ...] = ("likelihood", "impact")
"""In the order of a matrix's keys."""


def choose_scoring(table: Table, layout: Layout, setting: ScoringSetting, words: Iterable[str] = ()) -> Scoring:
    """The scoring of one register table. ``words`` are the words that its rating cells hold, if any."""
    matrix = _matrix_for(table, layout)
    levels: dict[Axis, tuple[Level, ...]] = {
        "likelihood": _levels("likelihood", table, layout, setting, matrix),
        "impact": _levels("impact", table, layout, setting, matrix),
    }
    lookup, lookup_bands = _lookup(matrix) if matrix and table.rating_rule != "three-factor" else ({}, {})
    if setting.matrix:
        lookup = _configured_lookup(setting, levels["likelihood"], levels["impact"])
    rule = setting.rule or table.rating_rule
    bands, source, explanation = _bands(table, matrix, levels, setting, tuple(words))
    if (source == "workbook" and _ranges_agree(bands, lookup, lookup_bands)) or source != "workbook":
        lookup_bands = {}
    return Scoring(
        rule=rule,
        likelihood=levels["likelihood"],
        impact=levels["impact"],
        bands=bands,
        source=source,
        explanation=explanation,
        lookup=lookup if rule == "lookup" else {},
        lookup_bands=lookup_bands,
        rules_by_stage={} if setting.rule else dict(table.rules_by_stage),
    )


def _matrix_for(table: Table, layout: Layout) -> Matrix | None:
    """The table's own matrix, else the first in the workbook whose axes fit the table's scores, else the first."""
    found = [table.matrix] if table.matrix is not None else []
    found += [other.matrix for other in layout.tables if other.kind == "matrix" and other.matrix is not None]
    fitting = (matrix for matrix in found if all(
        _fits(axis, table, {key[place] for key in matrix.cells}) for place, axis in enumerate(AXES)
    ))  # fmt: skip
    return next(fitting, found[0] if found else None)


def _fits(axis: Axis, table: Table, scores: Iterable[float]) -> bool:
    """Whether a scale is of the size of the scores that the table holds: one to five is not one to ten, nor 0 to 1."""
    seen = [value for value in table.scale.get(axis, ()) if not isinstance(value, str)]
    top = max(scores, default=0)
    return not seen or max(seen) <= 0 or 0.5 <= top / max(seen) <= 2  # half to double


def _levels(
    axis: Axis, table: Table, layout: Layout, setting: ScoringSetting, matrix: Matrix | None
) -> tuple[Level, ...]:
    configured = setting.likelihood if axis == "likelihood" else setting.impact
    if configured:
        return tuple(sorted((Level(score, name) for name, score in configured.items()), key=lambda level: level.score))
    own = [scale for scale in table.scales if scale.axis == axis]
    elsewhere = [scale for other in layout.tables if other.kind == "scale" for scale in other.scales
                 if scale.axis == axis]  # fmt: skip
    for scale in (*own, *elsewhere):
        if len(scale.levels) > 1 and _fits(axis, table, (level.score for level in scale.levels)):
            return _sorted(scale)
    if matrix is not None:
        position = 0 if axis == "likelihood" else 1
        return tuple(Level(score, plain(score)) for score in sorted({key[position] for key in matrix.cells}))
    return _levels_seen(table.scale.get(axis, ()))


def _sorted(scale: Scale) -> tuple[Level, ...]:
    return tuple(sorted(scale.levels, key=lambda level: level.score))


def _levels_seen(seen: Sequence[float | str]) -> tuple[Level, ...]:
    """Levels from what the column itself holds: names in their usual order, or a lowest and highest whole number."""
    names = [value for value in seen if isinstance(value, str)]
    if names:
        ordered = order(names)
        return tuple(Level(score, name) for score, name in enumerate(ordered or (), start=1))
    numbers = [float(value) for value in seen if not isinstance(value, str)]
    if len(numbers) == 2 and all(number.is_integer() for number in numbers) and numbers[0] >= 0 and numbers[1] <= 10:
        low, high = int(numbers[0]), int(numbers[1])
        high = DEFAULT_TOP if high == DEFAULT_TOP - 1 and low else high  # nobody has scored a 5 yet
        return tuple(Level(score, plain(score)) for score in range(min(low, 1), high + 1))
    return tuple(Level(score, plain(score)) for score in sorted(numbers)) if len(numbers) > 2 else ()


def _lookup(matrix: Matrix) -> tuple[dict[tuple[float, float], float], dict[tuple[float, float], str]]:
    ratings = {key: cell.rating for key, cell in matrix.cells.items() if cell.rating is not None}
    words = {key: cell.word or (colour_name(cell.fill) if cell.fill else "") for key, cell in matrix.cells.items()}
    return ratings, {key: word for key, word in words.items() if word}


def _configured_lookup(
    setting: ScoringSetting, likelihood: tuple[Level, ...], impact: tuple[Level, ...]
) -> dict[tuple[float, float], float]:
    return {
        (row.score, column.score): rating
        for row, ratings in zip(likelihood, setting.matrix, strict=True)
        for column, rating in zip(impact, ratings, strict=True)
    }


def _bands(
    table: Table,
    matrix: Matrix | None,
    levels: Mapping[Axis, tuple[Level, ...]],
    setting: ScoringSetting,
    words: tuple[str, ...],
) -> tuple[tuple[Band, ...], Source, str]:
    if setting.bands:
        bands = tuple(sorted((Band(b.name, b.low, b.high, b.colour) for b in setting.bands), key=lambda b: b.low))
        return bands, "configuration", f"Bands from the configuration: {describe(bands)}."
    if table.bands:
        bands = tuple(sorted(table.bands, key=lambda band: (band.low, band.high)))
        return bands, "workbook", f"Bands from this workbook: {describe(bands)}."
    if matrix is not None and (bands := bands_of_matrix(matrix)):
        return bands, "workbook", f"Bands from this workbook's own matrix ({matrix.area}): {describe(bands)}."
    if table.rating_rule == "words":
        return _bands_of_words(words)
    if _fits_default(levels, table):
        return (
            DEFAULT_BANDS,
            "default",
            (
                f"This workbook shows no bands, so the usual ones are assumed: {describe(DEFAULT_BANDS)}. "
                "Put your own in regsheet.toml."
            ),
        )
    return (
        (),
        "default",
        (
            "This workbook shows no bands for its ratings and its scale is not 1 to 5, so no rating was given a band. "
            "Put your bands in regsheet.toml."
        ),
    )


def _fits_default(levels: Mapping[Axis, tuple[Level, ...]], table: Table) -> bool:
    if table.rating_rule not in {"product", "none", "typed-unknown"}:
        return False
    tops = [scale[-1].score for scale in levels.values() if scale]
    steps = [level.score for scale in levels.values() for level in scale]
    return bool(tops) and all(top == DEFAULT_TOP for top in tops) and all(float(step).is_integer() for step in steps)


def _bands_of_words(words: tuple[str, ...]) -> tuple[tuple[Band, ...], Source, str]:
    """Words are their own bands, lowest first; they have a rank instead of a range."""
    ordered = order(words) if words else None
    bands = tuple(Band(name, rank, rank) for rank, name in enumerate(ordered or (), start=1))
    return bands, "workbook", "Ratings here are words, and each word counts as its own band."


def bands_of_matrix(matrix: Matrix) -> tuple[Band, ...]:
    """Bands as the matrix's fills (or words) draw them. Empty when it has none, or when ratings do not decide them.

    A gap between two bands that no rating falls into goes to the lower one.
    """
    groups: dict[str, list[float]] = defaultdict(list)
    fills: dict[str, str] = {}
    for (likelihood, impact), cell in matrix.cells.items():
        rating = cell.rating if cell.rating is not None else likelihood * impact
        name = cell.word or (colour_name(cell.fill) if cell.fill else "white")
        groups[name].append(rating)
        if cell.fill:
            fills.setdefault(name, cell.fill)
    if len(groups) < 2:
        return ()
    ranges = sorted((min(ratings), max(ratings), name) for name, ratings in groups.items())
    if any(high >= low for (_, high, _), (low, _, _) in pairwise(ranges)):
        return ()
    ends = [low - 1 if float(low).is_integer() else low for low, _, _ in ranges[1:]] + [ranges[-1][1]]
    return tuple(
        Band(name, low, max(high, end), fills.get(name, "FFFFFF" if name == "white" else None))
        for (low, high, name), end in zip(ranges, ends, strict=True)
    )


def _ranges_agree(
    bands: Iterable[Band], lookup: dict[tuple[float, float], float], words: dict[tuple[float, float], str]
) -> bool:
    """Whether the ranges say the same as the matrix, cell by cell, so that the ranges alone will do."""
    ranges = tuple(bands)
    for key, word in words.items():
        rating = lookup.get(key, key[0] * key[1])
        band = next((b for b in ranges if b.low <= rating <= b.high), None)
        if band is None or band.name.casefold() != word.casefold():
            return not any(b.name.casefold() == word.casefold() for b in ranges)
    return True


def describe(bands: Iterable[Band]) -> str:
    """``red 15 and over, amber 8 to 14, white up to 7``: worst first."""
    ordered = list(bands)
    words = []
    for place, band in enumerate(ordered):
        if place == len(ordered) - 1 and place:
            words.append(f"{band.name} {plain(band.low)} and over")
        elif place == 0:
            words.append(f"{band.name} up to {plain(band.high)}")
        else:
            words.append(f"{band.name} {plain(band.low)} to {plain(band.high)}")
    return ", ".join(reversed(words))
