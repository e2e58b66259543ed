"""The list of rules for the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from regsheet.reports.terminal import STYLES
from regsheet.rules.registry import FAMILIES, RULES

CORRECTIONS = {"derived": "corrected", "suggest": "suggested", "no": ""}


def print_rules(console: Console) -> None:
    """Every rule with its code, name, severity, and whether its finding is corrected."""
    for family, title in FAMILIES.items():
        members = [rule for rule in RULES if rule.family() == family]
        if not members:
            continue
        table = Table(title=title, title_justify="left", box=None, show_header=False, padding=(0, 1))
        for width in (5, 34, 8):
            table.add_column(min_width=width)
        for rule in members:
            severity = f"[{STYLES[rule.severity]}]{rule.severity.value}[/]"
            table.add_row(rule.code, rule.name, severity, CORRECTIONS[rule.correction])
        console.print(table)
        console.print()
    console.print("regsheet explain CODE prints a rule's page.")
