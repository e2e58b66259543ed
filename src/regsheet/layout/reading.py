"""One column of a block while its meaning is being settled: heading, values, the fields it may be."""

from __future__ import annotations

from dataclasses import dataclass, field

from regsheet.layout.evidence import Profile
from regsheet.layout.formulas import FormulaSense
from regsheet.layout.headings import Heading
from regsheet.layout.stages import ScoreColumn


@dataclass(slots=True)
class Reading:
    """Everything known about one column of a block."""

    heading: Heading
    profile: Profile
    matches: dict[str, tuple[float, str]] = field(default_factory=dict)
    sense: FormulaSense | None = None
    score: ScoreColumn | None = None

    @property
    def best(self) -> tuple[str | None, float]:
        """The likeliest field and its weight."""
        if not self.matches:
            return None, 0.0
        name = max(self.matches, key=lambda name: self.matches[name][0])
        return name, self.matches[name][0]
