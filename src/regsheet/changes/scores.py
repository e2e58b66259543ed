"""The scores of a risk at one stage in two registers, and how they moved."""

from __future__ import annotations

from regsheet.changes.comparison import Move, Part, Score, ScoreMove
from regsheet.changes.texts import text_key
from regsheet.layout.tables import STAGES
from regsheet.model.register import SCORES, Register
from regsheet.reports.wording import shown
from regsheet.rules.pairing import same_number
from regsheet.values.levels import order
from regsheet.values.text import is_blank, is_dash


def is_unknown(register: Register, index: int, field: str) -> bool:
    """Whether a cell holds a formula without a result: what it says is not known."""
    place = register.position(index, field)
    return place is not None and register.sheet.formula(*place) is not None and register.sheet.value(*place) is None


def score_of(register: Register, index: int, stage: str) -> Score:
    """A risk's scores at a stage. A rating whose formula was never calculated is worked out."""
    likelihood, impact, rating = (register.number(index, f"{stage}_{score}") for score in SCORES)
    if rating is None and is_unknown(register, index, f"{stage}_rating"):
        rating = register.scoring.rating(likelihood, impact, None, stage)
    stated = "" if is_unknown(register, index, f"{stage}_band") else register.text(index, f"{stage}_band")
    band = register.scoring.band(rating, likelihood, impact) if rating is not None else register.band(index, stage)
    shade = register.scoring.band_named(stated) or band  # the colour goes with the word, also where that is wrong
    fields = (f"{stage}_{part}" for part in ("rating", "band", "likelihood", "impact"))
    return Score(
        likelihood=likelihood,
        impact=impact,
        rating=rating,
        band=stated or (band.name[:1].upper() + band.name[1:] if band else ""),
        colour=(shade.colour or "") if shade else "",
        stage_name=register.stage_name(stage),
        typed=_typed(register, index, stage, {"likelihood": likelihood, "impact": impact, "rating": rating}),
        cell=next((cell for field in fields if (cell := register.address(index, field))), ""),
    )


def scores_of(register: Register, index: int) -> dict[str, Score]:
    """A risk's scores at every stage that has any."""
    scores = ((stage, score_of(register, index, stage)) for stage in STAGES if stage in register.stages)
    return {stage: score for stage, score in scores if not score.is_blank}


def _typed(register: Register, index: int, stage: str, read: dict[str, float | None]) -> dict[str, str]:
    found = {}
    for part, number in read.items():
        field = f"{stage}_{part}"
        if number is None and register.has(field):
            value = register.typed(field)[index]
            if not is_blank(value) and not is_dash(value):
                found[part] = shown(value)
    return found


def score_move(old: Register, there: int, new: Register, index: int, stage: str) -> ScoreMove | None:
    """How a risk's scores moved at a stage that both registers have; None where they are as they were."""
    before, after = score_of(old, there, stage), score_of(new, index, stage)
    parts: list[Part] = []
    for part in ("likelihood", "impact", "rating"):
        fields = old.has(f"{stage}_{part}"), new.has(f"{stage}_{part}")
        if all(fields) and _differs(old, there, new, index, f"{stage}_{part}", before, after):
            parts.append(part)
    if _band_differs(old, there, new, index, stage, "rating" in parts):
        parts.append("band")
    if not parts:
        return None
    return ScoreMove(stage, new.stage_name(stage), before, after, tuple(parts), _way(old, new, before, after))


def _differs(old: Register, there: int, new: Register, index: int, field: str, before: Score, after: Score) -> bool:
    part = field.partition("_")[2]
    one, other = getattr(before, part), getattr(after, part)
    if one is not None and other is not None:
        return not same_number(one, other)
    if is_unknown(old, there, field) or is_unknown(new, index, field):
        return False
    if one is None and other is None:
        return text_key(before.typed.get(part)) != text_key(after.typed.get(part))
    return True


def _band_differs(old: Register, there: int, new: Register, index: int, stage: str, rating_moved: bool) -> bool:
    """Whether a band moved: as both sheets state it, else as the ratings make it, on bands of the same names."""
    field = f"{stage}_band"
    if old.has(field) and new.has(field) and not (is_unknown(old, there, field) or is_unknown(new, index, field)):
        one, other = text_key(old.text(there, field)), text_key(new.text(index, field))
        return one != other
    if not (rating_moved or same_band_names(old, new)):
        return False
    before, after = (_band_name(register, row, stage) for register, row in ((old, there), (new, index)))
    return bool(before and after) and before != after and same_band_names(old, new)


def _band_name(register: Register, index: int, stage: str) -> str:
    score = score_of(register, index, stage)
    if score.rating is None:
        return ""
    band = register.scoring.band(score.rating, score.likelihood, score.impact)
    return band.name.casefold() if band else ""


def same_band_names(old: Register, new: Register) -> bool:
    """Whether two registers call their bands the same."""
    return _names(old) == _names(new)


def _names(register: Register) -> list[str]:
    return [band.name.casefold() for band in register.scoring.bands]


def _way(old: Register, new: Register, before: Score, after: Score) -> Move:
    """Which way a score went: by rating, else by band, else by likelihood and impact together."""
    pairs = [(before.rating, after.rating), _steps(old, new, before.band, after.band)]
    pairs.append((_sum(before), _sum(after)))
    for one, other in pairs:
        if one is not None and other is not None and not same_number(one, other):
            return "worse" if other > one else "better"
    return "level"


def _steps(old: Register, new: Register, before: str, after: str) -> tuple[float | None, float | None]:
    """Where two bands stand on one scale: that of the registers, else that of the usual names of levels."""
    if same_band_names(old, new):
        found = old.scoring.band_named(before), new.scoring.band_named(after)
        if all(found):
            one, other = (register.scoring.position_of(band) for register, band in zip((old, new), found, strict=True)
                          if band)  # fmt: skip
            return float(one), float(other)
    ordered = order([before, after]) if before and after else None
    return (None, None) if ordered is None else (float(ordered.index(before)), float(ordered.index(after)))


def _sum(score: Score) -> float | None:
    return None if score.likelihood is None or score.impact is None else score.likelihood + score.impact
