"""Reports for the terminal, by Rich: what many risks share, the rest by risk, and how a workbook was understood."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from regsheet.layout.tables import Column, Layout, Table
from regsheet.model.choose_scoring import describe
from regsheet.pipeline import Annotated
from regsheet.reports.wording import STATUS_WORDS, by_risk, counted, counts_sentence, long_date, merged_not_run
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.grouping import Group, grouped
from regsheet.values.text import one_line
from regsheet.writer.report import Report

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
SURE = 0.75
"""A column or table below this confidence is shown as one to look at."""

HOW_TO_SETTLE = (
    "Columns marked ? are assumed to be what is said here; to settle them for good, run inspect with --save-mapping "
    "and correct regsheet.toml where it is wrong."
)


def print_report(console: Console, report: Report) -> None:
    """The findings of one workbook, then the counts and what was not checked."""
    settled = report.settled
    console.print(Text(report.source_name, style="bold"), Text(f"as of {long_date(report.as_of)}"))
    for register in settled.book.registers:
        console.print(Padding(Text(f"{register.sheet_name}: {counted(register.count, 'risk')}. "
                                   f"{register.scoring.explanation}"), (0, 0, 0, 2)))  # fmt: skip
    if not settled.book.registers and not settled.book.maps:
        sheets = ", ".join(dict.fromkeys(table.sheet for table in settled.book.layout.of_kind("register")))
        empty = f"{sheets}: a register without any risk yet, so there was nothing to check."
        console.print(Padding(Text(empty), (0, 0, 0, 2)))
    for assurance_map in settled.book.maps:
        risks, pieces = counted(len(assurance_map.risks), "risk"), counted(len(assurance_map.frame), "item")
        console.print(Padding(Text(f"{assurance_map.sheet_name}: assurance map, {risks}, {pieces}."), (0, 0, 0, 2)))
    for remark in report.remarks:
        console.print(Padding(Text(remark, style="yellow"), (0, 0, 0, 2)))
    groups, rest = grouped(settled.findings)
    if groups:
        console.print()
        console.print(Text("Found on many risks", style="bold"))
        console.print(_groups(groups, several_sheets=len({finding.sheet for finding in settled.findings}) > 1))
    for heading, findings in by_risk(rest):
        console.print()
        console.print(Text(heading, style="bold", overflow="ellipsis", no_wrap=True))
        console.print(_findings(findings))
    console.print()
    console.print(Text(counts_sentence(settled.findings) + ".", style="bold"))
    for why, codes in merged_not_run(settled.not_run):
        console.print(Text(f"Not checked: {', '.join(codes)}, because {why}.", style="dim"))


def _groups(groups: list[Group], *, several_sheets: bool) -> Grid:
    """One sentence a group, then every place that it is said of: ``CR18 K20, CR19 K21``."""
    grid = _grid()
    for group in groups:
        message = Text(f"{group.size}: {group.sentence}")
        message.append(f" {group.advice}", style="dim")
        if group.status != "open":
            message.append(f" [{STATUS_WORDS[group.status]}]", style="italic")
        if several_sheets:
            message.append(f" Sheet {group.sheet}.", style="dim")
        places = (f"{label} {cell}" + (f" ({value})" if value else "") for label, cell, value in group.places)
        message.append("\n" + ", ".join(places))
        grid.add_row(Text(group.severity.value, style=STYLES[group.severity]), group.code, "", message)
    return grid


def _grid() -> Grid:
    grid = Grid(box=None, padding=(0, 1), show_header=False, expand=True)
    grid.add_column(width=7)
    grid.add_column(width=5)
    grid.add_column(min_width=4, max_width=8)
    grid.add_column(ratio=1)
    return grid


def _findings(findings: list[Finding]) -> Grid:
    grid = _grid()
    for finding in findings:
        message = Text(finding.message)
        message.append(f" {finding.advice}", style="dim")
        if finding.status != "open":
            message.append(f" [{STATUS_WORDS[finding.status]}]", style="italic")
        severity = Text(finding.severity.value, style=STYLES[finding.severity])
        grid.add_row(severity, finding.code, finding.cell or "", message)
    return grid


def print_layout(console: Console, file: str, layout: Layout) -> None:
    """How a workbook was understood, as a colleague would note it down."""
    console.print(Text(file, style="bold"))
    for table in layout.tables:
        console.print()
        console.print(Text.from_markup(_headline(table)))
        for reason in table.reasons:
            console.print(Padding(Text(reason, style="dim"), (0, 0, 0, 2)))
        if table.bands:
            console.print(Padding(Text(f"Bands: {describe(table.bands)}."), (0, 0, 0, 2)))
        if table.kind in {"register", "assurance-map"}:
            console.print(_columns(table.columns))
        for (row, field), why in table.unreadable.items():
            console.print(Padding(Text(f"row {row}, {field.replace('_', ' ')}: {why}"), (0, 0, 0, 2)))
    if any(column.field and column.confidence < SURE for table in layout.tables for column in table.columns):
        console.print()
        console.print(Text(HOW_TO_SETTLE, style="yellow"))


def _headline(table: Table) -> str:
    kind = {"register": "risk register", "assurance-map": "assurance map"}.get(table.kind, table.kind)
    rows = f"rows {table.first_row}–{table.last_row}" if table.first_row else "no rows filled in"
    extra = ""
    if table.kind == "register":
        extra = f", {counted(table.n_risks, 'risk')}, rating rule: {table.rating_rule}"
        extra += ", repeats another table in brief and is not checked" if table.secondary else ""
    doubt = "" if table.confidence >= SURE else " [yellow](not sure: please check)[/yellow]"
    return f"[bold]{escape(table.sheet)}[/bold]: {kind}, {rows}{extra}{doubt}"


def _columns(columns: tuple[Column, ...]) -> Grid:
    grid = Grid(box=None, padding=(0, 1), show_header=True, header_style="dim", expand=True)
    grid.add_column("", width=3)
    grid.add_column("Heading", ratio=3, overflow="ellipsis", no_wrap=True)
    grid.add_column("Read as", ratio=2)
    grid.add_column("Sure", width=5)
    grid.add_column("Because", ratio=5)
    for column in columns:
        heading = " / ".join(one_line(words) for words in (column.group, column.heading) if words)
        if column.field is None:
            grid.add_row(column.letter, Text(heading, style="dim"), Text("left as it is", style="dim"), "", "")
            continue
        style = "" if column.confidence >= SURE else "yellow"
        sure = f"{column.confidence:.0%}" + ("" if column.confidence >= SURE else " ?")
        meaning = ("" if column.confidence >= SURE else "assumed: ") + column.field.replace("_", " ")
        grid.add_row(column.letter, Text(heading), meaning, Text(sure, style=style), Text(column.reason))
    return grid


def print_annotated(console: Console, done: Annotated) -> None:
    """What ``annotate`` did, in a few lines."""
    settled = done.report.settled
    console.print(Text(f"Wrote {done.path}", style="bold"), soft_wrap=True)
    left = [finding for finding in settled.findings if finding.status != "corrected"]
    console.print(f"  {counts_sentence(left)} to look at; {counted(len(settled.changes), 'cell')} corrected.")
    for change in settled.changes:
        place = f"{change.correction.sheet}!{change.correction.cell}:"
        words = (change.code, change.ref, place, change.correction.basis)
        console.print(Padding(Text(" ".join(word for word in words if word)), (0, 0, 0, 4)))
    for remark in done.report.remarks:
        console.print(Padding(Text(remark, style="yellow"), (0, 0, 0, 2)))
    for cell in done.not_written:
        console.print(Padding(Text(f"Not corrected: {cell}."), (0, 0, 0, 2)))
    for cell in done.without_note:
        console.print(Padding(Text(f"No note: {cell}. The Findings sheet says what it would."), (0, 0, 0, 2)))
    if settled.not_run:
        rules = len({item.code for item in settled.not_run})
        why = "what they check or need is not there; the Check summary says what"
        console.print(Padding(Text(f"{counted(rules, 'rule')} did not run, because {why}."), (0, 0, 0, 2)))


def print_written_report(console: Console, done: Annotated) -> None:
    """What a findings workbook of its own holds, in two lines."""
    settled = done.report.settled
    console.print(Text(f"Wrote {done.path}", style="bold"), soft_wrap=True)
    corrections = f"; {counted(len(settled.changes), 'cell')} can be corrected" if settled.changes else ""
    console.print(f"  {counts_sentence(settled.findings)}{corrections}. The register itself was left as it is.")
