"""TX009: something still to come, listed among what is in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, controls_in, quoted, texts
from regsheet.rules.whole_columns import may_have, pieces, whole

DOING = (
    r"reviewed|revised|developed|introduced|implemented|updated|agreed|approved|appointed|completed|established|"
    r"rolled\s+out|commissioned|considered|finalised|finalized|drafted|produced|recruited|procured|created|"
    r"put\s+in\s+place|set\s+up|installed|launched|strengthened|improved|adopted|presented|published|extended|"
    r"explored|investigated|refreshed|rewritten|identified|sought|determined|arranged|organised|scheduled|delivered"
)

COMING = re.compile(
    r"\b(?:"  # said once, for it is tried at every letter
    rf"(?:is|are|due|needs?|still|yet)?\s*\bto\s+be\s+(?:fully\s+|further\s+)?(?:{DOING})\b"
    rf"|(?:will|shall)\s+(?:shortly\s+|soon\s+)?be\s+(?:{DOING})\b"
    rf"|(?:currently|is|are)\s+being\s+(?:{DOING})\b"
    r"|in\s+the\s+process\s+of\s+(?:being\s+\w+|\w+ing)\b"
    r"|under\s+(?:development|consideration)\b"
    r"|^(?:plan|plans|planning|propose|proposal|intend|aim)\s+to\b|^proposed\b"
    r"|(?:is|are)\s+(?:planned|proposed)\b|planned\s+for\b|yet\s+to\s+be\b|not\s+yet\s+in\s+place\b"
    r")",
    re.IGNORECASE,
)

PLANS = whole((
    "be", "being", "in the process of", "under development", "under consideration", "planned", "proposed", "yet in",
    "plan to", "plans to", "planning to", "propose to", "proposal to", "intend to", "aim to",
))  # fmt: skip
"""Each way of ``COMING`` holds one of these."""

STANDING = re.compile(
    r"\b(?:annual(?:ly)?|yearly|monthly|weekly|daily|quarterly|regular(?:ly)?|periodic(?:ally)?|every|each|always|"
    r"when(?:ever)?|where|before|prior\s+to|require[sd]?|must|allows?|enables?|ensures?|so\s+that|any|"
    r"all\s+\w+\s+(?:are|have)|in\s+place|in\s+force|"
    r"continu\w+|ongoing|if|as\s+necessary|can|if\s+necessary|if\s+required|would|unless)\b",
    re.IGNORECASE,
)
"""Words of a standing rule: "accounts to be reviewed monthly" is a control, not a plan."""

NEAR = 60
"""Characters on either side of a plan within which a standing rule's words count."""


def phrases(*wanted: str) -> tuple[dict[str, str], ...]:
    """A row for each phrase, as controls."""
    return tuple({"ref": f"R{number}", "title": f"Risk {number}", "controls": phrase}
                 for number, phrase in enumerate(wanted, start=1))  # fmt: skip


SILENT = phrases(
    "Accounts to be reviewed monthly", "Policy reviewed in 2024", "Procedure requires contracts to be approved",
    "Planned maintenance programme",
    "Risk assessments are being carried out", "Business continuity plans",
    "Work to be agreed before it starts", "Changes must be approved by the board",
    "Plan to deal with emergencies in place",
    "Budget holders will be trained annually", "Development plan",
    "All invoices are to be approved by two officers each time",
    "Proposals are checked by finance",
)  # fmt: skip

FOUND = phrases(
    "Lone working policy to be reviewed", "New system will be introduced in May", "Procedure is being developed",
    "Constitution, which is in the process of being reviewed", "Training is planned for the autumn",
    "Second officer is to be recruited", "Strategy under development", "Plan to install alarms",
    "Backup site still to be established", "Proposed new committee", "Contract will shortly be finalised",
    "Key policies are currently being updated",
)  # fmt: skip


class ActionListedAsControl(RegisterRule):
    """A control is worded as something still to come.

    ## What it does
    Looks for controls worded as a plan ("to be reviewed", "is being developed", "will be introduced"). A standing rule
    that is worded alike ("to be reviewed monthly") is left alone.

    ## Why it matters
    Today's score counts on the controls. What is only planned does not hold anything back yet, so the score is too low.

    ## When it is legitimate
    Where the control works while it is being renewed. Say so: "in place; renewal due in May".

    ## Correction
    None: what is in place is the owner's knowledge.
    """

    code = "TX009"
    name = "action-listed-as-control"
    severity = Severity.WARNING
    needs = ("controls",)
    reads = frozenset({"controls", "status"})
    valid = (Example(rows=SILENT, why="in place, or a standing rule"),)
    invalid = (Example(rows=FOUND, finds=tuple((n, "controls") for n in range(len(FOUND))), why="still to come"),)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk with a control that is still to come."""
        column, off = texts(register, "controls"), closed(register)
        for index in may_be_coming(column):
            coming = [] if off[index] else [control for control in controls_in(column[index]) if is_coming(control)]
            if coming:
                message = f"{quoted(coming)} listed as in place, worded as a plan."
                yield self.finding(register, index, "controls", message, "Move it to the actions until it is in place.")


def may_be_coming(column: Sequence[str]) -> list[int]:
    """Where in a column any of the words stand without which no plan is worded: far quicker than the wordings."""
    return [place for piece in pieces(column) for place in piece.worded(PLANS)]


def is_coming(control: str) -> bool:
    """Whether a control is worded as a plan, and not, in the same breath, as a standing rule."""
    if not may_have(control, PLANS):
        return False
    return any(STANDING.search(around(control, found)) is None for found in COMING.finditer(control))


def around(text: str, found: re.Match[str]) -> str:
    """The words about a match: its own sentence, and of a very long one only what stands near."""
    before = re.split(r"[.;!?]\s", text[max(0, found.start() - NEAR) : found.start()])[-1]
    after = re.split(r"[.;!?](?:\s|$)", text[found.end() : found.end() + NEAR])[0]
    return f"{before}{found[0]}{after}"
