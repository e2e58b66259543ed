"""Which columns of a block may hold scores, weighed against one another before their stages are settled."""

from __future__ import annotations

from collections.abc import Mapping

from regsheet.layout.assignment import LEAST
from regsheet.layout.formulas import FormulaSense
from regsheet.layout.reading import Reading
from regsheet.layout.stages import ScoreColumn
from regsheet.layout.vocabulary import SCORING, find_stage, heading_key

_TREATMENT = {"controls", "actions"}


def set_triad_aside(readings: Mapping[int, Reading]) -> None:
    """C, I and A side by side rate an asset's confidentiality, integrity and availability; the I is no impact."""
    keys = {column: heading_key(reading.heading.text) for column, reading in readings.items()}
    for column in readings:
        if [keys.get(column + step) for step in range(3)] == ["c", "i", "a"]:
            for step in range(3):
                readings[column + step].matches.clear()


def weigh_formulas(readings: Mapping[int, Reading]) -> None:
    """A formula that multiplies or adds other scores makes a rating, one that copies makes anything less likely."""
    for reading in readings.values():
        sense = reading.sense
        if sense is None:
            continue
        if sense.kind in {"product", "sum"} and _joins_scores(sense, readings):
            _favour_factors(sense, readings)
            weight = max(reading.matches.get("rating", (0.0, ""))[0], 0.75) + 0.25
            reading.matches["rating"] = (weight, f"its formula {_formula_words(sense)} other columns")
            reading.matches.pop("band", None)
        elif sense.kind == "words" and reading.profile.share("level", "colour", "short", "composite") > 0.5:
            _shift(reading, "rating", "band", 0.15)
        elif sense.kind == "copy":
            reading.matches = {name: (weight * 0.75, how) for name, (weight, how) in reading.matches.items()}


def _favour_factors(sense: FormulaSense, readings: Mapping[int, Reading]) -> None:
    """Of two columns of one heading, the one that the rating is worked out from counts."""
    for column in sense.columns:
        matches = readings[column].matches if column in readings else {}
        for name in ("likelihood", "impact"):
            if name in matches:
                weight, how = matches[name]
                matches[name] = (weight + 0.1, how)


def _joins_scores(sense: FormulaSense, readings: Mapping[int, Reading]) -> bool:
    known = [readings[c].matches for c in sense.columns if c in readings]
    scoring = sum(bool({"likelihood", "impact"} & set(matches)) for matches in known)
    return len(known) >= 2 and scoring >= 1


def _formula_words(sense: FormulaSense) -> str:
    return "multiplies" if sense.kind == "product" else "adds"


def _shift(reading: Reading, source: str, target: str, by: float) -> None:
    if target in reading.matches:
        weight, how = reading.matches[target]
        reading.matches[target] = (weight + by, how)
    if source in reading.matches:
        weight, how = reading.matches[source]
        reading.matches[source] = (weight - by, how)


def settle_statuses(readings: Mapping[int, Reading]) -> None:
    """A status that holds level names is a rating by another name; one that holds open and closed stays a status."""
    for reading in readings.values():
        rating, status = reading.matches.get("rating"), reading.matches.get("status")
        if rating and status and reading.profile.share("level") > 0.6:
            reading.matches["status"] = (status[0] * 0.5, status[1])
        elif rating and status and reading.profile.share("status", "short") > 0.5:
            reading.matches["rating"] = (rating[0] * 0.3, rating[1])


def score_columns(readings: Mapping[int, Reading]) -> list[ScoreColumn]:
    """The columns whose likeliest field is a score, from left to right; each is noted in its reading."""
    scores = []
    for column in sorted(readings):
        reading = readings[column]
        name, weight = reading.best
        if name in SCORING and weight >= LEAST * 0.9:
            reading.score = ScoreColumn(reading.heading, name, in_words=_is_in_words(reading, name))
            scores.append(reading.score)
    return scores


def _is_in_words(reading: Reading, name: str) -> bool:
    """Whether a score is a word: by its values, and in an empty template by its heading."""
    if reading.profile.filled:
        return reading.profile.share("level", "colour") > 0.6
    band, rating = (reading.matches.get(field, (0.0, ""))[0] for field in ("band", "rating"))
    return band > 0 and (name == "impact" or band >= rating)


def tell_spare_impacts(readings: Mapping[int, Reading]) -> None:
    """Of two columns of impact for one likelihood in an empty template, the one that may be text is the consequence."""
    empty = {
        column: reading
        for column, reading in readings.items()
        if not reading.profile.filled
        and not any(find_stage(t) for t in (reading.heading.text, reading.heading.group) if t)
    }
    impacts = [column for column, reading in empty.items() if reading.best[0] == "impact"]
    likelihoods = [column for column, reading in empty.items() if reading.best[0] == "likelihood"]
    spare = len(impacts) - max(1, len(likelihoods))

    def textual(column: int) -> tuple[float, int]:
        away = min((abs(column - other) for other in likelihoods), default=0)
        return readings[column].matches.get("consequence", (0.0, ""))[0], away

    for column in sorted(impacts, key=textual, reverse=True)[: max(0, spare)]:
        known = readings[column].matches
        weight, how = known.pop("impact")
        known.pop("rating", None)
        known["consequence"] = (max(weight, known.get("consequence", (0.0, ""))[0]), f"{how}, beside a score of impact")


def treatment_columns(readings: Mapping[int, Reading]) -> set[int]:
    """The columns that are likeliest controls or actions."""
    return {
        column for column, reading in readings.items() if reading.best[0] in _TREATMENT and reading.best[1] >= LEAST
    }


def factors(readings: Mapping[int, Reading]) -> dict[int, tuple[int, ...]]:
    """By score column that a formula works out, the columns that it is worked out from."""
    return {
        column: tuple(c for c in reading.sense.columns if c in readings)
        for column, reading in readings.items()
        if reading.sense is not None
        and reading.score is not None
        and reading.sense.kind in {"product", "sum", "lookup", "words"}
    }
