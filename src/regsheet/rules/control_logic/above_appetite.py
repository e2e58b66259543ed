"""CL010: more risk than the organisation wants, and no action."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.config import AppetiteSetting
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, current_stage, has_open_actions, known_band, settled_scores, texts
from regsheet.values.scores import read_score


class AboveAppetite(RegisterRule):
    """A risk stands above its appetite, and there is no open action.

    ## What it does
    Compares the residual rating (the inherent one where the sheet has no other) with the appetite that the risk's own
    row states, as a number or a band; else with the appetite that regsheet.toml gives for its category, its objective
    or all risks. It reports one that is above and has no open action.

    ## Why it matters
    An appetite that may be passed without anybody acting is not an appetite.

    ## When it is legitimate
    Where members have agreed to carry the risk for a time. Waive it with the minute and the date.

    ## Correction
    None: what to do about a risk is management's decision.
    """

    code = "CL010"
    name = "above-appetite"
    severity = Severity.ERROR
    needs = ("actions",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_rating": 12, "appetite": 15, "actions": None},
                {"ref": "R2", "title": "B", "residual_rating": 12, "appetite": "8", "actions": "Fit alarms"},
                {"ref": "R3", "title": "C", "residual_rating": 12, "appetite": "Amber", "actions": None},
                {"ref": "R4", "title": "D", "residual_rating": 12, "appetite": "Cautious", "actions": None},
            ),
            why="within it; acted upon; within the band; and a word that is no band",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_rating": 12, "appetite": 8, "actions": None},
                {"ref": "R2", "title": "B", "residual_rating": 16, "appetite": "Amber", "actions": "None"},
            ),
            finds=((0, "residual_rating"), (1, "residual_rating")),
            why="12 against 8, red against amber",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "category": "Safety", "residual_rating": 6, "actions": None},),
            settings={"appetite": {"by_category": {"safety": 4}}},
            finds=((0, "residual_rating"),),
            why="the configuration's appetite for this category",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be ratings, actions, and an appetite somewhere."""
        stage = current_stage(register)
        if stage is None or not register.has(f"{stage}_rating"):
            return f"sheet {register.sheet_name!r} has no rating that says how a risk stands today"
        setting = context.config.appetite
        if not register.has("appetite") and setting == AppetiteSetting():
            return f"neither sheet {register.sheet_name!r} nor the configuration states an appetite"
        return super().lacks(register, context)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk above its appetite without an open action."""
        stage = current_stage(register) or "residual"
        rows = zip(settled_scores(register, stage), has_open_actions(register), closed(register), strict=True)
        limits = appetites(register, context.config.appetite)
        for index, ((score, actions, off), limit) in enumerate(zip(rows, limits, strict=True)):
            if limit is None or off or actions or score.rating is None or score.rating <= limit:
                continue
            yield self.finding(
                register, index, f"{stage}_rating",
                f"{register.field_name(f'{stage}_rating')} is {plain(score.rating)}, above the appetite of "
                f"{plain(limit)}, and no action is open.", "Agree an action, or record who accepts the risk as it is.",
            )  # fmt: skip


def appetites(register: Register, setting: AppetiteSetting) -> list[float | None]:
    """The highest rating accepted for each risk: its own row's, else the configuration's; None where unknown."""
    by_category = {name.casefold(): limit for name, limit in setting.by_category.items()}
    by_objective = {name.casefold(): limit for name, limit in setting.by_objective.items()}
    columns = (texts(register, field) for field in ("appetite", "category", "objective"))
    limits: list[float | None] = []
    for stated, category, objective in zip(*columns, strict=True):
        limit = stated_limit(register, stated)
        if limit is None:
            limit = by_category.get(category.casefold(), by_objective.get(objective.casefold(), setting.default))
        limits.append(limit)
    return limits


def stated_limit(register: Register, stated: str) -> float | None:
    """The rating that an appetite cell allows: its number, or the top of the band that it names."""
    if not stated:
        return None
    band = known_band(register, stated)
    return band.high if band is not None else read_score(stated).number
