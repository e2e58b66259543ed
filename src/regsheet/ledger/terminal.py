"""Several quarters for the terminal, by Rich: what is new, what stays, what is settled; reds; dates that slipped."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from regsheet.ledger.quarters import quarter_name
from regsheet.outcome.trends import FindingHistory, RedHistory, SlippedDate, State, Trends
from regsheet.reports.wording import counted, long_date

SHOWN = 15
"""Lines of a list that are shown unless all are asked for."""

SHOWN_QUARTERS = 8
"""Quarters that stand side by side: two years."""

STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
STATES: dict[State, str] = {"new": "New", "persisting": "Still there", "resolved": "Settled since last time"}

Item = TypeVar("Item")


def print_trends(console: Console, trends: Trends, *, everything: bool = False) -> None:
    """All that the quarters show, each list cut to its first lines unless ``everything`` is asked for."""
    quarters = counted(len(trends.quarters), "quarter")
    console.print(Text(f"{quarters} to {long_date(trends.as_of)}", style="bold"))
    most = None if everything else SHOWN
    if trends.bands:
        console.print()
        console.print(_bands(trends))
    _section(console, _counts_line(trends), _by_rule(trends.findings))
    for state, heading in STATES.items():
        found = [finding for finding in trends.findings if finding.state == state]
        found.sort(key=lambda finding: (finding.first_seen, list(STYLES).index(finding.severity)))
        _listed(console, heading, found, most, _findings)
    longest = sorted(trends.reds, key=lambda red: (red.since, -(red.rating or 0)))
    _listed(console, "In the top band, longest first", longest, most, _reds)
    slipped = sorted(trends.slipped, key=lambda one: (-one.times, one.first_due))
    _listed(console, "Dates that slipped", slipped, most, _slipped)


def _section(console: Console, heading: str, table: Table) -> None:
    console.print()
    console.print(Text(heading, style="bold"))
    if table.row_count:
        console.print(table)


def _listed(console: Console, heading: str, items: Sequence[Item], most: int | None,
            table: Callable[[Sequence[Item]], Table]) -> None:  # fmt: skip
    if not items:
        return
    _section(console, f"{heading}: {len(items):,}", table(items[:most]))
    if most is not None and len(items) > most:
        console.print(Text(f"… and {len(items) - most:,} more; --all shows them.", style="dim"))


def _table(*headings: str, numbers: Iterable[str] = (), wide: str = "") -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim", expand=bool(wide))
    for heading in headings:
        right = heading in numbers
        table.add_column(heading, justify="right" if right else "left", ratio=1 if heading == wide else None,
                         no_wrap=right, overflow="fold" if not right else "ellipsis")  # fmt: skip
    return table


def _bands(trends: Trends) -> Table:
    """Risks by band, a column a quarter, the worst band first."""
    counts: dict[tuple[bool, str], Counter[dt.date]] = defaultdict(Counter)
    milder: dict[tuple[bool, str], set[tuple[bool, str]]] = defaultdict(set)
    for (_, _), group in groupby(trends.bands, key=lambda band: (band.as_of, band.service)):
        below: list[tuple[bool, str]] = []  # each service has its bands from the mildest on
        for band in group:
            key = band.is_red, band.band
            counts[key][band.as_of] += band.risks
            milder[key].update(below)
            below.append(key)
    quarters = trends.quarters[-SHOWN_QUARTERS:]
    names = [quarter_name(day) for day in quarters]
    table = _table("Risks", *names, numbers=names)
    for key in sorted(counts, key=lambda key: (not key[0], -len(milder[key]), key[1])):
        table.add_row(Text(key[1]), *(f"{counts[key][day]:,}" for day in quarters))
    return table


def _counts_line(trends: Trends) -> str:
    counts = {state: sum(finding.state == state for finding in trends.findings) for state in STATES}
    return (f"Findings: {counts['new']:,} new, {counts['persisting']:,} still there, {counts['resolved']:,} settled "
            "since last time")  # fmt: skip


def _by_rule(findings: Sequence[FindingHistory]) -> Table:
    table = _table("Rule", "Name", "New", "Still there", "Settled", numbers=("New", "Still there", "Settled"))
    by_rule: dict[str, list[FindingHistory]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.code].append(finding)
    for code in sorted(by_rule):
        counts = [sum(finding.state == state for finding in by_rule[code]) for state in STATES]
        table.add_row(code, Text(by_rule[code][0].name), *(f"{count:,}" if count else "·" for count in counts))
    return table


def _findings(findings: Sequence[FindingHistory]) -> Table:
    table = _table("Since", "", "Rule", "Service", "Risk", "What is wrong", wide="What is wrong")
    for one in findings:
        table.add_row(quarter_name(one.first_seen), Text(one.severity, style=STYLES.get(one.severity, "")), one.code,
                      Text(one.service), Text(one.ref or one.title), Text(one.message))  # fmt: skip
    return table


def _reds(reds: Sequence[RedHistory]) -> Table:
    table = _table("Since", "Quarters", "Rating", "Service", "Risk", "Title", numbers=("Quarters", "Rating"),
                   wide="Title")  # fmt: skip
    for one in reds:
        rating = "" if one.rating is None else f"{one.rating:g}"
        table.add_row(quarter_name(one.since), str(one.quarters), rating, Text(one.service), Text(one.ref),
                      Text(one.title))  # fmt: skip
    return table


def _slipped(slipped: Sequence[SlippedDate]) -> Table:
    table = _table("First due", "Now due", "Moved", "Service", "Risk", "Action", numbers=("Moved",), wide="Action")
    for one in slipped:
        table.add_row(f"{one.first_due:%d/%m/%Y}", f"{one.due:%d/%m/%Y}", f"{one.times} ×", Text(one.service),
                      Text(one.ref or one.title), Text(one.action))  # fmt: skip
    return table
