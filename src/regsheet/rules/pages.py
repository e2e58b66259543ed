"""The page of a rule, and the table of all rules: both made from the rules themselves."""

from __future__ import annotations

import datetime as dt
import inspect
import json
from collections.abc import Mapping

from regsheet.rules.base import HEADINGS, Example, Rule
from regsheet.rules.examples import fields_of, findings_of, heading_of
from regsheet.rules.registry import FAMILIES, RULES, rule_named
from regsheet.rules.written_pages import PAGES

CORRECTIONS = {"derived": "made by default", "suggest": "suggested", "no": "none"}
"""What the table of rules says of each kind of correction."""


def sections(rule: type[Rule]) -> dict[str, str]:
    """A rule's docstring by heading; the first line comes under ``""``."""
    found: dict[str, list[str]] = {"": []}
    heading = ""
    for line in inspect.cleandoc(rule.__doc__ or "").splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
            found[heading] = []
        else:
            found[heading].append(line)
    return {heading: "\n".join(lines).strip() for heading, lines in found.items()}


def summary(rule: type[Rule]) -> str:
    """The first sentence of a rule's page."""
    return sections(rule)[""].split("\n\n")[0].replace("\n", " ")


def page(key: str, *, markdown: bool = True) -> str:
    """The page of the rule with that code or name, as Markdown or as plain text for a terminal.

    Raises ``ConfigurationError`` where there is no such rule.
    """
    rule = rule_named(key)
    parts = sections(rule)
    lines = [
        _heading(f"{rule.code} {rule.name}", 1, markdown),
        parts[""],
        f"Severity: {rule.severity}. Family: {FAMILIES[rule.family()].lower()}. "
        f"Correction: {CORRECTIONS[rule.correction]}.",
    ]
    for heading in HEADINGS:
        lines += [_heading(heading, 2, markdown), parts[heading]]
    lines.append(_heading("Examples", 2, markdown))
    lines += [_example(rule, example, markdown) for example in (*rule.invalid, *rule.valid)]
    return "\n\n".join(lines) + "\n"


def _heading(text: str, level: int, markdown: bool) -> str:
    return f"{'#' * level} {text}" if markdown else f"{text}\n{('=' if level == 1 else '-') * len(text)}"


def _example(rule: type[Rule], example: Example, markdown: bool) -> str:
    found = findings_of(rule, example)
    opening = "Reported" if found else "Not reported"
    blocks = [f"{opening}: {example.why}." if example.why else f"{opening}:"]
    blocks += [_table(rows, example, markdown) for rows in (example.rows, example.map_rows) if rows]
    shown = [f"- {finding.message[:1].upper()}{finding.message[1:]} {finding.advice}" for finding in found[:SHOWN]]
    if len(found) > SHOWN:
        shown.append(f"- … and {len(found) - SHOWN} more.")
    if shown:
        blocks.append("\n".join(shown))
    return "\n\n".join(blocks)


SHOWN = 4
"""Findings of one example that a page prints."""

ROWS_SHOWN = 4
"""Rows of one example that a page prints."""


def _table(rows: tuple[Mapping[str, object], ...], example: Example, markdown: bool) -> str:
    """A few rows as a Markdown table, or as lines of ``heading: value`` where a table would not fit a terminal."""
    fields = fields_of(rows)
    headings = [heading_of(field, example) for field in fields]
    few = rows if len(rows) <= ROWS_SHOWN else (*rows[: ROWS_SHOWN - 2], *rows[-2:])
    cells = [[_cell(row.get(field)) for field in fields] for row in few]
    if markdown:
        lines = [headings, ["---"] * len(fields), *cells]
        return "\n".join("| " + " | ".join(text.replace("|", "\\|") for text in line) + " |" for line in lines)
    filled = ([f"{heading}: {text}" for heading, text in zip(headings, line, strict=True) if text] for line in cells)
    return "\n".join(f"    {'; '.join(line)}" for line in filled)


def _cell(content: object) -> str:
    if isinstance(content, tuple):
        return f"{content[1]} ({content[0]})"
    if isinstance(content, dt.date):
        return f"{content:%d/%m/%Y}"
    if isinstance(content, float):
        return f"{content:g}"
    text = "" if content is None else str(content)
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return text.replace("\n", "<br>")


LONGEST = 160
"""Characters of a cell that a page prints."""


def table_of_rules() -> str:
    """``README.md`` of this package: every rule in one table, family by family."""
    lines = [
        "# Rules",
        "",
        "Made from the rules themselves by `python -m regsheet.rules.pages`; a test fails when it is stale.",
        "`regsheet explain CODE` prints a rule's page: what it does, why it matters, when the finding is legitimate,",
        "what is corrected, and examples.",
    ]
    for family, title in FAMILIES.items():
        members = [rule for rule in RULES if rule.family() == family]
        if members:
            lines += ["", f"## {title} ({family})", "", "| Code | Name | Severity | Correction | What it reports |",
                      "|---|---|---|---|---|"]  # fmt: skip
            lines += [f"| {rule.code} | {rule.name} | {rule.severity} | {CORRECTIONS[rule.correction]} "
                      f"| {summary(rule)} |" for rule in members]  # fmt: skip
    return "\n".join(lines) + "\n"


def all_pages() -> str:
    """``pages.json`` of this package: every rule's code, name and page for the terminal."""
    pages = [{"code": rule.code, "name": rule.name, "page": page(rule.code, markdown=False)} for rule in RULES]
    return json.dumps(pages, ensure_ascii=False, indent=1) + "\n"


def write() -> None:
    """Write the table of rules and their pages beside the rules."""
    PAGES.with_name("README.md").write_text(table_of_rules(), encoding="utf-8")
    PAGES.write_text(all_pages(), encoding="utf-8")


if __name__ == "__main__":
    write()
