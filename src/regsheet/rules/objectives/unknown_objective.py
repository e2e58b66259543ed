"""OB003: an objective that the organisation does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from regsheet.model.register import Register, shorten
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, texts
from regsheet.rules.words import says_nothing

ALIKE = 90.0
"""Names at least this alike (0 to 100) are the same objective."""

EVERY = re.compile(r"\s*(?:all|all objectives|every objective|corporate|cross[- ]cutting)\s*", re.IGNORECASE)

OBJECTIVES = {"objectives": ["Safe homes", "Clean streets", "Sound finances"]}


class UnknownObjective(RegisterRule):
    """A risk names an objective that is not on the configured list.

    ## What it does
    Compares each objective with those in regsheet.toml, capitals and small slips aside, and reports one that is not
    among them. A cell may name several.

    ## Why it matters
    Risks to objectives of the last plan stay in the register for years, while new objectives have no risk at all.

    ## When it is legitimate
    Where the list in regsheet.toml is out of date.

    ## Correction
    None: which objective is meant is the owner's judgement.
    """

    code = "OB003"
    name = "unknown-objective"
    severity = Severity.WARNING
    needs = ("objective",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "objective": "Safe Homes (CO1)"},
                {"ref": "R2", "title": "B", "objective": "Clean streets; sound finances"},
                {"ref": "R3", "title": "C", "objective": "All"},
            ),
            settings=OBJECTIVES,
            why="on the list, two of them, and all",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "objective": "Thriving markets"},),
            settings=OBJECTIVES,
            finds=((0, "objective"),),
            why="not on the list",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """The configuration must list the objectives."""
        if not context.config.objectives:
            return "the configuration lists no objectives"
        return super().lacks(register, context)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every objective that is not on the list."""
        known = [name.casefold() for name in context.config.objectives]
        for index, (text, off) in enumerate(zip(texts(register, "objective"), closed(register), strict=True)):
            if off or says_nothing(text) or EVERY.fullmatch(text) or names_one(text, known):
                continue
            yield self.finding(register, index, "objective",
                               f"the objective “{shorten(text)}” is not one of the configured ones.",
                               "Link the risk to an objective of the plan in force.")  # fmt: skip


def names_one(text: str, known: Sequence[str]) -> bool:
    """Whether a text names one of the objectives, or nearly."""
    folded = " ".join(text.casefold().split())
    if any(name in folded for name in known):
        return True
    return process.extractOne(folded, known, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE) is not None
