"""Runs made by hand, small and large, on several scales."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from regsheet.outcome.records import (
    ActionRecord,
    AssuranceRecord,
    FindingRecord,
    Grade,
    MovementRecord,
    Outcome,
    RiskRecord,
    Run,
    Scale,
    StageRecord,
)  # fmt: skip
from regsheet.outcome.trends import BandCount, FindingHistory, RedHistory, SlippedDate, Trends

AS_OF = dt.date(2024, 12, 31)
QUARTERS = tuple(dt.date(2024, month, day) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31)))
RAG = (Grade("White", 1, 7, "FFFFFF"), Grade("Amber", 8, 14, "FFC000"), Grade("Red", 15, 25, "FF0000"))
WORDS = (Grade("Low", 1, 2, ""), Grade("Medium", 3, 4, ""), Grade("High", 6, 9, ""))
FOUR = (Grade("Low", 1, 3, "92D050"), Grade("Medium", 4, 6, "FFFF00"), Grade("High", 8, 9, "FFC000"),
        Grade("Very high", 12, 16, "FF0000"))  # fmt: skip


def levels(count: int) -> dict[str, float]:
    return {str(number): float(number) for number in range(1, count + 1)}


FIVE_BY_FIVE = Scale(levels(5), levels(5), "product", RAG, "Register")
FOUR_BY_FOUR = Scale(levels(4), levels(4), "product", FOUR, "Register")
THREE_BY_THREE = Scale(levels(3), levels(3), "product", WORDS, "Register")
PERCENTAGES = {"10%": 0.1, "30%": 0.3, "50%": 0.5, "70%": 0.7, "90%": 0.9}
THIRDS = (Grade("Low", 0, 0.9, ""), Grade("Medium", 1.0, 2.4, ""), Grade("High", 2.5, 4.5, ""))
PERCENT = Scale(PERCENTAGES, levels(5), "product", THIRDS, "Register")
WORD_ONLY = Scale({}, {}, "none", (), "Register")


def stage(scale: Scale, likelihood: float | None, impact: float | None, band: str = "") -> StageRecord:
    if likelihood is None or impact is None:
        return StageRecord(band=band)
    rating = round(likelihood * impact, 6)
    found = next((one for one in scale.bands if one.low <= rating <= one.high), None)
    return StageRecord(likelihood, impact, rating, found.name if found else "", found.colour if found else "",
                       found is not None and found is scale.bands[-1])  # fmt: skip


def risk(ref: str, scale: Scale, *scores: tuple[float | None, float | None], title: str = "", owner: str = "Director",
         actions: Iterable[ActionRecord] = (), closed: bool = False) -> RiskRecord:  # fmt: skip
    names = ("inherent", "residual", "target")
    return RiskRecord(
        sheet="Register", cell=f"B{5 + int(''.join(c for c in ref if c.isdigit()) or 1)}", ref=ref,
        title=title or f"Failure of arrangement {ref}", owner=owner, category="Operational", objective="", direction="",
        status="Closed" if closed else "Open",
        stages={name: stage(scale, *pair) for name, pair in zip(names, scores, strict=False)},
        actions=tuple(actions), closed=closed,
    )  # fmt: skip


def finding(code: str = "SC001", severity: str = "error", ref: str | None = "R1", title: str | None = None,
            status: str = "open", **more: str) -> FindingRecord:  # fmt: skip
    return FindingRecord(
        code=code, name=more.get("name", "wrong-overall-rating"), severity=severity, sheet="Register",
        cell=more.get("cell", "G6"), ref=ref, title=title or (f"Failure of arrangement {ref}" if ref else None),
        field="residual_rating", owner="Director", message=more.get("message", f"The rating of {ref} is wrong."),
        advice="Work it out again.", status=status,
    )  # type: ignore[arg-type]  # fmt: skip


def outcome(
    service: str, risks: Iterable[RiskRecord] = (), scale: Scale | None = FIVE_BY_FIVE, **more: object
) -> Outcome:
    slug = service.lower().replace(" ", "-")
    settings: dict[str, object] = {
        "file": f"{slug}.xlsx", "service": service, "stage": "annotated", "sha256": "a" * 64, "source_sha256": "a" * 64,
        "configuration_sha256": "c" * 64, "as_of": AS_OF, "version": "0.1.0", "output": f"{slug}.checked.xlsx",
        "risks": tuple(risks), "scales": (scale,) if scale else (),
    }  # fmt: skip
    return Outcome(**{**settings, **more})  # type: ignore[arg-type]


def run(*outcomes: Outcome, organisation: str = "Barchester Council", gone: tuple[str, ...] = ()) -> Run:
    return Run(organisation, AS_OF, "0.1.0", "c" * 64, tuple(outcomes), gone)


def moved(item: RiskRecord, before: StageRecord | None) -> MovementRecord:
    return MovementRecord(item.ref, item.title, item.owner, before, item.current)


NAMES = (
    "Adult Social Care", "Children's Services", "Housing", "Highways and Transport", "Planning", "Finance",
    "Digital and ICT", "Legal and Democratic Services", "Waste and Recycling", "Public Health", "Leisure and Culture",
    "Human Resources", "Property", "Registrars",
)  # fmt: skip
TITLES = (
    "Failure to meet statutory duties for adults at risk", "Loss of key supplier of homecare", "Cyber attack",
    "Overspend against the medium-term financial plan", "Unable to recruit and keep qualified staff",
    "Fire safety works in high-rise blocks are late", "Flood damages critical highways structures",
    "Data breach of personal records", "Savings programme not delivered", "Contract failure in waste collection",
)  # fmt: skip
RULES = (
    ("SC001", "wrong-overall-rating", "error"), ("CL003", "red-without-action", "error"),
    ("OW001", "no-owner", "error"), ("DT002", "overdue-action", "warning"), ("TX004", "vague-control", "warning"),
    ("TR001", "wrong-direction", "warning"), ("AS003", "old-assurance", "warning"), ("HY002", "stray-spaces", "note"),
    ("TX009", "long-title", "note"),
)  # fmt: skip


def large(services: int = 14, risks: int = 9, findings: int = 6, first: bool = False) -> tuple[Run, Trends | None]:
    """A council: services on five scales, movements, overdue actions, findings; the same every time."""
    scales = (FIVE_BY_FIVE, FIVE_BY_FIVE, FOUR_BY_FOUR, THREE_BY_THREE, PERCENT, FIVE_BY_FIVE, WORD_ONLY)
    outcomes, histories, reds = [], [], []
    for at in range(services):
        name = NAMES[at % len(NAMES)] + ("" if at < len(NAMES) else f" {at // len(NAMES) + 1}")
        scale, letter = scales[at % len(scales)], "".join(word[0] for word in name.split())[:3].upper()
        made = [_risk(f"{letter}{number:02}", scale, at * 7 + number * 3) for number in range(1, risks + 1)]
        moves = [] if first else [m for place, item in enumerate(made) if (m := _movement(item, scale, at + place))]
        if not first and at % 3 == 0:
            gone = risk(f"{letter}99", scale, (None, None), title="Office move disrupts services")
            moves.append(MovementRecord(gone.ref, gone.title, gone.owner, _scores(scale, at * 5 + 2), None))
        found = []
        for number in range(findings if at % 5 != 4 else 1):
            code, rule, severity = RULES[(at * 3 + number * number) % len(RULES)]
            item = made[number % len(made)] if made else None
            found.append(finding(code, severity, item.ref if item else None, item.title if item else None, name=rule,
                                 status="corrected" if code == "SC001" else "open", cell=f"G{number + 6}",
                                 message=f"{rule.replace('-', ' ').capitalize()} in row {number + 6}."))  # fmt: skip
            seen = QUARTERS[(at + number) % 4]
            histories.append(FindingHistory(name, f"{name.lower().replace(' ', '-')}.xlsx", code, rule, severity,
                                            item.ref if item else "", item.title if item else "", "residual_rating",
                                            "Director", found[-1].message, "persisting", seen, AS_OF,
                                            4 - QUARTERS.index(seen)))  # fmt: skip
        reds += [RedHistory(name, f"{name.lower().replace(' ', '-')}.xlsx", item.ref, item.title, item.current.rating,
                            QUARTERS[at % 4], 4 - at % 4) for item in made if item.current.is_red]  # fmt: skip
        assured = [_assured(item, line, held=place % line == 0) for place, item in enumerate(made[:-1])
                   for line in (1, 2, 3)]  # fmt: skip
        outcomes.append(outcome(name, made, scale, findings=tuple(found), movements=tuple(moves),
                                previous="" if first else f"{letter}-q3.xlsx",
                                assurance=tuple(assured) if at % 2 else ()))  # fmt: skip
    if services > 3:
        outcomes.append(
            outcome(
                "Harbour",
                (),
                None,
                stage="failed",
                output="",
                reason="The file is protected by a password; save it without one.",
            )
        )
    made_run = run(*sorted(outcomes, key=lambda one: one.file), gone=() if first else ("old-theatre.xlsx",))
    return made_run, None if first else _trends(made_run, tuple(histories), tuple(reds))


def _assured(item: RiskRecord, line: int, *, held: bool) -> AssuranceRecord:
    what = ("Internal audit", dt.date(2024, line, 5), "Substantial") if held else ("", None, "")
    return AssuranceRecord("Map", "C5", "Corporate", item.ref, item.title, line, *what)


def _scores(scale: Scale, seed: int) -> StageRecord:
    seed = seed * 7919 % 1009
    if not scale.likelihood:
        band = ("Low", "Medium", "High")[seed % 3]
        return StageRecord(band=band, is_red=band == "High")
    likelihood, impact = list(scale.likelihood.values()), list(scale.impact.values())
    return stage(scale, likelihood[seed % len(likelihood)], impact[seed // 7 % len(impact)])


def _risk(ref: str, scale: Scale, seed: int) -> RiskRecord:
    due = dt.date(2024, 6, 1) + dt.timedelta(days=seed * 37 % 400)
    action = ActionRecord("Write the plan", due, due < AS_OF)
    base = risk(ref, scale, title=TITLES[seed % len(TITLES)], owner=f"Head of {TITLES[seed % 7].split()[-1]}",
                actions=(action,) if seed % 3 else ())  # fmt: skip
    stages = {
        "inherent": _scores(scale, seed + 3),
        "residual": _scores(scale, seed + 1),
        "target": _scores(scale, seed),
    }
    return RiskRecord(**{**{name: getattr(base, name) for name in base.__struct_fields__}, "stages": stages})


def _movement(item: RiskRecord, scale: Scale, seed: int) -> MovementRecord | None:
    if seed % 9 == 8:
        return MovementRecord(item.ref, item.title, item.owner, None, item.current)
    return moved(item, _scores(scale, seed * 3 + 2) if seed % 4 == 0 else item.current)


def _trends(made: Run, histories: tuple[FindingHistory, ...], reds: tuple[RedHistory, ...]) -> Trends:
    bands = []
    for place, day in enumerate(QUARTERS):
        for one in made.outcomes:
            for grade in one.scales[0].bands if one.scales else ():
                is_red = grade is one.scales[0].bands[-1]
                count = sum(risk.current.band == grade.name for risk in one.risks) + (3 - place) * (1 if is_red else 0)
                bands.append(BandCount(day, one.service, grade.name, grade.colour, is_red, count))
    slipped = tuple(SlippedDate("Housing", "housing.xlsx", f"H0{n}", TITLES[n], "Write the plan", dt.date(2024, 3, 31),
                                dt.date(2025, n, 28), 3) for n in (1, 2))  # fmt: skip
    return Trends(AS_OF, QUARTERS, tuple(bands), histories, reds, slipped)
