"""The page's table of services."""

from __future__ import annotations

from typing import Any

from regsheet.quarter.figures import ServiceLine
from regsheet.quarter.front import more_words
from regsheet.quarter.front_canvas import COLUMNS, EDGE, HEAD, LAST, SMALL, STAGES, Canvas
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import NAVY, SLATE

TAIL = ("overdue", "errors", "warnings", "notes")
MOVES = ("up", "down", "new", "closed")


def draw_services(canvas: Canvas) -> None:
    """A line a service: risks by band at each stage, movement, overdue actions, findings."""
    words, summary, shown = wording("services"), canvas.summary, canvas.front.services
    title = words["title_top"].format(shown=len(shown.rows)) if shown.more else words["title"]
    canvas.heading([(0, LAST, title)])
    steps = len(summary.ladder.steps)
    name_end = COLUMNS - 1 - 2 - 3 * steps - 4 - 8
    at = name_end + 3
    canvas.put(0, name_end, "", canvas.look(""))
    for stage in STAGES:
        label = ("" if stage == "inherent" else "→ ") + wording("stages")[stage]
        canvas.put(at, at + steps - 1, label, canvas.look("", bold=True, font_size=8, font_color=NAVY, align="center"))
        at += steps
    for label, width in ((words["movement"], 4), (words["actions"], 2), (words["findings"], 6)):
        canvas.put(at, at + width - 1, label, canvas.look("", bold=True, font_size=8 if width > 4 else 7,
                                                      font_color=NAVY, align="center", shrink=True))  # fmt: skip
        at += width
    canvas.next(HEAD)
    _service_heads(canvas, name_end)
    style = canvas.body
    for line in shown.rows:
        _service(canvas, line, line.service, name_end, style)
    more = more_words(shown, "services")
    if more:
        canvas.put(0, LAST, more, canvas.quiet)
        canvas.next()
    if len(summary.services) > 1:
        _service(canvas, summary.total, wording("front")["total"], name_end, canvas.strong)
    canvas.gap()


def _service_heads(canvas: Canvas, name_end: int) -> None:
    words, steps = wording("services"), canvas.summary.ladder.steps
    turned = canvas.look("", font_size=7.5, font_color=SLATE, rotation=90, align="center", valign="bottom", bottom=1,
                       bottom_color=SLATE)  # fmt: skip
    canvas.put(0, name_end, words["service"], canvas.head)
    canvas.put(name_end + 1, name_end + 2, words["risks"], canvas.head_centre)
    at = name_end + 3
    for _ in STAGES:
        for step in reversed(steps):
            canvas.page.text(canvas.row, at, step.name, turned)
            at += 1
    for key in MOVES:
        canvas.page.text(canvas.row, at, words[key], turned)
        at += 1
    for key in TAIL:
        canvas.page.sheet.merge_range(canvas.row, at, canvas.row, at + 1, "", turned)
        canvas.page.text(canvas.row, at, words[key], turned)
        at += 2
    longest = max(len(word) for word in (*(step.name for step in steps), *(words[key] for key in TAIL)))
    canvas.next(min(max(longest * 4.6 + 4, 30), 60))


def _service(canvas: Canvas, line: ServiceLine, name: str, name_end: int, style: Any) -> None:
    canvas.put(0, name_end, name, style)
    canvas.put(name_end + 1, name_end + 2, line.risks, canvas.number)
    at = name_end + 3
    for stage in STAGES:
        counts = line.stages.get(stage)
        for place in reversed(range(len(canvas.summary.ladder.steps))):
            number = counts.steps[place] if counts else None
            colour = canvas.summary.ladder.steps[place].colour if number else None
            shade = canvas.look.filled("", colour, **{**SMALL, **EDGE}, align="center") if colour else canvas.quiet
            canvas.put(at, at, number or "", shade)
            at += 1
    for key in MOVES:
        canvas.put(at, at, getattr(line, key) if line.compared else "", canvas.number)
        at += 1
    for number in (line.overdue, line.findings.errors, line.findings.warnings, line.findings.notes):
        canvas.put(at, at + 1, number, canvas.number)
        at += 2
    canvas.next()
