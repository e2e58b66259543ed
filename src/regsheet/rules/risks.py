"""What rules ask about the risks of a register: its columns as lists, its open actions, its scores by stage.

Every list here has one entry a risk, in sheet order, so that a rule walks a register once and in plain Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import or_
from typing import NamedTuple, TypeVar, cast

from regsheet.grid.cells import CellError, Value
from regsheet.layout.tables import STAGES, Band
from regsheet.model.recurring import Coded, coded, of_alike
from regsheet.model.register import SCORES, Register, shorten
from regsheet.model.scoring import plain
from regsheet.remembered import remembered
from regsheet.rules.plainly_said import NUMBERED, may_say_nothing, plainly_to_do
from regsheet.rules.words import is_one_of, pattern, says_nothing, word_list
from regsheet.rules.working_out import kept, worked_out_from, worked_out_once
from regsheet.values.dates import vague_kind
from regsheet.values.text import items

Told = TypeVar("Told")

SETTLED = {stage: f"{stage}_settled" for stage in STAGES}
"""What rules name as read that go by a stage's scores with each rating as it should be: correcting one changes none."""


class Scores(NamedTuple):
    """The numbers of one stage of one risk; ``factor`` is the third factor of a three-factor rating."""

    likelihood: float | None
    impact: float | None
    rating: float | None
    factor: float | None = None


def values(register: Register, field: str) -> list[object]:
    """A column of the frame, None for NA; all None for a column that the sheet lacks."""
    return register.values(field)


@worked_out_once
def texts(register: Register, field: str) -> Sequence[str]:
    """A column of the frame as text; empty where blank and for a column that the sheet lacks."""
    column = register.columns.get(field)
    if column is not None and column.kind == "string":
        held = cast("Sequence[str | None]", column.values)
        return held if all(held) else [value or "" for value in held]  # type: ignore[return-value]
    return ["" if value is None else str(value) for value in values(register, field)]


@worked_out_once
def numbers(register: Register, field: str) -> Sequence[float | None]:
    """A column of scores; None where there is no number."""
    column = register.columns.get(field)
    if column is not None and column.kind == "Float64":
        return list(cast("Sequence[float | None]", column.values))
    return [float(value) if isinstance(value, int | float) else None for value in values(register, field)]


def typed(register: Register, field: str) -> list[Value]:
    """A column as typed; None where blank and for a column that the sheet lacks."""
    return register.typed(field)


def different(register: Register, field: str) -> Sequence[Value]:
    """The different values of a column that the sheet has, as typed."""
    return register.sources[field].coded.different


def typed_at(register: Register, index: int, field: str) -> Value:
    """One cell as typed; None for a column that the sheet lacks."""
    found = register.sources.get(field)
    return None if found is None else found.values[index]


def row_at(register: Register, index: int) -> int:
    """The sheet row of a risk."""
    return int(register.table.rows[index])


@kept
def stage_scores(register: Register, stage: str) -> Coded[Scores]:
    """The scores of a stage, the different ones once: most risks share theirs with others."""
    columns = [numbers(register, f"{stage}_{score}") for score in SCORES]
    if register.table.factor_column is not None:
        columns.append(factors(register))
    rows = coded(list(zip(*columns, strict=True)))
    return Coded([Scores(*row) for row in rows.different], rows.codes)


def scores(register: Register, stage: str) -> list[Scores]:
    """The scores of a stage."""
    return stage_scores(register, stage).each()


def settled_scores(register: Register, stage: str) -> list[Scores]:
    """The scores of a stage with each rating as its likelihood and impact make it, where they make one.

    A slip in a rating is one finding; rules that compare stages or look up bands go by what the rating should be.
    """
    return _settled(register, stage).each()


@kept
def _settled(register: Register, stage: str) -> Coded[Scores]:
    """The same, the different scores once."""
    rating = register.scoring.rating

    def settled(score: Scores) -> Scores:
        made = rating(*score[:2], score.factor, stage)
        return score if made is None or made == score.rating else score._replace(rating=made)

    return stage_scores(register, stage).read(settled)


def of_both(register: Register, earlier: str, later: str, told: Callable[[Scores, Scores], Told]) -> list[Told]:
    """What is told of the settled scores that each risk has in two stages, asked once of each pair that differs."""
    return _pairs(register, f"{SETTLED[earlier]} {SETTLED[later]}").told(lambda pair: told(*pair))


@kept
def _pairs(register: Register, both: str) -> Coded[tuple[Scores, Scores]]:
    """The settled scores of two stages."""
    one, two = (_settled(register, name.removesuffix("_settled")) for name in both.split())
    pairs = coded(list(zip(one.codes, two.codes, strict=True)))
    return pairs.read(lambda pair: (one.different[pair[0]], two.different[pair[1]]))


def factors(register: Register) -> list[float | None]:
    """The third factor of each risk under a three-factor rule; a merged cell counts for every row it covers."""
    column = register.table.factor_column
    rows = list(register.table.rows)
    if column is None:
        return [None] * len(rows)
    sheet = register.sheet
    merges = [sheet.merge_at(row, column) for row in rows]
    tops = [row if merge is None else merge.first_row for row, merge in zip(rows, merges, strict=True)]
    found = [sheet.value(top, column) for top in tops]
    return [float(value) if isinstance(value, int | float) else None for value in found]


def closed(register: Register) -> list[bool]:
    """Whether each risk is off the books by its own status."""
    return _closed(register, "status")


@worked_out_once
def _closed(register: Register, field: str) -> list[bool]:
    return of_alike(texts(register, field), is_closed_status)


def repeated(register: Register) -> list[bool]:
    """Whether each row has the reference and the title of a row above: a further action of the same risk."""
    names = list(zip(texts(register, "ref"), texts(register, "title"), strict=True))
    if len(set(names)) == len(names):
        return [False] * len(names)
    seen: set[tuple[str, str]] = set()
    found: list[bool] = []
    for name in names:
        found.append(all(name) and name in seen)
        seen.add(name)
    return found


@remembered
def is_closed_status(status: str) -> bool:
    """``Closed``, ``Closed 3 May``: the status begins with a word for closed, or is one."""
    if not status:
        return False
    found = pattern("closed_status").match(status.strip())
    return found is not None and not status.casefold().startswith("not")


@worked_out_once
def stage_is_scored(register: Register, stage: str) -> list[bool]:
    """Whether each risk has anything in a stage: a score, a rating, a band; a formula's 0 beside blanks is nothing."""
    fields = [f"{stage}_{score}" for score in (*SCORES, "band") if register.has(f"{stage}_{score}")]
    scored = [False] * register.count
    for field in fields:
        scored = list(map(or_, scored, _something_given(register, field)))
    return scored


@worked_out_once
def _something_given(register: Register, field: str) -> list[bool]:
    return _told(register, field, _says_something)


def _told(register: Register, field: str, of: Callable[[Value], bool]) -> list[bool]:
    """Something of a column as typed, asked once of each different value."""
    found = register.sources.get(field)
    if found is None:
        return [of(None)] * register.count
    return found.coded.told(lambda value: of(None if value != value else value))  # what is no number is nothing


def _says_something(value: Value) -> bool:
    return not says_nothing(value) and value != 0 and not isinstance(value, CellError)


@worked_out_once
def nothing_typed(register: Register, field: str) -> list[bool]:
    """Whether each cell of a column says nothing: blank, a dash, ``TBC``; so does a column that the sheet lacks."""
    return _told(register, field, says_nothing)


def current_stage(register: Register) -> str | None:
    """The stage that says how the risk stands today: residual, else inherent; None without either."""
    return next((stage for stage in ("residual", "inherent") if stage in register.stages), None)


def open_actions(register: Register, index: int) -> tuple[str, ...]:
    """The actions of a risk that are still to do, one text an action.

    None for a closed risk, and where the action's status, or its date cell (``Completed``), says that it is done.
    """
    return actions_to_do(register.text(index, "actions")) if has_open_actions(register)[index] else ()


def has_open_actions(register: Register) -> list[bool]:
    """Whether each risk has any action that is still to do; see ``open_actions``."""
    return _has_open_actions(register, "actions")


@worked_out_from("actions", "action_date", "action_status", "status")
def _has_open_actions(register: Register, field: str) -> list[bool]:
    column = texts(register, field)
    rows = zip(column, plainly_to_do(column), closed(register), actions_are_done(register), strict=True)
    return [not off and not done and (plain or any(_to_do(text))) for text, plain, off, done in rows]


def actions_are_done(register: Register) -> list[bool]:
    """Whether the action status, or the word in the action date's place, says that a risk's actions are done."""
    return _actions_are_done(register, "action_status")


@worked_out_from("action_date", "action_status")
def _actions_are_done(register: Register, field: str) -> list[bool]:
    dates = [value if isinstance(value, str) else "" for value in typed(register, "action_date")]
    by_status, by_date = of_alike(texts(register, field), is_done_status), of_alike(dates, is_done_date)
    return list(map(or_, by_status, by_date))


@remembered
def is_done_date(text: str) -> bool:
    """``Completed``, ``Done March 2024`` in a date cell."""
    return bool(text) and vague_kind(text) == "done" and is_done_status(text)


@remembered
def is_done_status(status: str) -> bool:
    """``Completed``, ``Done 4 May``, ``100%``; never ``Not completed`` or ``50% complete``."""
    found = pattern("done_status").match(status.strip()) if status else None
    return found is not None


@remembered
def listed(text: str) -> tuple[str, ...]:
    """The items of a cell, kept: many rules ask for those of the same cells."""
    return items(text)


def actions_to_do(text: str) -> tuple[str, ...]:
    """The items of an actions cell that are neither nothing (``None``, ``-``) nor worded as finished."""
    return tuple(_to_do(text))


def _to_do(text: str) -> Iterator[str]:
    """The same one by one."""
    parts = () if says_nothing(text) else items(text)
    return (item for item in parts if not says_nothing(item) and not is_worded_as_done(item))


def is_worded_as_done(item: str) -> bool:
    """Whether an action says of itself, at its start or end, that it is finished: ``Completed: …``, ``… - done``."""
    plain = item.strip(" .;:-–—()[]")
    words = pattern("done_status")
    if (start := words.match(plain)) and not _is_an_order(start[0], plain[start.end() :]):
        return not is_one_of(plain, "nothing")
    last = plain[-_longest_ending() :]
    if last.isascii() and not last.lower().endswith(_done_endings()):
        return False
    return any(found.end() == len(plain) and plain[: found.start()].rstrip(" ").endswith(("-", "–", "—", "(", ":"))
               for found in words.finditer(plain))  # fmt: skip


@cache
def _done_endings() -> tuple[str, ...]:
    """The last words of those for a finished action: what ends with none of them does not end with any."""
    return tuple({phrase.split()[-1] for phrase in word_list("done_status")})


@cache
def _longest_ending() -> int:
    return max(map(len, _done_endings()))


def _is_an_order(word: str, rest: str) -> bool:
    """``Complete`` before further words asks for something to be done; ``Complete: …`` and ``Completed …`` do not."""
    return word.lower() == "complete" and rest.startswith(" ") and rest.lstrip()[:1].isalnum()


def any_control(text: str) -> bool:
    """Whether a controls cell lists any; not where it says there are none."""
    return any(_in_force(text))


def controls_counted(column: Sequence[str], places: Sequence[int]) -> list[int]:
    """How many controls the cells at these places of a column list."""
    doubtful = set(may_say_nothing(column))
    doubtful.update(place for place in places if any(map(column[place].__contains__, NUMBERED)))
    return [len(controls_in(column[place]) if place in doubtful else items(column[place])) for place in places]


def controls_in(text: str) -> tuple[str, ...]:
    """The items of a controls cell that are not nothing."""
    return tuple(_in_force(text))


def _in_force(text: str) -> Iterator[str]:
    """The same one by one."""
    return (item for item in (() if says_nothing(text) else items(text)) if not says_nothing(item))


def known_band(register: Register, word: str) -> Band | None:
    """The band that a word names: ``Amber``, ``High risk``; None where it is none of the register's bands."""
    if not word:
        return None
    bare = word.casefold().removesuffix(" risk").removesuffix(" rating").strip()
    return register.scoring.band_named(word) or register.scoring.band_named(bare)


def in_top_band(register: Register, stage: str) -> list[bool]:
    """Whether each risk is in the worst band at a stage, by its rating, else by its band word."""
    top = register.scoring.top_band
    if top is None or len(register.scoring.bands) < 2:
        return [False] * register.count
    rows = list(zip(settled_scores(register, stage), texts(register, f"{stage}_band"), strict=True))
    bands = {row: risk_band(register, *row) for row in set(rows)}
    red = {row for row, band in bands.items() if band is not None and band.name == top.name}
    return list(map(red.__contains__, rows))


def risk_band(register: Register, score: Scores, word: str) -> Band | None:
    """The band of a score: of its rating, else what the word names."""
    return register.scoring.band(score.rating, score.likelihood, score.impact) or known_band(register, word)


def shown_score(score: Scores) -> str:
    """`` (20)``: a rating to put behind a band's name; empty where there is no number."""
    return "" if score.rating is None else f" ({plain(score.rating)})"


def joined(names: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def band_name(
    register: Register, rating: float | None, likelihood: float | None = None, impact: float | None = None
) -> str:
    """The name of a rating's band; empty where unknown."""
    band = register.scoring.band(rating, likelihood, impact)
    return band.name if band else ""


def with_band(rating: str, band: str) -> str:
    """``16 (red)``, or the rating alone where its band is unknown."""
    return f"{rating} ({band})" if band else rating


def unchanged(before: Scores, after: Scores) -> str | None:
    """The score that two stages share, in words (``16``, ``4 × 4``); None where anything differs or is missing."""
    known = [(old, new) for old, new in zip(before[:3], after[:3], strict=True) if old is not None and new is not None]
    if not known or any(abs(old - new) > 1e-9 for old, new in known):
        return None
    if before.rating is not None and after.rating is not None:
        return plain(before.rating)
    if len(known) < 2 or before.likelihood is None or before.impact is None:
        return None
    return f"{plain(before.likelihood)} × {plain(before.impact)}"


def quoted(listed: Sequence[str]) -> str:
    """``“Review the plan” is``, ``“Review the plan” and 2 more are``: the start of a sentence about items of a list."""
    first = f"“{shorten(listed[0], 80)}”"
    return f"{first} is" if len(listed) == 1 else f"{first} and {len(listed) - 1} more are"
