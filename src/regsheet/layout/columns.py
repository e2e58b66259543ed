"""What each column of a block means: words of the heading, values below, formulas, stage, the best fit of all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from regsheet.layout.assignment import LEAST, assign
from regsheet.layout.evidence import MOST_SAMPLED, Profile, profile
from regsheet.layout.formulas import sense_of
from regsheet.layout.headings import Block, Heading
from regsheet.layout.matching import Match, match_heading
from regsheet.layout.reading import Reading
from regsheet.layout.score_columns import (
    factors,
    score_columns,
    set_triad_aside,
    settle_statuses,
    tell_spare_impacts,
    treatment_columns,
    weigh_formulas,
)
from regsheet.layout.settled import SETTLED, SettledColumns, settle_columns
from regsheet.layout.stages import settle_stages
from regsheet.layout.support import support
from regsheet.layout.tables import STAGES, Column
from regsheet.layout.view import SheetView
from regsheet.layout.vocabulary import SCORING, find_stage, heading_key, speaks_of_risk, vocabulary

MAP_FIELDS = frozenset({"cluster", "line_1", "line_2", "line_3", "line_4", "line", "item", "opinion"})
"""Fields of assurance maps; registers leave them alone."""

# A field that a register cannot do without outbids the one beside it: the only description is the title.
_WORTH = {"title": 0.3, "rating": 0.12, "likelihood": 0.05, "impact": 0.05, "ref": 0.05, "actions": 0.04, "owner": 0.03}
_GROUPS = {"likelihood", "impact", "actions", "response", "controls"}
_SCORE_NAMES = {"risk", "r", "rr", "x", "t", "risk value"}
_PLAIN = {"score", "rating", "value", "level", "number", "no", "rate", "1 5", "num", "s", "r", "points"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """The columns of a block as understood, with what the rating rule and the body need to know."""

    columns: tuple[Column, ...]
    readings: Mapping[int, Reading]
    stage_names: Mapping[str, str]

    def index(self, name: str) -> int | None:
        """The column of a field."""
        return next((column.index for column in self.columns if column.field == name), None)

    def fields(self) -> frozenset[str]:
        """Every field found."""
        return frozenset(column.field for column in self.columns if column.field)


def understand(view: SheetView, block: Block, rows: Sequence[int], settled: SettledColumns | None = None) -> Meaning:
    """Decide what each column of a block means from its heading and from the values in the given rows.

    What is ``settled`` is not up for decision, and all that is decided goes by it.
    """
    settled = settled or {}
    names = {heading_key(heading.text): heading.column for heading in block.headings}
    profiles = _profiles(view, block, rows[:MOST_SAMPLED])
    readings = {heading.column: _reading(heading, profiles[heading.column], names) for heading in block.headings}
    _impose(readings, settled)
    set_triad_aside(readings)
    weigh_formulas(readings)
    settle_statuses(readings)
    tell_spare_impacts(readings)
    _impose(readings, settled)
    scores = score_columns(readings)
    settle_stages(scores, treatment_columns(readings), factors(readings))
    _impose_stages(readings, settled)
    offers = {column: _offers(reading) for column, reading in readings.items() if column not in settled}
    offers = {column: _without(fields, settled.values()) for column, fields in offers.items()}
    _only_good_titles(offers)
    known = {column: name for column, name in settled.items() if name is not None}
    chosen = _bands_alone(assign(offers) | known, readings)
    _unnamed_title(view, block, chosen, readings)
    found = (_column(readings[column], chosen.get(column), offers.get(column, {})) for column in sorted(readings))
    columns = settle_columns(tuple(found), settled)
    return Meaning(columns, readings, _stage_names(columns, readings))


def _impose(readings: Mapping[int, Reading], settled: SettledColumns) -> None:
    """Let settled columns offer what they are settled as and nothing else, so that the others are read beside them."""
    for column, name in settled.items():
        readings[column].matches = {} if name is None else {_plain_field(name): (1.0, SETTLED)}


def _impose_stages(readings: Mapping[int, Reading], settled: SettledColumns) -> None:
    for column, name in settled.items():
        score = readings[column].score
        if name is not None and score is not None and name != _plain_field(name):
            score.stage = name.split("_", 1)[0]


def _plain_field(name: str) -> str:
    """``rating`` of ``residual_rating``; a field that has no stage as it is."""
    stage, _, score = name.partition("_")
    return score if stage in STAGES else name


def _without(fields: dict[str, float], names: Collection[str | None]) -> dict[str, float]:
    return {name: weight for name, weight in fields.items() if name not in names}


def _profiles(view: SheetView, block: Block, rows: Sequence[int]) -> dict[int, Profile]:
    """What each column of a block holds in these rows."""
    held = view.held(rows)
    worked_out = [(row, view.values[row], formulas) for row in rows if (formulas := view.formulas(row))]
    profiles = {}
    for column in [heading.column for heading in block.headings]:
        values = held.filled(column)
        with_rows = [(row, found[column]) for row, one, found in worked_out if column in found and column in one.places]
        profiles[column] = profile(values, with_rows)
    return profiles


def _reading(heading: Heading, found: Profile, names: Mapping[str, int]) -> Reading:
    reading = Reading(heading, found, sense=sense_of(found.formulas, names))
    for match in _matches(heading):
        # Values weigh about as much as words: prose under "Impact" is no score.
        fit = support(match.field, found)
        weight = match.weight * (0.3 + 0.7 * fit) if found.filled else match.weight * 0.92
        if match.field == "category" and _sorts_a_log(found):
            continue  # "Type: risk, issue, assumption" sorts a log; it is no category of risk.
        if (
            match.field == "ref"
            and found.share("short", "phrase", "role") > 0.6
            and found.distinct < 0.9 * found.filled
        ):
            continue  # The name of a thing, row after row, refers to the thing and not to the risk.
        reading.matches[match.field] = (weight, match.how)
    return reading


def _sorts_a_log(found: Profile) -> bool:
    kinds = vocabulary().kinds["risk_types"] | vocabulary().kinds["other_types"]
    letters = found.filled >= 2 and sum(found.words.values()) == found.filled and set(found.words) <= kinds
    return found.share("kind") > 0.7 or (letters and len(found.words) > 1)


def _matches(heading: Heading) -> tuple[Match, ...]:
    matches = match_heading(heading.text)
    if heading.group:
        matches = _in_group(heading, matches)
    return tuple(match for match in matches if match.field not in MAP_FIELDS)


def _in_group(heading: Heading, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The group above says what a plain word means: a score under "Impact", a description under "Risk response"."""
    stage = find_stage(heading.group)
    group = None if stage else next((m.field for m in match_heading(heading.group) if m.field in _GROUPS), None)
    best = matches[0].field if matches else None
    how = f'"{_short(heading.text)}" under "{_short(heading.group)}"'
    plain = heading_key(heading.text) in _PLAIN or not heading_key(heading.text)
    if stage is not None and heading_key(heading.text) in _SCORE_NAMES:
        return (Match("rating", 0.85, how), *(m for m in matches if m.field in SCORING))
    if group in {"likelihood", "impact"}:
        if plain or best == "rating" or heading_key(heading.text) in {"overall", "total", "max", "maximum"}:
            return (Match(group, 0.9, how),)
        return (Match("consequence", 0.8, how),) if group == "impact" and best in {"title", "description"} else matches
    if group in {"actions", "response", "controls"} and best in {"title", "description"}:
        return (Match("actions" if group == "response" else group, 0.85, how),)
    if stage is not None and best in {"title", "description", "actions", "controls"}:
        # What stands with the scores after treatment tells of the scores, not of the risk.
        loss = 0.92 if stage[0] == "inherent" else 0.84 if best == "actions" else 0.6
        return tuple(Match(m.field, m.weight * loss, m.how) for m in matches)
    if not matches:
        joined = match_heading(f"{heading.group} {heading.text}")
        return tuple(Match(m.field, m.weight * 0.85, how) for m in joined if m.field not in {"title", "ref"})
    return matches


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 50 else line[:47] + "…"


def _offers(reading: Reading) -> dict[str, float]:
    offers: dict[str, float] = {}
    for name, (weight, _) in reading.matches.items():
        if name in SCORING:
            if reading.score is not None and reading.score.stage:
                offers[f"{reading.score.stage}_{name}"] = weight + _WORTH.get(name, 0.0) * (weight >= LEAST)
        else:
            offers[name] = weight + _WORTH.get(name, 0.0) * (weight >= LEAST)
    return offers


def _only_good_titles(offers: Mapping[int, dict[str, float]]) -> None:
    """A threat or an event is the title only where no column says plainly that it describes the risk."""
    best = max((fields.get("title", 0.0) for fields in offers.values()), default=0.0)
    for fields in offers.values():
        if fields.get("title", best) < best - 0.13:
            del fields["title"]


def _bands_alone(chosen: dict[int, str], readings: Mapping[int, Reading]) -> dict[int, str]:
    """A stage's only rating is its rating, though it be a word; likewise the number of two is the rating."""
    for stage in STAGES:
        by_field = {name: column for column, name in chosen.items()}
        rating, band = by_field.get(f"{stage}_rating"), by_field.get(f"{stage}_band")
        impact = by_field.get(f"{stage}_impact")
        if band is not None and rating is None:
            chosen[band] = f"{stage}_rating"
        elif rating is None and impact is not None and f"{stage}_likelihood" not in by_field:
            # "Severity" all alone is how bad the risk is, not one of two factors.
            if readings[impact].matches.get("rating", (0.0, ""))[0] >= LEAST:
                chosen[impact] = f"{stage}_rating"
        elif band is not None and rating is not None:
            numeric = ("integer", "number", "fraction", "percent")
            ranks = _is_order(readings[band].profile)
            if (
                not ranks
                and readings[band].profile.share(*numeric) > 0.6
                and readings[rating].profile.share("level", "colour") > 0.6
            ):
                chosen[band], chosen[rating] = f"{stage}_rating", f"{stage}_band"
    return chosen


def _is_order(found: Profile) -> bool:
    """Whether numbers put the rows in order: each of 1 to n once."""
    return len(found.numbers) >= 3 and sorted(found.numbers) == list(range(1, len(found.numbers) + 1))


def _unnamed_title(view: SheetView, block: Block, chosen: dict[int, str], readings: Mapping[int, Reading]) -> None:
    """Where no heading names the risk but the sheet says that risks follow: the first column of prose."""
    if {"title", "description"} & set(chosen.values()) or len(chosen) < 4 or not _announces_risks(view, block):
        return
    first = {word for heading in block.headings[:4] for word in heading_key(heading.text).split()}
    if first & vocabulary().kinds["subject_words"]:
        return  # The rows are about controls, reviews or vendors.
    for column in sorted(readings):
        found = readings[column].profile
        nameless = column not in chosen and not match_heading(readings[column].heading.text)
        prose = found.filled >= 2 and found.share("short", "phrase", "long", "role") >= 0.8
        if nameless and prose and found.distinct >= 0.8 * found.filled:
            chosen[column] = "title"
            why = "no heading names the risk, and this is the first text of each row"
            readings[column].matches["title"] = (0.45, why)
            return


def _announces_risks(view: SheetView, block: Block) -> bool:
    above = (
        view.text(row, c) for row in range(max(1, block.first_row - 6), block.first_row) for c in view.rows.get(row, {})
    )
    return any(speaks_of_risk(text) for text in (*(t for t in above if len(t) < 200), view.sheet.name))


def _column(reading: Reading, name: str | None, offers: Mapping[str, float]) -> Column:
    heading = reading.heading
    if name is None:
        reason = "no field of a register" if not offers else "another column fits better, or the values do not fit"
        return Column(heading.column, heading.text, heading.group, None, 0.0, reason)
    plain = name.split("_", 1)[1] if reading.score is not None and name.split("_")[0] in STAGES else name
    weight, how = reading.matches.get(plain) or reading.matches.get("band") or (0.5, "its place among the scores")
    parts = [how]
    if reading.score is not None and name.split("_")[0] in STAGES and reading.score.reason:
        parts.append(reading.score.reason)
    return Column(
        heading.column,
        heading.text,
        heading.group,
        name,
        round(min(weight, 1.0), 2),
        f"{', '.join(parts)}; {reading.profile.seen}",
    )


def _stage_names(columns: Sequence[Column], readings: Mapping[int, Reading]) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in columns:
        score = readings[column.index].score
        if column.field and score is not None and score.said and column.field.startswith(f"{score.stage}_"):
            names.setdefault(f"{score.stage}_name", score.said.capitalize())
    return names
