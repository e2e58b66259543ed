"""The Check summary: what was checked, against what, and how it came out, on a page or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from regsheet.rules.findings import NotRun, Severity
from regsheet.writer.report import Report
from regsheet.writer.sheets.bands import band_colour, band_word, range_words
from regsheet.writer.sheets.charts import SeriesTable, severity_chart
from regsheet.writer.sheets.look import NAVY, Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.similar import draw_similar
from regsheet.writer.sheets.tally import Tally, by_owner, by_rule, overall
from regsheet.writer.sheets.texts import count_words, date_words
from regsheet.writer.sheets.wording import wording

WIDTHS = (17.0, 40.0, 9.5, 9.5, 9.5, 9.5, 2.0, 62.0)
LAST_LEFT = 5
CHART_COLUMN = 7
SAMPLE = {"align": "center", "border": 1, "border_color": "#A6A6A6"}
FLAG_EDGE = "7030A0"
"""The edge of a flagged cell, as ``writer.highlight`` has it."""

MOST_IN_CHART = 12
POINTS_PER_PIXEL, GAP_POINTS = 0.75, 12.0
FIRST_PAGE_POINTS = 585.0
"""What fits on the first printed page: when the results do, the basis of the check begins a new one."""


@dataclass(slots=True)
class _Cursor:
    """The page, and the next free row on its left-hand side."""

    page: Page
    row: int

    def section(self, text: str) -> None:
        self.row += 1
        self.page.section(self.row, 0, LAST_LEFT, text)
        self.row += 1

    def pair(self, label: str, text: str) -> None:
        look = self.page.look
        self.page.text(self.row, 0, label, look("label"))
        self.page.span(self.row, 1, LAST_LEFT, text, look("line"))
        self.page.fit(self.row, label, WIDTHS[0])
        self.row += 1

    def prose(self, text: str) -> None:
        self.page.span(self.row, 0, LAST_LEFT, text, self.page.look("line"))
        self.row += 1


def add_summary(book: Any, look: Look, report: Report, names: SheetNames, footer: str) -> None:
    """Add the sheet to the side workbook."""
    words = wording("summary")
    page = Page(book, look, names.summary, WIDTHS, footer=footer, tab=NAVY)
    subtitle = words["subtitle"].format(file=report.source_name, as_of=date_words(report.as_of))
    page.title(words["title"], subtitle, CHART_COLUMN)
    _tiles(page, report)
    cursor = _Cursor(page, 6)
    _merge(cursor, report, names)
    tables = [_rules(cursor, report), _owners(cursor, report)]
    _corrections(cursor, report, names)
    if any(tables) and page.used(cursor.row) <= FIRST_PAGE_POINTS:
        page.sheet.set_h_pagebreaks([cursor.row])
    cursor.row = draw_similar(page, cursor.row, report)
    _not_run(cursor, report)
    _about(cursor, report)
    _understood(cursor, report)
    _marks(cursor, report)
    _contents(cursor, report, names)
    _charts(book, page, [table for table in tables if table is not None])
    page.sheet.freeze_panes(2, 0)


def _tiles(page: Page, report: Report) -> None:
    """The lead sentence and four large numbers, above the columns that they are the sums of."""
    look, words = page.look, wording("summary", report.standalone)
    tally = overall(report.settled.findings)
    page.height(2, 8)
    page.height(3, 16)
    page.height(4, 36)
    page.sheet.merge_range(3, 0, 4, 1, "", look("lead"))
    page.text(3, 0, _lead(report, tally), look("lead"))
    values = (*(tally.counts[severity] for severity in Severity), tally.corrected)
    for offset, (label, number) in enumerate(zip(("errors", "warnings", "notes", "corrected"), values, strict=True)):
        page.text(3, 2 + offset, words[label], look("tile label"))
        page.value(4, 2 + offset, number, look("tile number"))


def _merge(cursor: _Cursor, report: Report, names: SheetNames) -> None:
    """The copies that were merged: what each brought, what of it was not merged."""
    merge = report.merge
    if merge is None:
        return
    words, page, look = wording("summary"), cursor.page, cursor.page.look
    cursor.section(words["merge"])
    page.row(cursor.row, 0, words["merge_heads"][:2], look("heading"))
    page.row(cursor.row, 2, words["merge_heads"][2:], look("heading centre"))
    page.height(cursor.row, 30)
    for copy in merge.copies:
        cursor.row += 1
        page.fitted(cursor.row, 0, copy.who or words["merge_unknown"], look("line strong"))
        state = words["merge_states"].get(copy.state, "")
        text = f"{copy.name} ({state})" if state else copy.name
        page.fitted(cursor.row, 1, text, look("line"))
        for offset, number in enumerate((copy.edits, copy.conflicts, copy.responses, copy.looks)):
            page.value(cursor.row, 2 + offset, number, look("line number"))
    cursor.row += 1
    edits, conflicts = count_words(len(merge.edits), "cell"), count_words(len(merge.conflicts), "conflict")
    key = "merge_conflicts" if merge.conflicts else "merge_clean"
    cursor.prose(words[key].format(edits=edits, conflicts=conflicts, sheet=names.conflicts))
    for remark in merge.remarks:
        cursor.prose(remark)


def _lead(report: Report, tally: Tally) -> str:
    words, settled = wording("summary", report.standalone), report.settled
    not_run = count_words(len({item.code for item in settled.not_run}), "rule")
    if not tally.total:
        return str(words["clean_but"].format(not_run=not_run) if settled.not_run else words["clean"])
    risks = sum(register.count for register in settled.book.registers)
    where = count_words(risks, "risk") if risks else count_words(len(settled.book.maps), "assurance map")
    sentences = [words["lead"].format(findings=count_words(tally.total, "finding"), where=where)]
    if settled.changes:
        verb = "cell was" if len(settled.changes) == 1 else "cells were"
        if report.standalone:
            verb = "cell can" if len(settled.changes) == 1 else "cells can"
        sentences.append(
            words["lead_corrected"].format(
                cells=f"{len(settled.changes):,} {verb}", findings=count_words(tally.corrected, "finding")
            )
        )
    if tally.total > tally.corrected:
        verb = "is" if tally.total - tally.corrected == 1 else "are"
        sentences.append(words["lead_open"].format(open=f"{tally.total - tally.corrected:,} {verb}"))
    if settled.not_run:
        sentences.append(words["lead_not_run"].format(rules=not_run))
    return " ".join(sentences)


def _rules(cursor: _Cursor, report: Report) -> SeriesTable | None:
    tallies = by_rule(report.settled.findings)
    words = wording("summary", report.standalone)
    table = _counts(cursor, words["rules"], words["rules_heads"], tallies,
                    lambda tally: (tally.key, rule_words(tally.name)))  # fmt: skip
    waived = overall(report.settled.findings).waived
    if waived:
        verb = "was" if waived == 1 else "were"
        cursor.prose(wording("summary")["waived"].format(findings=f"{count_words(waived, 'finding')} {verb}"))
    if table is None:
        return None
    title = wording("summary")["chart_rules"]
    if len(tallies) > MOST_IN_CHART:
        title = wording("summary")["chart_rules_some"].format(number=MOST_IN_CHART)
    return SeriesTable(cursor.page.name, title, wording("summary")["chart_rules_alt"], 1, *table)


def _owners(cursor: _Cursor, report: Report) -> SeriesTable | None:
    words = wording("summary", report.standalone)
    tallies = by_owner(report.settled.findings, words["no_owner"])
    if all(tally.key == words["no_owner"] for tally in tallies):
        return None
    table = _counts(cursor, words["owners"], words["owners_heads"], tallies, lambda tally: (tally.key, ""))
    return None if table is None else SeriesTable(
        cursor.page.name, words["chart_owners"], words["chart_owners_alt"], 0, *table
    )  # fmt: skip


def _counts(
    cursor: _Cursor,
    title: str,
    heads: Sequence[str],
    tallies: Sequence[Tally],
    labels: Callable[[Tally], tuple[str, str]],
) -> tuple[int, int, int] | None:
    """A table of counts; gives its heading row and its first and last row, None when there is nothing to count."""
    if not tallies:
        return None
    page, look = cursor.page, cursor.page.look
    cursor.section(title)
    head = cursor.row
    page.row(head, 0, heads[:2], look("heading"))
    page.row(head, 2, heads[2:], look("heading centre"))
    for row, tally in enumerate(tallies, head + 1):
        first, second = labels(tally)
        wrap = bool(second)
        page.text(row, 0, first, look("line strong" if wrap else "line", text_wrap=wrap))
        page.text(row, 1, second, look("line"))
        page.fit(row, second or first, WIDTHS[1] if wrap else WIDTHS[0] + WIDTHS[1])
        for offset, number in enumerate((*tally.counts.values(), tally.corrected)):
            page.value(row, 2 + offset, number, look("line number"))
    cursor.row = head + len(tallies) + 1
    return head, head + 1, min(head + len(tallies), head + MOST_IN_CHART)


def _corrections(cursor: _Cursor, report: Report, names: SheetNames) -> None:
    words, changes = wording("summary", report.standalone), report.settled.changes
    cursor.section(words["corrections"])
    text = words["corrections_none"]
    if changes:
        text = words["corrections_text"].format(cells=count_words(len(changes), "cell"), sheet=names.change_log)
    cursor.prose(text)


def _not_run(cursor: _Cursor, report: Report) -> None:
    words, not_run = wording("summary"), report.settled.not_run
    if not not_run:
        return
    cursor.section(words["not_run"])
    cursor.prose(words["not_run_text"])
    page, look = cursor.page, cursor.page.look
    page.text(cursor.row, 0, words["not_run_heads"][0], look("heading"))
    page.span(cursor.row, 1, LAST_LEFT, words["not_run_heads"][1], look("heading"))
    cursor.row += 1
    for why, codes in _reasons(not_run).items():
        label = codes[0] if len(codes) == 1 else count_words(len(codes), "rule")
        cursor.pair(label, why if len(codes) == 1 else f"{why} ({', '.join(codes)})")


def _reasons(not_run: Sequence[NotRun]) -> dict[str, list[str]]:
    """Each reason as a sentence, and the rules that it kept from running, in order."""
    reasons: dict[str, list[str]] = {}
    for item in not_run:
        why = item.why[:1].upper() + item.why[1:].rstrip(".") + "."
        codes = reasons.setdefault(why, [])
        if item.code not in codes:
            codes.append(item.code)
    return reasons


def _about(cursor: _Cursor, report: Report) -> None:
    words = wording("summary")
    cursor.section(words["about"])
    cursor.pair(words["file"], report.source_name)
    cursor.pair(words["sha256"], report.source_sha256)
    cursor.pair(words["as_of"], date_words(report.as_of))
    cursor.pair(words["tool"], f"regsheet {report.version}")
    cursor.pair(words["configuration"], PurePath(report.configuration).name or report.configuration)
    cursor.pair(words["configuration_sha256"], report.configuration_sha256)
    registers = report.settled.book.registers
    explanations = {register.scoring.explanation for register in registers}
    for register in registers[:1] if len(explanations) == 1 else registers:
        label = words["scoring"] if len(explanations) == 1 else words["scoring_of"].format(sheet=register.sheet_name)
        cursor.pair(label, register.scoring.explanation)


def _understood(cursor: _Cursor, report: Report) -> None:
    words, kinds = wording("summary"), wording("kinds")
    page, look = cursor.page, cursor.page.look
    cursor.section(words["understood"])
    page.row(cursor.row, 0, words["understood_heads"][:2], look("heading"))
    page.row(cursor.row, 2, words["understood_heads"][2:], look("heading centre"))
    for table in report.settled.book.layout.tables:
        if table.secondary:
            continue
        cursor.row += 1
        row = cursor.row
        page.text(row, 0, table.sheet, look("line"))
        page.fit(row, table.sheet, WIDTHS[0])
        page.text(row, 1, kinds[table.kind], look("line"))
        place = f"{table.first_row}–{table.last_row}" if table.first_row and table.last_row else ""
        page.text(row, 2, place, look("line centre"))
        page.value(row, 3, table.n_risks or None, look("line centre"))
        page.blank(row, 4, LAST_LEFT, look("line"))
    cursor.row += 1


def _marks(cursor: _Cursor, report: Report) -> None:
    words = wording("summary")
    cursor.section(words["marks"])
    look, page = cursor.page.look, cursor.page
    for severity in Severity:
        cursor.pair(wording("severity")[severity], wording("severity")[f"{severity}_means"])
    row = cursor.row
    if not report.standalone:
        cursor.pair(words["mark_cell"], words["mark_cell_means"])
        page.text(row, 0, words["mark_cell"], look("label", align="center", border=2, border_color=f"#{FLAG_EDGE}"))
    seen = set()
    for register in report.settled.book.registers:
        scoring = register.scoring
        for band in reversed(scoring.bands):
            if band in seen:
                continue
            seen.add(band)
            row = cursor.row
            cursor.pair(band_word(band), words["band_means"].format(range=range_words(scoring, band)))
            page.text(row, 0, band_word(band), look.filled("label", band_colour(scoring, band), **SAMPLE))
    cursor.prose(words["never_colour_alone"])


def _contents(cursor: _Cursor, report: Report, names: SheetNames) -> None:
    words, page = wording("summary", report.standalone), cursor.page
    cursor.section(words["contents"])
    merged = [("conflicts", names.conflicts), ("merged", names.merged)] if report.merge is not None else []
    usual = [("findings", names.findings), ("heatmap", names.heatmap), ("assurance", names.assurance)]
    for key, sheet in (*merged, *usual, ("change_log", names.change_log)):
        if (key == "assurance" and not report.maps) or (key == "heatmap" and not report.settled.book.registers):
            continue
        row = cursor.row
        cursor.pair(sheet, words[f"contents_{key}"])
        page.link(row, 0, sheet, "A1", sheet, page.look("line link"))


def _charts(book: Any, page: Page, tables: Sequence[SeriesTable]) -> None:
    top = 3
    for table in tables:
        chart, rows = severity_chart(book, page.look.font, table)
        width = round(WIDTHS[CHART_COLUMN] * 7)
        height = 90 + 20 * rows
        chart.set_size({"width": width, "height": height})
        page.sheet.insert_chart(top, CHART_COLUMN, chart, {"description": table.alternative, "object_position": 2})
        end = page.used(top) + height * POINTS_PER_PIXEL + GAP_POINTS
        while page.used(top) < end:
            top += 1


def rule_words(name: str) -> str:
    """``wrong-overall-rating`` as words."""
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]
