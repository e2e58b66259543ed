"""What a workbook holds that programs are known to lose, and what becomes of each thing on the round trip."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from regsheet.doctor.evidence import Evidence, Trace
from regsheet.doctor.wording import wording
from regsheet.grid.xml import attribute
from regsheet.package import Package
from regsheet.writer import vml

Outcome = Literal["kept", "limited", "broken", "rebuilt"]
UNSOUND = "unsound-drawings"


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing that a workbook holds: how many, on which sheets, and what becomes of it."""

    key: str
    name: str
    count: int
    sheets: tuple[str, ...]
    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was found, in the order of importance that the list of features has."""

    file: str
    holdings: tuple[Holding, ...]

    @property
    def announced(self) -> tuple[Holding, ...]:
        """What a user must be told of, because it does not simply stay."""
        return tuple(holding for holding in self.holdings if holding.outcome in {"broken", "limited"})


def diagnose(package: Package, outcomes: Collection[Outcome] = get_args(Outcome)) -> Diagnosis:
    """Look through a workbook for things with one of these outcomes. Nothing in it is changed."""
    evidence = Evidence(package)
    wanted = [feature for feature in wording("features")["feature"] if feature["outcome"] in outcomes]
    found = [holding for feature in wanted if (holding := _holding(feature, evidence))]
    return Diagnosis(package.file, (*found, *_damaged(evidence)))


def _holding(feature: dict[str, Any], evidence: Evidence) -> Holding | None:
    if feature["key"] in {"hidden-sheets", "very-hidden-sheets"}:
        return _hidden(feature, evidence)
    traces = list(_unsound(evidence) if feature["key"] == UNSOUND else _traces(feature, evidence))
    traces = traces or list(_traces(feature.get("otherwise", {}), evidence))
    if not traces:
        return None
    found = dict.fromkeys(sheet for trace in traces for sheet in evidence.sheets_of(trace.part))
    return _made(feature, sum(trace.count for trace in traces), tuple(found))


def _traces(signs: dict[str, Any], evidence: Evidence) -> Iterator[Trace]:
    for kind in signs.get("kinds", ()):
        yield from evidence.of_kind(kind)
    for folder in signs.get("folders", ()):
        yield from evidence.in_folder(folder)
    for sign in signs.get("elements", ()):
        yield from evidence.elements(
            sign["sort"],
            sign["element"],
            sign.get("attribute", ""),
            sign.get("value", ""),
            sign.get("extension", False),
        )
    for sign in signs.get("patterns", ()):
        yield from evidence.patterns(sign["sort"], sign["pattern"])


def _hidden(feature: dict[str, Any], evidence: Evidence) -> Holding | None:
    state = feature["elements"][0]["value"]
    workbook = evidence.package.tree(evidence.package.main_part)
    names = [sheet.get("name", "") for sheet in workbook.iter("{*}sheet") if attribute(sheet, "state") == state]
    return _made(feature, len(names), tuple(names)) if names else None


def _unsound(evidence: Evidence) -> Iterator[Trace]:
    """Drawings of notes and controls that shapes cannot be added to."""
    for part in evidence.parts("vml"):
        if not vml.is_sound(evidence.package.blob(part)):
            yield Trace(part, 1)


def _damaged(evidence: Evidence) -> Iterable[Holding]:
    words = wording("features")["said"]
    for part in evidence.damaged:
        name = f"{words['damaged_name']}: {part}"
        yield Holding("damaged-part", name, 1, evidence.sheets_of(part), "kept", words["damaged"])


def _made(feature: dict[str, Any], count: int, sheets: tuple[str, ...]) -> Holding:
    return Holding(feature["key"], feature["name"], count, sheets, feature["outcome"], feature["sentence"])
