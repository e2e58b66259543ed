"""Heatmaps for the page: each stage's matrix with the references in it, and how every risk moves."""

from __future__ import annotations

from itertools import pairwise

from regsheet.layout.tables import Band
from regsheet.model.book import Book
from regsheet.model.previous import Pairing, pair_with_previous
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.web.work.results import HeatmapShown, MatrixCellShown, MatrixShown, MovementShown, Standing
from regsheet.writer.sheets.bands import band_colour, band_word
from regsheet.writer.sheets.heatmap.placement import Place, Plan, plan_of
from regsheet.writer.sheets.texts import one_line
from regsheet.writer.sheets.wording import wording

DOWN, UP, LEVEL = ("↓", "down"), ("↑", "up"), ("→", "unchanged")
NEW, UNKNOWN = ("✱", "new"), ("", "")


def heatmap_shown(number: int, register: Register, previous: Book | None) -> HeatmapShown:
    """A register's heatmap; ``number`` is the position of its workbook."""
    plan = plan_of(register)
    pairing = None if previous is None else pair_with_previous(register, previous)
    then = None if pairing is None else plan_of(pairing.then)
    return HeatmapShown(
        book=number,
        sheet=register.sheet_name,
        stages=tuple(register.stage_name(stage) for stage in plan.stages),
        scoring=register.scoring.explanation,
        matrices=tuple(_matrix(plan, stage) for stage in plan.stages if _is_scored(plan, stage)),
        movements=tuple(_movement(plan, index, pairing, then) for index in range(register.count)),
        compared=pairing is not None,
        gone=() if pairing is None else tuple(pairing.then.label(index) for index in pairing.vanished),
    )


def standing(register: Register, place: Place | None) -> Standing | None:
    """A risk at a stage, in words and colour."""
    if place is None:
        return None
    return Standing(place.words.removesuffix(" *"), band_colour(register.scoring, place.band) or "")


def _is_scored(plan: Plan, stage: str) -> bool:
    return plan.has_matrix and plan.register.has(f"{stage}_likelihood", f"{stage}_impact")


def _matrix(plan: Plan, stage: str) -> MatrixShown:
    assert plan.likelihood is not None  # noqa: S101 - asked only where there is a matrix
    assert plan.impact is not None  # noqa: S101
    rows = []
    for up in range(len(plan.likelihood.steps) - 1, -1, -1):
        cells = tuple(_cell(plan, stage, up, across) for across in range(len(plan.impact.steps)))
        rows.append((plan.likelihood.steps[up].label, cells))
    places = plan.places[stage]
    bands: list[Band | None] = [*reversed(plan.register.scoring.bands)]
    if any(place.placed and place.band is None for place in places):
        bands.append(None)
    return MatrixShown(
        stage=plan.register.stage_name(stage),
        across=tuple(step.label for step in plan.impact.steps),
        rows=tuple(rows),
        counts=tuple(_count(plan.register, places, band) for band in bands),
        missing=tuple(f"{place.label} ({place.words.removesuffix(' *')})" for place in places if not place.placed),
    )


def _cell(plan: Plan, stage: str, up: int, across: int) -> MatrixCellShown:
    rating, band = plan.cell(stage, up, across)
    return MatrixCellShown(
        rating="" if rating is None else plain(rating),
        band=band_word(band) if band else "",
        colour=band_colour(plan.register.scoring, band) or "",
        refs=tuple(plan.at(stage, up, across)),
    )


def _count(register: Register, places: tuple[Place, ...], band: Band | None) -> tuple[str, str, int]:
    number = sum(place.placed and place.band == band for place in places)
    name = band_word(band) if band else str(wording("heatmap")["no_band"])
    return name, band_colour(register.scoring, band) or "", number


def _movement(plan: Plan, index: int, pairing: Pairing | None, then: Plan | None) -> MovementShown:
    register = plan.register
    places = [plan.places[stage][index] for stage in plan.stages]
    before, since = _since(plan, index, pairing, then)
    title = one_line(register.text(index, "title") or register.text(index, "description"))
    return MovementShown(
        ref=places[0].label if places else register.label(index),
        title=title or str(wording("heatmap")["no_title"]),
        owner=one_line(register.text(index, "owner")),
        standings=tuple(found for place in places if (found := standing(register, place))),
        moves=tuple(_arrow(earlier.rating, later.rating) for earlier, later in pairwise(places)),
        before=before,
        since=since,
    )


def _since(
    plan: Plan, index: int, pairing: Pairing | None, then: Plan | None
) -> tuple[Standing | None, tuple[str, str]]:
    """Where a risk stood last quarter at the stage that counts, and how it has moved since."""
    if pairing is None or then is None:
        return None, UNKNOWN
    if index not in pairing.pairs:
        return None, NEW
    stage = next((one for one in ("residual", "inherent") if one in plan.stages and one in then.stages), None)
    if stage is None:
        return None, UNKNOWN
    earlier, now = then.places[stage][pairing.pairs[index]], plan.places[stage][index]
    return standing(pairing.then, earlier), _arrow(earlier.rating, now.rating)


def _arrow(before: float | None, after: float | None) -> tuple[str, str]:
    if before is None or after is None:
        return UNKNOWN
    return DOWN if after < before else UP if after > before else LEVEL
