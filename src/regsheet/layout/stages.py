"""Which stage each score column belongs to: without controls, with controls, or with further actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regsheet.layout.headings import Heading
from regsheet.layout.tables import STAGES
from regsheet.layout.vocabulary import find_stage, vocabulary


@dataclass(slots=True)
class ScoreColumn:
    """A column that holds a score, ``in_words`` or not; ``stage`` is filled in here, ``said`` as the sheet says it."""

    heading: Heading
    concept: str
    stage: str | None = None
    said: str = ""
    reason: str = ""
    in_words: bool = False


def settle_stages(scores: list[ScoreColumn], treatment: set[int], factors: Mapping[int, tuple[int, ...]]) -> None:
    """Give every score column its stage.

    ``treatment`` are the columns of controls and actions, which part one set of scores from the next. ``factors`` are
    the columns that a rating column's formulas multiply.
    """
    for score in scores:
        _from_words(score)
    _current_and_after(scores)
    _after_action(scores)
    _from_formulas(scores, factors)
    _from_neighbours(scores, treatment)
    _from_order(scores, treatment)


def _from_words(score: ScoreColumn) -> None:
    for text, where in (
        (score.heading.text, "heading"),
        (score.heading.above, "heading"),
        (score.heading.group, "group"),
    ):
        found = find_stage(text) if text else None
        if found is not None:
            score.stage, score.said = found
            score.reason = f'under "{_one_line(text)}"' if where == "group" else f'"{found[1]}" says {found[0]}'
            return


def _one_line(text: str) -> str:
    return " ".join(text.split())[:80]


def _current_and_after(scores: list[ScoreColumn]) -> None:
    # "Current" beside "Residual" or "Post-mitigation": current is where the risk stands, the other what is aimed at.
    current = {score.concept for score in scores if score.said == "current"}
    if len(current) < 2 or any(score.stage == "target" for score in scores):
        return
    for score in scores:
        if score.stage == "residual" and score.said in vocabulary().after_current:
            score.stage = "target"
            score.reason += ", which follows the current scores"


def _after_action(scores: list[ScoreColumn]) -> None:
    # "Before action" and "After action" alone are the risk without and with what was done.
    if any(score.stage == "residual" for score in scores):
        return
    for score in scores:
        if score.stage == "target" and score.said in vocabulary().after_action:
            score.stage = "residual"


def _from_formulas(scores: list[ScoreColumn], factors: Mapping[int, tuple[int, ...]]) -> None:
    by_column = {score.heading.column: score for score in scores}
    for rating, columns in factors.items():
        family = [by_column[column] for column in (rating, *columns) if column in by_column]
        stages = {score.stage for score in family if score.stage}
        if len(stages) == 1 and rating in by_column:
            for score in family:
                if score.stage is None:
                    score.stage = next(iter(stages))
                    score.reason = "the rating's formula joins them"


def _from_neighbours(scores: list[ScoreColumn], treatment: set[int]) -> None:
    """Likelihood and impact without a word of stage, right beside a rating that names one and lacks them."""
    have = {(score.stage, score.concept) for score in scores if score.stage}
    for members in _sets(scores, treatment):
        said = [score for score in members if score.stage]
        bare = [score for score in members if not score.stage]
        stages = {score.stage for score in said}
        if len(stages) != 1 or not bare:
            continue
        stage = next(iter(stages))
        if all((stage, score.concept) not in have for score in bare):
            for score in bare:
                score.stage = stage
                score.reason = f'beside "{_one_line(said[0].heading.text)}"'


def _sets(scores: list[ScoreColumn], treatment: set[int]) -> list[list[ScoreColumn]]:
    """The score columns in runs: a new one starts where a kind of score comes again or treatment stands between."""
    sets: list[list[ScoreColumn]] = []
    for score in sorted(scores, key=lambda score: score.heading.column):
        last = sets[-1] if sets else None
        fresh = (
            last is None
            or score.concept in {member.concept for member in last}
            or any(last[-1].heading.column < column < score.heading.column for column in treatment)
        )
        differs = last is not None and score.stage and {m.stage for m in last if m.stage} - {score.stage}
        if fresh or differs:
            sets.append([score])
        elif last is not None:
            last.append(score)
    return sets


def _from_order(scores: list[ScoreColumn], treatment: set[int]) -> None:
    used = {score.stage for score in scores if score.stage}
    open_stages = [stage for stage in STAGES if stage not in used]
    last: str | None = None
    for members in _joined(_sets([score for score in scores if score.stage is None], treatment)):
        beside = _beside(members, scores, treatment)
        if beside is not None and {score.concept for score in members} <= {"rating", "band"}:
            stage = beside
        else:
            stage = open_stages.pop(0) if open_stages else last or "target"
        last = stage
        for score in members:
            score.stage = stage
            score.reason = "no stage is named" if stage == "inherent" else "no stage is named, so taken in order"


def _joined(sets: list[list[ScoreColumn]]) -> list[list[ScoreColumn]]:
    """A rating that comes late still belongs to its likelihood and impact; a word that comes late names its number."""
    answer: list[list[ScoreColumn]] = []
    for members in sets:
        if answer and (_completes(answer[-1], members) or _names(answer[-1], members)):
            answer[-1].extend(members)
        else:
            answer.append(list(members))
    return answer


def _completes(earlier: list[ScoreColumn], members: list[ScoreColumn]) -> bool:
    have = {score.concept for score in earlier}
    return have == {"likelihood", "impact"} and {score.concept for score in members} <= {"rating", "band"}


def _names(earlier: list[ScoreColumn], members: list[ScoreColumn]) -> bool:
    if len(members) != 1 or not members[0].in_words or members[0].concept == "likelihood":
        return False
    ratings = [score for score in earlier if score.concept == "rating"]
    pair = {"likelihood", "impact"} <= {score.concept for score in earlier}
    return pair and len(ratings) == 1 and not any(s.in_words for s in earlier if s.concept in {"rating", "band"})


def _beside(members: list[ScoreColumn], scores: list[ScoreColumn], treatment: set[int]) -> str | None:
    """The stage of the scores to the left where no controls or actions stand between: a word beside its number."""
    first = min(member.heading.column for member in members)
    left = [score for score in scores if score.stage and score.heading.column < first]
    if not left:
        return None
    nearest = max(left, key=lambda score: score.heading.column)
    parted = any(nearest.heading.column < column < first for column in treatment)
    return None if parted else nearest.stage
