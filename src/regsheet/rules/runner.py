"""Runs the rules on a workbook: every finding in reading order, and what could not be checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from regsheet.grid.addresses import position
from regsheet.grid.cells import Grid
from regsheet.remembered import forget_texts
from regsheet.rules.base import BookRule, Context, MapRule, RegisterRule, Rule, WaiverRule
from regsheet.rules.findings import Finding, NotRun, Severity
from regsheet.rules.registry import FAMILIES, chosen, rules_named
from regsheet.rules.rounds import Rounds
from regsheet.rules.waiving import judge, waived

Outcome = tuple[list[Finding], dict[str, list[str]]]
"""What one rule found, and by reason the names of the sheets on which it could not run."""

BELOW_EVERYTHING = ((1 << 24) - 1, 0)
"""Where a finding without a cell stands in its sheet: after those that have one."""


def run_rules(
    context: Context, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[list[Finding], list[NotRun]]:
    """Run the chosen rules.

    ``select`` and ``ignore`` hold codes, families (``SC``) or names; with an empty ``select`` every rule runs. The
    configuration's own choice counts where ``select`` is empty, and what it ignores is ignored too; the severities that
    it sets replace the rules' own. Findings come by sheet, row, column and code; what could not run comes by code.
    Raises ``ConfigurationError`` for a code that no rule has.
    """
    findings, not_run = run_round(context, select, ignore)
    return in_reading_order(findings, context.book.grid), not_run


def run_round(
    context: Context, select: Sequence[str] = (), ignore: Sequence[str] = (), rounds: Rounds | None = None
) -> tuple[list[Finding], list[NotRun]]:
    """The same with the findings rule by rule, for a check of several rounds: they are put in order after the last.

    ``rounds`` spares rules that were run on the workbook as it came from finding the same in it as corrected.
    """
    if rounds is not None:
        rounds.begin(context.book)
    settings = context.config.rules
    rules = chosen(select or settings.select, (*ignore, *settings.ignore))
    findings: list[Finding] = []
    not_run: list[NotRun] = []
    ran: set[str] = set()
    for rule in rules:
        if isinstance(rule, WaiverRule):
            continue
        found, lacking = run_rule(rule, context, rounds)
        findings.extend(found)
        not_run.extend(NotRun(rule.code, why) for why in lacking)
        if found or not lacking:
            ran |= {rule.code, rule.name.upper()}
    forget_texts()  # few are asked of again in a later round
    findings = waive(findings, context, [rule for rule in rules if isinstance(rule, WaiverRule)], ran)
    return with_severities(findings, settings.severity), not_run


def waive(findings: Sequence[Finding], context: Context, rules: Iterable[WaiverRule],
          ran: Collection[str] | None = None) -> list[Finding]:  # fmt: skip
    """Findings with those marked that the configuration or the Findings sheet waives, and what is wrong with waivers.

    ``rules`` are the rules on waivers that were chosen, ``ran`` the codes and names of the rules that ran. Raises
    ``ConfigurationError`` for a waiver of a rule that does not exist.
    """
    for key in (*(waiver.rule for waiver in context.config.waivers), *context.config.rules.unwaivable):
        rules_named(key)
    judged = judge(findings, context, ran)
    return [*waived(findings, judged, context), *(found for rule in rules for found in rule.check(judged, context))]


def with_severities(findings: Iterable[Finding], severities: Mapping[str, str]) -> list[Finding]:
    """Findings with the severities that the configuration sets for codes, families or names; a code counts most."""
    chosen_severity: dict[str, Severity] = {}
    for key in sorted(severities, key=lambda key: key.strip().upper() not in FAMILIES):
        for rule in rules_named(key):
            chosen_severity[rule.code] = Severity(severities[key])
    if not chosen_severity:
        return list(findings)
    return [finding if (severity := chosen_severity.get(finding.code, finding.severity)) == finding.severity
            else replace(finding, severity=severity) for finding in findings]  # fmt: skip


def run_rule(rule: Rule, context: Context, rounds: Rounds | None = None) -> tuple[list[Finding], list[str]]:
    """What one rule finds in the workbook, and why it could not run where it could not."""
    findings: list[Finding] = []
    lacking: list[str] = []
    for check, why in _runs(rule, context, rounds):
        if why is None:
            findings.extend(check)
        else:
            lacking.append(why)
    return findings, list(dict.fromkeys(lacking))


def _runs(rule: Rule, context: Context, rounds: Rounds | None) -> Iterator[tuple[Iterable[Finding], str | None]]:
    """One pair for each table that a rule is meant for: its findings, and why it cannot run there."""
    if isinstance(rule, RegisterRule):
        for place, register in enumerate(context.book.registers):
            why = rule.lacks(register, context)
            if rounds is None or why is not None:
                yield rule.check(register, context), why
            else:
                yield rounds.found(rule, place, register, context), None
        if not context.book.registers:
            yield (), "the workbook has no register"
    elif isinstance(rule, MapRule):
        for assurance_map in context.book.maps:
            yield rule.check(assurance_map, context), rule.lacks(assurance_map, context)
        if not context.book.maps:
            yield (), "the workbook has no assurance map"
    elif isinstance(rule, WaiverRule):
        keys = {*(waiver.rule for waiver in context.config.waivers), *(one.rule for one in context.responses)}
        others = {other for key in keys for other in rules_named(key)}
        findings = [finding for other in others for finding in run_rule(other(), context)[0]]
        yield rule.check(judge(findings, context), context), None
    elif isinstance(rule, BookRule):
        yield rule.check(context), rule.lacks(context)


def in_reading_order(findings: Iterable[Finding], grid: Grid) -> list[Finding]:
    """Findings by sheet as the workbook orders them, then row, column and code."""
    found = sorted(findings, key=attrgetter("code"))
    found.sort(key=reading_place(grid))
    return found


def reading_place(grid: Grid) -> Callable[[Finding], int]:
    """What findings are ordered by before their codes: the place of the sheet, then row and column, as one number."""
    places = {sheet.name: sheet.position for sheet in grid.sheets}
    beyond = len(places)

    def place(finding: Finding) -> int:
        row, column = position(finding.cell) if finding.cell else BELOW_EVERYTHING
        return places.get(finding.sheet, beyond) << 40 | row << 16 | column

    return place
