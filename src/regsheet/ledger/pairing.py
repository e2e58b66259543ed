"""Which workbook, risk and finding of a quarter is which of an earlier one, on plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from regsheet.changes.files import Content, pair_by_content, pair_by_name
from regsheet.model.previous import SAME_REFERENCE_TITLE, SAME_TITLE, likeness, reference_key


@dataclass(frozen=True, slots=True)
class KnownWorkbook:
    """A workbook as the ledger has it. ``previous`` is last quarter's file, as the run paired it."""

    id: int
    file: str
    service: str
    previous: str = ""


@dataclass(frozen=True, slots=True)
class KnownRisk:
    """A risk as the ledger has it. ``kept``: the run itself paired it with a risk of last quarter's workbook."""

    id: int
    ref: str
    title: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """A finding as the ledger has it. ``risk`` is the id of its risk, None where it is about none.

    ``register``: the id of its workbook when that was last seen, by which findings about no risk are told apart.
    """

    id: int
    register: int
    code: str
    field: str
    risk: int | None
    ref: str
    title: str
    sheet: str


Risks = Mapping[int, Sequence[KnownRisk]]
"""The risks of each workbook, by its id."""


def pair_workbooks(
    now: Sequence[KnownWorkbook], then: Sequence[KnownWorkbook], risks: Risks | None = None
) -> dict[int, int]:
    """Ids of workbooks to the ids of the same registers when they were last seen.

    First goes what the run said, then the name, then the content. ``then`` has the latest first.
    """
    pairs: dict[int, int] = {}
    for work in (_as_said, _by_name):
        here, there = _left(now, then, pairs)
        pairs |= work(here, there)
    here, there = _left(now, then, pairs)
    if risks is not None and here and there:
        contents = pair_by_content(*({str(one.id): content_of(risks.get(one.id, ())) for one in side}
                                     for side in (here, there)))  # fmt: skip
        pairs |= {int(one): int(other) for one, other in contents.items()}
    return pairs


def pair_risks(now: Sequence[KnownRisk], then: Sequence[KnownRisk]) -> dict[int, int]:
    """Ids of risks to ids of the same risks before: by reference where the titles are alike, else by title."""
    pairs: dict[int, int] = {}
    by_ref: dict[str, list[KnownRisk]] = defaultdict(list)
    for risk in then:
        by_ref[reference_key(risk.ref)].append(risk)
    taken: set[int] = set()
    for risk in now:
        same = [other for other in by_ref.get(reference_key(risk.ref), ()) if risk.ref and other.id not in taken
                and _same_reference(risk, other)]  # fmt: skip
        if same:
            best = max(same, key=lambda other: likeness(risk.title, other.title))
            pairs[risk.id] = best.id
            taken.add(best.id)
    _pair_titles(now, then, pairs, taken)
    _pair_kept(now, then, pairs, taken)
    return pairs


def pair_moved(now: Iterable[KnownRisk], then: Iterable[KnownRisk]) -> dict[int, int]:
    """Risks that came from another register: those that have a title which no other of these has, and the same."""
    here, there = _one_of_a_title(now), _one_of_a_title(then)
    return {here[title].id: there[title].id for title in here if title in there}


def pair_findings(
    now: Sequence[KnownFinding], then: Sequence[KnownFinding], earlier_risks: Mapping[int, int | None]
) -> dict[int, int]:
    """Ids of findings to ids of the same findings before: rule, field and risk, else reference, else title.

    ``earlier_risks``: each risk's id to the id of the same risk before. Of several alike each goes with one.
    """
    left: dict[Hashable, list[int]] = defaultdict(list)
    for finding in reversed(then):
        for key in _keys(finding, finding.risk):
            left[key].append(finding.id)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for finding in now:
        earlier = None if finding.risk is None else earlier_risks.get(finding.risk)
        for key in _keys(finding, earlier):
            if finding.risk is not None and earlier is None:
                break  # the risk is new, and so is what is wrong with it
            while left.get(key) and left[key][-1] in taken:
                left[key].pop()
            if left.get(key):
                pairs[finding.id] = left[key].pop()
                taken.add(pairs[finding.id])
                break
    return pairs


# -- workbooks ---------------------------------------------------------------------------------------------------


def _left(
    now: Sequence[KnownWorkbook], then: Sequence[KnownWorkbook], pairs: Mapping[int, int]
) -> tuple[list[KnownWorkbook], list[KnownWorkbook]]:
    taken = set(pairs.values())
    return [one for one in now if one.id not in pairs], [one for one in then if one.id not in taken]


def _as_said(now: Sequence[KnownWorkbook], then: Sequence[KnownWorkbook]) -> dict[int, int]:
    """By ``previous``: the whole path, else a file name that is there once."""
    pairs: dict[int, int] = {}
    by_path = first_by(then, lambda one: one.file)
    by_name = only_by(then, lambda one: PurePosixPath(one.file).name)
    for one in now:
        said = one.previous.replace("\\", "/")
        other = by_path.get(said) or by_name.get(PurePosixPath(said).name) if said else None
        if other is not None and other.id not in pairs.values():
            pairs[one.id] = other.id
    return pairs


def _by_name(now: Sequence[KnownWorkbook], then: Sequence[KnownWorkbook]) -> dict[int, int]:
    here, there = first_by(now, lambda one: one.file), first_by(then, lambda one: one.file)
    return {here[file].id: there[other].id for file, other in pair_by_name(here, there).items()}


def content_of(risks: Sequence[KnownRisk]) -> Content:
    """What a workbook is recognised by where its name is another."""
    titles = ("".join(filter(str.isalnum, risk.title)).casefold() for risk in risks)
    return Content(frozenset(filter(None, titles)), frozenset(filter(None, (reference_key(r.ref) for r in risks))))


def first_by(all_of_them: Iterable[KnownWorkbook], key: Callable[[KnownWorkbook], str]) -> dict[str, KnownWorkbook]:
    """The first workbook of each name."""
    found: dict[str, KnownWorkbook] = {}
    for one in all_of_them:
        found.setdefault(key(one), one)
    return found


def only_by(all_of_them: Iterable[KnownWorkbook], key: Callable[[KnownWorkbook], str]) -> dict[str, KnownWorkbook]:
    """Workbooks that have a name to themselves; a name that several bear tells nothing."""
    found: dict[str, list[KnownWorkbook]] = defaultdict(list)
    for one in all_of_them:
        found[key(one)].append(one)
    return {name: ones[0] for name, ones in found.items() if len(ones) == 1}


# -- risks -------------------------------------------------------------------------------------------------------


def _same_reference(risk: KnownRisk, other: KnownRisk) -> bool:
    return not (risk.title and other.title) or likeness(risk.title, other.title) >= SAME_REFERENCE_TITLE


def _pair_titles(now: Sequence[KnownRisk], then: Sequence[KnownRisk], pairs: dict[int, int], taken: set[int]) -> None:
    """Pair what is left by title: the same words first, then the likest, best first."""
    exact = {risk.title.casefold(): risk.id for risk in reversed(then) if risk.title and risk.id not in taken}
    for risk in now:
        if risk.id not in pairs and risk.title and (there := exact.pop(risk.title.casefold(), None)) is not None:
            pairs[risk.id] = there
            taken.add(there)
    here = [(place, risk) for place, risk in enumerate(now) if risk.id not in pairs and risk.title]
    left = [(place, risk) for place, risk in enumerate(then) if risk.id not in taken and risk.title]
    candidates = sorted(
        (-alike, place, there, risk.id, other.id)
        for place, risk in here
        for there, other in left
        if (alike := likeness(risk.title, other.title)) >= SAME_TITLE
    )
    for *_, one, other_id in candidates:
        if one not in pairs and other_id not in taken:
            pairs[one] = other_id
            taken.add(other_id)


def _pair_kept(now: Sequence[KnownRisk], then: Sequence[KnownRisk], pairs: dict[int, int], taken: set[int]) -> None:
    """A risk that the run paired although its title is another: the one with its reference, where that is left."""
    by_ref: dict[str, list[KnownRisk]] = defaultdict(list)
    for risk in then:
        if risk.ref and risk.id not in taken:
            by_ref[reference_key(risk.ref)].append(risk)
    for risk in now:
        there = by_ref.get(reference_key(risk.ref), []) if risk.kept and risk.ref and risk.id not in pairs else []
        if there:
            other = there.pop(0)
            pairs[risk.id] = other.id
            taken.add(other.id)


def _one_of_a_title(risks: Iterable[KnownRisk]) -> dict[str, KnownRisk]:
    found: dict[str, list[KnownRisk]] = defaultdict(list)
    for risk in risks:
        if risk.title:
            found[risk.title.casefold()].append(risk)
    return {title: ones[0] for title, ones in found.items() if len(ones) == 1}


# -- findings ----------------------------------------------------------------------------------------------------


def _keys(finding: KnownFinding, risk: int | None) -> list[Hashable]:
    """What a finding is known by, the surest first."""
    if finding.risk is not None:
        return [(finding.code, finding.field, risk)]
    name = reference_key(finding.ref) or finding.title.casefold()
    key = (finding.register, finding.code, finding.field, name)
    return [(*key, finding.sheet.casefold()), key]
