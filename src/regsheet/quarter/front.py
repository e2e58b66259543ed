"""The page that a committee reads, as words: what stands in each panel, whichever way it is then drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, Generic, TypeVar

from regsheet.model.scoring import plain
from regsheet.outcome.records import StageRecord
from regsheet.quarter.figures import AGES, Cell, RuleLine, ServiceLine, Summary
from regsheet.quarter.ladder import capital
from regsheet.quarter.lines import GoneLine, Move, RiskLine
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.texts import count_words, date_words

Row = TypeVar("Row")

EMPTY, PALE = "EEF0F3", 0.25
"""The colour of a cell of which nothing is known, and how much of a band's own colour an empty cell has."""

SERVICES, CHANGES, LISTED, WORST = 10, 5, 6, 10
"""How many services, changes, red services or rules, and worst risks the page has room for."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A large number and what it counts."""

    label: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """A rating with its band's word, and the colour of its step, ``RRGGBB``; empty where there is none."""

    words: str = ""
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class WorstRow:
    """One of the worst risks."""

    rank: int
    ref: str
    service: str
    title: str
    owner: str
    scores: tuple[Score, Score, Score]
    red_for: str


@dataclass(frozen=True, slots=True)
class RedRow:
    """A service's red risks."""

    service: str
    count: int
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A risk that moved, is new or is closed; ``move`` in words."""

    ref: str
    service: str
    title: str
    before: Score
    now: Score
    move: str = ""


@dataclass(frozen=True, slots=True)
class Panel(Generic[Row]):
    """The rows of a panel that there is room for, and how many more there are."""

    rows: tuple[Row, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Front:
    """Everything on the page."""

    title: str
    read: str
    lead: str
    tiles: tuple[Tile, ...]
    scale_note: str
    services: Panel[ServiceLine]
    worst: Panel[WorstRow]
    red: Panel[RedRow]
    moved: Panel[ChangeRow]
    new: Panel[ChangeRow]
    closed: Panel[ChangeRow]
    overdue: Panel[ServiceLine]
    rules: Panel[RuleLine]
    change_rows: int
    listed_rows: int


def front_of(summary: Summary) -> Front:
    """What the page says. Where there are few services, the lists below get their room."""
    spare = max(0, SERVICES - max(len(summary.services), 3))
    changes, listed = CHANGES + (spare + 1) // 2, LISTED + spare // 2
    return Front(
        title=_title(summary),
        read=_read(summary),
        lead=_lead(summary),
        tiles=_tiles(summary),
        scale_note=_scale_note(summary),
        services=cut(summary.services, SERVICES),
        worst=cut(list(enumerate(summary.worst, 1)), WORST, lambda ranked: _worst(summary, *ranked)),
        red=cut(_reds(summary), listed),
        moved=cut(summary.moved, changes, partial(_changed, summary)),
        new=cut(summary.new, changes, partial(_changed, summary)),
        closed=cut(summary.gone, changes, partial(_closed, summary)),
        overdue=cut(summary.overdue, listed),
        rules=cut(summary.rules, listed),
        change_rows=changes,
        listed_rows=listed,
    )  # fmt: skip


def cut(rows: Sequence[Any], most: int, made: Callable[[Any], Row] = lambda row: row) -> Panel[Row]:
    """The first rows, as many as there is room for; they are made of what is given."""
    return Panel(tuple(map(made, rows[:most])), max(0, len(rows) - most))


def more_words(panel: Panel[Any], sheet: str) -> str:
    """``and 23 more: sheet Risks``; empty where all are shown."""
    if not panel.more:
        return ""
    return str(wording("front")["more"].format(number=f"{panel.more:,}", sheet=wording("names")[sheet]))


def score(summary: Summary, stage: StageRecord | None, step: int | None) -> Score:
    """A stage's scores in words: ``20 Red``, ``High``; empty without any."""
    if stage is None or (stage.rating is None and not stage.band):
        return Score()
    words = " ".join(filter(None, (plain(stage.rating) if stage.rating is not None else "", capital(stage.band))))
    return Score(words, None if step is None else summary.ladder.steps[step].colour)


def cell_words(summary: Summary, cell: Cell) -> str:
    """The band of a matrix cell's risks: ``Red``; where bands differ, how many have the worst: ``2 Red``."""
    worst = cell.worst
    if worst is None:
        return str(wording("ladder")["unbanded"])
    name = summary.ladder.steps[worst].name
    return name if cell.steps[worst] == cell.risks else f"{cell.steps[worst]} {name}"


def pale(summary: Summary, zone: int | None) -> str:
    """The colour of an empty cell of the matrix, ``RRGGBB``: its band's made pale, grey where that is not known."""
    if zone is None:
        return EMPTY
    colour = summary.ladder.steps[zone].colour
    return "".join(f"{round(255 - (255 - int(colour[at : at + 2], 16)) * PALE):02X}" for at in (0, 2, 4))


def age_words(quarters: int) -> str:
    """How long findings have stood."""
    words = wording("charts")
    key = "age_one" if quarters == 1 else "age_last" if quarters == AGES else "age"
    return str(words[key].format(quarters=quarters))


def band_figures(summary: Summary) -> str:
    """The chart of bands as a sentence."""
    return "; ".join(
        f"{date_words(then.as_of)}: " + ", ".join(
            f"{count} {step.name}" for step, count in zip(reversed(summary.ladder.steps), reversed(then.bands.steps),
                                                          strict=True))
        for then in summary.bands
    )  # fmt: skip


def age_figures(summary: Summary) -> str:
    """The chart of ages as a sentence."""
    return "; ".join(
        f"{age_words(age.quarters)}: {count_words(age.findings.errors, 'error')}, "
        f"{count_words(age.findings.warnings, 'warning')}, {count_words(age.findings.notes, 'note')}"
        for age in summary.ages
    )


def move_words(line: RiskLine) -> str:
    """How a risk moved: into red and out of red where it crossed, else up or down."""
    was_red = bool(line.before and line.before.is_red)
    key: Move | str = line.movement
    if line.movement == "up" and line.is_red and not was_red:
        key = "into_red"
    elif line.movement == "down" and was_red and not line.is_red:
        key = "out_of_red"
    return str(wording("moves")[key]) if key else ""


def rule_words(name: str) -> str:
    """``wrong-overall-rating`` as words."""
    return capital(name.replace("-", " "))


def _title(summary: Summary) -> str:
    key = "title_of" if summary.organisation else "title"
    return str(wording("front")[key].format(organisation=summary.organisation, as_of=date_words(summary.as_of)))


def _read(summary: Summary) -> str:
    words, read = wording("front"), [*summary.read("annotated"), *summary.read("checked")]
    compared = sum(bool(line.previous) for line in read)
    sentences = [words["read_none"] if not read else words["read"].format(
        files=count_words(len(read), "workbook"), services=count_words(len(summary.services), "service"))]  # fmt: skip
    if summary.read("failed"):
        sentences.append(words["read_failed"].format(failed=len(summary.read("failed"))))
    if summary.read("checked"):
        verb = "is" if len(summary.read("checked")) == 1 else "are"
        sentences.append(words["read_checked"].format(checked=f"{len(summary.read('checked'))} {verb}"))
    if summary.first_quarter:
        sentences.append(words["first_quarter"])
    elif read:
        key = "compared_all" if compared == len(read) else "compared_some"
        sentences.append(words[key].format(compared=compared, files=len(read)))
    if summary.read("gone"):
        verb = "has" if len(summary.read("gone")) == 1 else "have"
        sentences.append(words["gone"].format(gone=count_words(len(summary.read("gone")), "workbook"), verb=verb))
    return " ".join(sentences)


def _lead(summary: Summary) -> str:
    words, total = wording("front"), summary.total
    if not total.risks:
        return str(words["no_risks"]) if summary.services else ""
    risks = count_words(total.risks, "risk")
    key = "red" if summary.red_before is None else "red_before"
    sentences = [words[key].format(red=total.red, risks=risks, before=summary.red_before)]
    if summary.into_red or summary.out_of_red:
        sentences.append(words["crossed"].format(into=summary.into_red, out=summary.out_of_red))
    stages = total.stages
    if "inherent" in stages and "residual" in stages:
        key = "controls" if "target" in stages else "controls_no_target"
        part = {stage: f"{counts.red} of {counts.total}" for stage, counts in stages.items()}
        verb = "is" if stages["inherent"].red == 1 else "are"
        sentences.append(words[key].format(**{**part, "inherent": f"{part['inherent']} {verb}"}))
    oldest = summary.oldest_overdue
    if oldest is not None and oldest.oldest_due is not None:
        verb = "is" if total.overdue == 1 else "are"
        sentences.append(words["overdue"].format(
            actions=f"{count_words(total.overdue, 'action')} {verb}", since=date_words(oldest.oldest_due),
            ref=oldest.risk.ref or oldest.risk.title, service=oldest.service))  # fmt: skip
    else:
        sentences.append(words["no_overdue"])
    if summary.resolved:
        verb = "is" if summary.resolved == 1 else "are"
        sentences.append(words["resolved"].format(findings=count_words(summary.resolved, "finding"), verb=verb))
    return " ".join(sentences)


def _tiles(summary: Summary) -> tuple[Tile, ...]:
    total, words = summary.total, wording("tiles")
    moves = (total.up, total.down, total.new, total.closed) if total.compared else (None,) * 4
    numbers = {
        "services": len(summary.services), "risks": total.risks, "red": total.red,
        **dict(zip(("up", "down", "new", "closed"), moves, strict=True)), "overdue": total.overdue,
        "errors": total.findings.errors, "warnings": total.findings.warnings, "notes": total.findings.notes,
    }  # fmt: skip
    return tuple(Tile(words[key], number) for key, number in numbers.items())


def _scale_note(summary: Summary) -> str:
    words, matrix, steps = wording("heatmap"), summary.matrix, summary.ladder.steps
    if not any(one.placed for one in summary.matrices):
        return str(words["none"])
    key = "shared" if matrix.shared else "mixed"
    sentences = [words[key].format(likelihood=matrix.likelihood, impact=matrix.impact), words["cells"]]
    if summary.zones:
        sentences.append(words["zones"])
    if not summary.ladder.shared:
        sentences.append(words["bands_mixed"].format(red=steps[-1].name.lower(), green=steps[0].name.lower()))
    if summary.not_placed:
        named = [words["service_risks"].format(service=one.service, risks=count_words(one.risks, "risk"))
                 for one in summary.not_placed]  # fmt: skip
        shown = named if len(named) <= 4 else [*named[:3], f"{len(named) - 3} more"]
        sentences.append(words["not_placed"].format(services=", ".join(shown)))
    return " ".join(sentences)


def _worst(summary: Summary, rank: int, line: RiskLine) -> WorstRow:
    words = wording("worst")
    key = "quarter" if line.red_quarters == 1 else "quarters"
    inherent, residual, target = (score(summary, line.risk.stages.get(stage), line.steps.get(stage))
                                  for stage in ("inherent", "residual", "target"))  # fmt: skip
    red_for = words[key].format(number=line.red_quarters) if line.red_quarters else ""
    return WorstRow(rank, line.risk.ref, line.service, line.risk.title, line.risk.owner, (inherent, residual, target),
                    red_for)  # fmt: skip


def _reds(summary: Summary) -> list[RedRow]:
    """The red risks of each service, the services with the most first."""
    order = {line.service: place for place, line in enumerate(summary.services)}
    reds = sorted(summary.reds, key=lambda line: order[line.service])
    rows = []
    for service, group in groupby(reds, key=lambda line: line.service):
        lines = list(group)
        rows.append(RedRow(service, len(lines), tuple(_red_ref(line) for line in lines)))
    return rows


def _red_ref(line: RiskLine) -> str:
    name = line.risk.ref or line.risk.title
    return f"{name} ({line.red_quarters})" if line.red_quarters else name


def _changed(summary: Summary, line: RiskLine) -> ChangeRow:
    return ChangeRow(line.risk.ref, line.service, line.risk.title, score(summary, line.before, line.before_step),
                     score(summary, line.risk.current, line.step), move_words(line))  # fmt: skip


def _closed(summary: Summary, line: GoneLine) -> ChangeRow:
    return ChangeRow(line.ref, line.service, line.title, score(summary, line.before, line.step), Score())
