"""The canonical fields that a column may mean."""

from __future__ import annotations

from regsheet.layout.tables import STAGES
from regsheet.layout.vocabulary import SCORING

REGISTER_FIELDS = (
    "ref", "title", "description", "category", "objective", "cause", "consequence",
    *(f"{stage}_{score}" for stage in STAGES for score in SCORING),
    "controls", "actions", "action_date", "owner", "action_owner", "action_status", "review_date", "next_review_date",
    "commentary", "direction_of_travel", "previous_rating", "response", "appetite", "proximity", "status",
    "identified_date",
)  # fmt: skip
"""Fields of risk registers."""

LINES = ("line_1", "line_2", "line_3", "line_4")
"""Fields of assurance maps that hold the items of one line of defence."""

MAP_FIELDS = (
    "cluster", "risk", "risk_ref", "risk_title", "risk_description", *LINES, "line", "item", "opinion", "date",
)  # fmt: skip
"""Fields of assurance maps."""

NONE = "none"
"""What a configuration says for a column that is to be left alone."""


def is_field(name: str) -> bool:
    """Whether a register or an assurance map can have a column of this field."""
    return name in REGISTER_FIELDS or name in MAP_FIELDS
