"""Joins a register to the scoring of its workbook: scales, bands and matrix, found beside it or on another sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from regsheet.grid.addresses import Area
from regsheet.layout.bands import bands_of_formats, bands_of_formula, bands_of_legend
from regsheet.layout.columns import Meaning
from regsheet.layout.rating_rule import StageRule, infer_rules, overall
from regsheet.layout.score_cells import numbers_of
from regsheet.layout.tables import STAGES, Axis, Band, Matrix, Scale, Table
from regsheet.layout.view import SheetView
from regsheet.values.levels import level_keys, order

_COVERED = 0.5
_MOST_PAIRED = 400
"""Rows whose scores are looked up in a matrix to tell whether it is theirs."""
_RANGE = re.compile(r"(\d+)\s*(?:[a-z()= ]*?)(?:-|–|—|to|_)\s*(\d+)", re.IGNORECASE)
_NUMBERS = re.compile(r"^\s*\"?\d+(?:\.\d+)?(?:\s*,\s*\d+(?:\.\d+)?)+\"?\s*$")


@dataclass(frozen=True, slots=True)
class Found:
    """A register as read, with what is needed to score it."""

    view: SheetView
    table: Table
    meaning: Meaning


def join_scoring(
    found: Found, others: Sequence[Table], views: Sequence[SheetView], skip: Mapping[str, Sequence[Area]]
) -> Table:
    """The register with the scales, bands, matrix and rule that belong to it."""
    table = found.table
    scales = _scales(found, others)
    matrix = _matrix(found, others)
    lookup = {key: cell.rating for key, cell in matrix.cells.items() if cell.rating is not None} if matrix else {}
    rules = infer_rules(found.view, found.meaning, table.rows, lookup)
    rule = overall(rules)
    scale = _ends(found, scales)
    bands = _bands(found, scale, rule, views, skip)
    return replace(
        table, scales=scales, matrix=matrix, bands=bands, scale=scale, rating_rule=rule.rule,
        rules_by_stage={stage: one.rule for stage, one in rules.items()}, factor_column=rule.factor,
        reasons=(*table.reasons[:1], rule.reason),
    )  # fmt: skip


def with_own_scales(table: Table, others: Sequence[Table]) -> Table:
    """A register read cell by cell, with the scales and matrix of its own sheet."""
    own = [other for other in others if other.sheet == table.sheet]
    scales = {scale.axis: scale for other in reversed(own) for scale in other.scales}
    ends = {axis: (scale.levels[0].score, scale.levels[-1].score) for axis, scale in scales.items()}
    matrix = next((other.matrix for other in own if other.matrix is not None), None)
    stages = {stage: table.rating_rule for stage in STAGES if table.column(f"{stage}_rating") is not None}
    return replace(table, scales=tuple(scales.values()), scale=dict(ends), matrix=matrix, rules_by_stage=stages)


def _scales(found: Found, others: Sequence[Table]) -> tuple[Scale, ...]:
    """For each axis the scale that has the register's own scores, the one on its own sheet first."""
    chosen: dict[Axis, tuple[tuple[float, bool, bool], Scale]] = {}
    for other in others:
        for scale in other.scales:
            covered = _covered(found, scale)
            key = (covered, other.sheet == found.table.sheet, other.kind == "scale")
            if covered >= _COVERED and (scale.axis not in chosen or key > chosen[scale.axis][0]):
                chosen[scale.axis] = (key, scale)
    return tuple(scale for _, scale in chosen.values())


def _covered(found: Found, scale: Scale) -> float:
    """Which part of the register's scores on an axis are steps of the scale; 1 where the register has none yet."""
    scores = {level.score for level in scale.levels}
    names = {name for level in scale.levels for name in level_keys(level.name)}
    parts = []
    for stage in STAGES:
        column = found.meaning.index(f"{stage}_{scale.axis}")
        if column is not None:
            profile = found.meaning.readings[column].profile
            parts += [number in scores for number in profile.numbers]
            parts += [bool(names & set(level_keys(word))) for word in profile.words]
    return sum(parts) / len(parts) if parts else 1.0


def _matrix(found: Found, others: Sequence[Table]) -> Matrix | None:
    """The matrix that has the register's pairs of scores, the one that also gives its ratings first."""
    if all(other.matrix is None for other in others):
        return None
    pairs = _pairs(found)
    best: tuple[tuple[float, float, bool], Matrix] | None = None
    for other in others:
        if other.matrix is None:
            continue
        cells = other.matrix.cells
        known = _share([(a, b) in cells for a, b, _ in pairs])
        right = _share([(a, b) in cells and cells[a, b].rating == r for a, b, r in pairs if r is not None])
        key = (known, right, other.sheet == found.table.sheet)
        if known >= _COVERED and (best is None or key > best[0]):
            best = (key, other.matrix)
    return best[1] if best is not None else None


def _pairs(found: Found) -> list[tuple[float, float, float | None]]:
    pairs = []
    held = found.view.held(found.table.rows[:_MOST_PAIRED])
    for stage in STAGES:
        likelihood, impact = (found.meaning.index(f"{stage}_{name}") for name in ("likelihood", "impact"))
        if likelihood is None or impact is None:
            continue
        rating = found.meaning.index(f"{stage}_rating")
        ratings = [None] * len(held) if rating is None else numbers_of(held.column(rating))
        scores = zip(numbers_of(held.column(likelihood)), numbers_of(held.column(impact)), ratings, strict=True)
        pairs += [(one, two, rated) for one, two, rated in scores if one is not None and two is not None]
    return pairs


def _share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers) if answers else 1.0


def _ends(found: Found, scales: Sequence[Scale]) -> dict[Axis, tuple[float | str, ...]]:
    ends: dict[Axis, tuple[float | str, ...]] = {}
    for axis in ("likelihood", "impact"):
        columns = [i for stage in STAGES if (i := found.meaning.index(f"{stage}_{axis}")) is not None]
        answer = _axis_ends(found, axis, columns, scales)
        if answer:
            ends[axis] = answer
    return ends


def _axis_ends(found: Found, axis: Axis, columns: Sequence[int], scales: Sequence[Scale]) -> tuple[float | str, ...]:
    profiles = [found.meaning.readings[column].profile for column in columns]
    words = list(dict.fromkeys(word for p in profiles for word in p.words if p.share("level", "short", "letter") > 0.5))
    if words:
        named = [level.name for scale in scales if scale.axis == axis for level in scale.levels]
        return tuple(named or order(words) or words) if len(words) <= 12 else ()
    for column in columns:
        heading = found.meaning.readings[column].heading.text
        said = _RANGE.search(heading)
        if said and float(said[1]) < float(said[2]) <= 100:
            return float(said[1]), float(said[2])
    own = [level.score for scale in scales if scale.axis == axis for level in scale.levels]
    listed = own or _validated(found.view, columns, found.table.first_row)
    if listed:
        return min(listed), max(listed)
    numbers = [number for p in profiles for number in p.numbers]
    return _guessed(numbers) if numbers else ()


def _validated(view: SheetView, columns: Sequence[int], row: int | None) -> list[float]:
    for rule in view.sheet.validations:
        if (
            row is None
            or rule.kind not in {"list", "whole", "decimal"}
            or not any((row, c) in area for area in rule.areas for c in columns)
        ):
            continue
        if rule.kind == "list" and rule.formulas and _NUMBERS.match(rule.formulas[0]):
            return [float(part) for part in rule.formulas[0].strip('" ').split(",")]
        if rule.kind != "list" and rule.operator in {None, "between"} and len(rule.formulas) == 2:
            try:
                return [float(formula) for formula in rule.formulas]
            except ValueError:
                continue
    return []


def _guessed(numbers: Sequence[float]) -> tuple[float, float]:
    top = max(numbers)
    if top <= 1:
        return 0.0, 1.0
    return 1.0 if min(numbers) >= 1 else 0.0, next((float(size) for size in (5, 10, 100) if top <= size), top)


def _bands(
    found: Found,
    scale: Mapping[Axis, tuple[float | str, ...]],
    rule: StageRule,
    views: Sequence[SheetView],
    skip: Mapping[str, Sequence[Area]],
) -> tuple[Band, ...]:
    if rule.rule in {"words", "none"} and not any(found.meaning.index(f"{s}_band") for s in STAGES):
        return ()
    top = _top(scale, found, rule)
    for stage in STAGES:
        column = found.meaning.index(f"{stage}_band")
        if column is not None:
            formulas = [formula for _, formula in found.meaning.readings[column].profile.formulas]
            bands = bands_of_formula(formulas, top)
            if bands:
                return bands
    for view in sorted(views, key=lambda view: view.sheet is not found.view.sheet):
        if top not in view.legends:
            view.legends[top] = bands_of_legend(view, skip.get(view.sheet.name, ()), top)
        bands = view.legends[top]
        if bands:
            return bands
    ratings = [i for stage in STAGES if (i := found.meaning.index(f"{stage}_rating")) is not None]
    row = found.table.first_row or found.table.header_rows[1] + 1
    return bands_of_formats(found.view, ratings, row, top)


def _top(scale: Mapping[Axis, tuple[float | str, ...]], found: Found, rule: StageRule) -> float:
    ends = [scale.get(axis, ())[-1:] for axis in ("likelihood", "impact")]
    numbers = [float(end[0]) for end in ends if end and not isinstance(end[0], str)]
    if len(numbers) == 2:
        top = numbers[0] + numbers[1] if rule.rule == "sum" else numbers[0] * numbers[1]
        if rule.factor is not None:
            top *= max(found.meaning.readings[rule.factor].profile.numbers, default=1.0)
        return top
    return 25.0
