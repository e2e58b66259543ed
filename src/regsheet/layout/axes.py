"""Runs of scores down a column or along a row: the steps of a scale, the axes of a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regsheet.grid.addresses import Area
from regsheet.layout.matching import match_heading
from regsheet.layout.tables import Axis
from regsheet.layout.view import SheetView
from regsheet.layout.vocabulary import heading_key
from regsheet.values.levels import axis_of, is_level, order
from regsheet.values.scores import read_score

SHORTEST = 3
LONGEST = 10
_LIKELY = frozenset({"likelihood", "probability", "frequency", "proba", "likely"})
_IMPACTFUL = frozenset({"impact", "severity", "consequence", "consequences", "impacts", "seriousness"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a run: where it stands, its score, and its name where the cell has one."""

    row: int
    column: int
    score: float
    name: str


@dataclass(frozen=True, slots=True)
class Run:
    """Steps one after the other, downwards or to the right; scores rise or fall throughout."""

    steps: tuple[Step, ...]
    down: bool

    @property
    def first(self) -> Step:
        """The first step."""
        return self.steps[0]

    @property
    def last(self) -> Step:
        """The last step."""
        return self.steps[-1]


def runs_down(view: SheetView, skip: Iterable[Area] = ()) -> Iterator[Run]:
    """Every run of scores down a column outside the given areas."""
    columns: dict[int, list[int]] = {}
    for row, cells in view.rows.items():
        for column in cells:
            columns.setdefault(column, []).append(row)
    areas = list(skip)
    for column, rows in columns.items():
        yield from _runs(view, [(r, column) for r in rows if not any((r, column) in a for a in areas)], down=True)


def runs_across(view: SheetView, skip: Iterable[Area] = ()) -> Iterator[Run]:
    """Every run of scores along a row outside the given areas."""
    areas = list(skip)
    for row, cells in view.rows.items():
        yield from _runs(view, [(row, c) for c in cells if not any((row, c) in area for area in areas)], down=False)


def _runs(view: SheetView, cells: list[tuple[int, int]], *, down: bool) -> Iterator[Run]:
    for stretch in _stretches(view, cells, down=down):
        read = [_step(view, row, column) for row, column in stretch]
        numbered: list[Step] = []
        for step in [*read, None]:
            if step is not None and (len(numbered) < 2 or _goes_on(numbered, step)):
                numbered.append(step)
                if len(numbered) == 2 and not _steps_apart(numbered[0], numbered[1]):
                    numbered = [step]
                continue
            yield from _finished(numbered, down)
            numbered = [step] if step is not None else []
        yield from _worded(view, stretch, down=down)


def _finished(steps: list[Step], down: bool) -> Iterator[Run]:
    if SHORTEST <= len(steps) <= LONGEST and _is_scale(steps):
        yield Run(tuple(steps), down)


def _stretches(view: SheetView, cells: list[tuple[int, int]], *, down: bool) -> Iterator[list[tuple[int, int]]]:
    """Cells that touch, merges counted in."""
    stretch: list[tuple[int, int]] = []
    for cell in cells:
        if stretch and _after(view, stretch[-1], down=down) < (cell[0] if down else cell[1]):
            yield stretch
            stretch = []
        stretch.append(cell)
    if len(stretch) >= SHORTEST:
        yield stretch


def _after(view: SheetView, cell: tuple[int, int], *, down: bool) -> int:
    area = view.spans.get(cell)
    if area is None:
        return (cell[0] if down else cell[1]) + 1
    return (area.last_row if down else area.last_column) + 1


def _step(view: SheetView, row: int, column: int) -> Step | None:
    value = view.rows[row][column].value
    score = read_score(value)
    if score.number is None or score.likelihood is not None or len(score.text) > 80:
        return None
    return Step(row, column, score.number, score.word or "")


def _steps_apart(first: Step, second: Step) -> bool:
    return 0 < abs(second.score - first.score) <= 1 or {first.score, second.score} <= {
        1.0,
        2.0,
        3.0,
        4.0,
        6.0,
        8.0,
        9.0,
    }


def _goes_on(steps: list[Step], step: Step) -> bool:
    rising = steps[1].score > steps[0].score
    return (
        step.score != steps[-1].score
        and (step.score > steps[-1].score) == rising
        and abs(step.score - steps[-1].score) <= 1
    )


def _is_scale(steps: list[Step]) -> bool:
    scores = [step.score for step in steps]
    whole = all(score == int(score) for score in scores)
    return (whole and min(scores) in {0.0, 1.0} and max(scores) <= LONGEST) or (
        not whole and min(scores) >= 0 and max(scores) <= 1
    )


def _worded(view: SheetView, stretch: list[tuple[int, int]], *, down: bool) -> Iterator[Run]:
    """Level names alone, in order: they count from 1."""
    names = [view.text(row, column) for row, column in stretch]
    start = 0
    while start < len(names):
        end = start
        while end < len(names) and len(names[end]) <= 40 and is_level(names[end]):
            end += 1
        if SHORTEST <= end - start <= LONGEST:
            given = names[start:end]
            ordered = order(given)
            if (
                ordered is not None
                and len(ordered) == len(given)
                and (tuple(given) == ordered or tuple(given) == ordered[::-1])
            ):
                scores = {name: float(place) for place, name in enumerate(ordered, start=1)}
                places = zip(stretch[start:end], given, strict=True)
                yield Run(tuple(Step(row, column, scores[name], name) for (row, column), name in places), down)
        start = max(end, start + 1)


def axis_in(text: str) -> Axis | None:
    """The axis that a title or label names: ``"Likelihood scale"``; None where it names both or neither."""
    if len(text) > 120:
        return None
    words = frozenset(heading_key(text).split()) | {heading_key(text).replace(" ", "")}
    likely, impactful = bool(words & _LIKELY), bool(words & _IMPACTFUL)
    if likely != impactful:
        return "likelihood" if likely else "impact"
    if not likely and len(text) <= 20:
        best = next(iter(match_heading(text)), None)
        if best is not None and best.field in {"likelihood", "impact"} and len(heading_key(text)) <= 3:
            return "likelihood" if best.field == "likelihood" else "impact"
    return None


def axis_of_names(names: Iterable[str]) -> Axis | None:
    """The axis that level names belong to."""
    found = axis_of([name for name in names if name])
    return found if found in {"likelihood", "impact"} else None
