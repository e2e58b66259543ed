"""What reaches the screen in tables and colours: text of a workbook can do no more there than in a plain line."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from regsheet.reports.plain import printable, say

__all__ = ["Screen", "printable", "say"]


class Screen(Console):
    """A console that shows texts only as texts."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of what is shown, without control characters that are not Rich's own."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)
