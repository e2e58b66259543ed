"""A part of what several quarters show: of some services, on some rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

import msgspec

from regsheet.errors import LedgerError
from regsheet.ledger.quarters import quarter_key, quarter_name
from regsheet.outcome.trends import Trends
from regsheet.rules.registry import RULES


def of_services(trends: Trends, services: Iterable[str]) -> Trends:
    """What is told of services, named whole, case aside. Raises ``LedgerError`` for one that the ledger lacks."""
    wanted = {service.strip().casefold(): service.strip() for service in services}
    if not wanted:
        return trends
    parts = (trends.bands, trends.findings, trends.reds, trends.slipped)
    known = {item.service.casefold(): item.service for part in parts for item in part}
    for key, service in wanted.items():
        if key not in known:
            raise LedgerError(f"The ledger has no service “{service}”{_near(service, known.values())}.")
    return msgspec.structs.replace(
        trends,
        bands=tuple(item for item in trends.bands if item.service.casefold() in wanted),
        findings=tuple(item for item in trends.findings if item.service.casefold() in wanted),
        reds=tuple(item for item in trends.reds if item.service.casefold() in wanted),
        slipped=tuple(item for item in trends.slipped if item.service.casefold() in wanted),
    )


def on_rules(trends: Trends, rules: Iterable[str]) -> Trends:
    """The findings of rules alone: codes, families or names. Raises ``LedgerError`` for one that is not known."""
    wanted = [rule.strip() for rule in rules if rule.strip()]
    if not wanted:
        return trends
    codes = {rule.code for rule in RULES} | {finding.code for finding in trends.findings}
    names = {rule.name: rule.code for rule in RULES}
    chosen: set[str] = set()
    for rule in wanted:
        family = {code for code in codes if code == rule.upper() or code.rstrip("0123456789") == rule.upper()}
        family |= {names[rule.lower()]} if rule.lower() in names else set()
        if not family:
            raise LedgerError(
                f"There is no rule “{rule}”{_near(rule.upper(), codes)}; 'regsheet rules' lists them all."
            )
        chosen |= family
    findings = tuple(finding for finding in trends.findings if finding.code in chosen)
    return msgspec.structs.replace(trends, findings=findings, bands=(), reds=(), slipped=())


def _near(word: str, known: Iterable[str]) -> str:
    """`` (did you mean …?)``, or those that there are where they are few."""
    names = sorted(set(known))
    close = get_close_matches(word, names, 1, 0.5)
    if close:
        return f" (did you mean “{close[0]}”?)"
    return f"; it has {', '.join(f'“{name}”' for name in names)}" if 0 < len(names) <= 12 else ""


def recorded(quarters: Sequence[dt.date], as_of: dt.date | None, path: Path) -> dt.date:
    """The day to tell of: that asked for, else the last recorded. Raises ``LedgerError`` where there is none."""
    if not quarters:
        raise LedgerError(
            f"{path} holds no finished run yet; run 'regsheet batch' to its end, or again to resume one that was "
            "broken off."
        )
    if as_of is not None and quarter_key(as_of) < quarter_key(quarters[0]):
        raise LedgerError(f"{path} begins with {quarter_name(quarters[0])}; name a day in that quarter or after it.")
    return quarters[-1] if as_of is None else as_of
