"""``quarter.xlsx``: the page for a committee, and behind it every finding, risk, item of assurance and file."""

from __future__ import annotations

import datetime as dt

from regsheet.outcome.records import Run
from regsheet.outcome.trends import Trends
from regsheet.quarter.figures import Summary
from regsheet.quarter.summary import summarise
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import DEFAULT_FONT, Look
from regsheet.writer.sheets.page import footer
from regsheet.writer.sheets.workbook import OWN_REPORT


def quarter_workbook(run: Run, trends: Trends | None) -> bytes:
    """The workbook. The same run and trends give the same bytes: the only date in it is the as-of."""
    return workbook_of(summarise(run, trends))


def workbook_of(summary: Summary) -> bytes:
    """The same from figures that are worked out already."""
    from regsheet.quarter.chart_sheet import add_figures, places_of
    from regsheet.quarter.coverage_sheet import add_assurance
    from regsheet.quarter.files_sheet import add_files
    from regsheet.quarter.findings_sheet import add_findings
    from regsheet.quarter.front import front_of
    from regsheet.quarter.front_sheet import add_front
    from regsheet.quarter.list_book import ListBook
    from regsheet.quarter.risks_sheet import add_risks
    from regsheet.quarter.services_sheet import add_services

    book = ListBook(DEFAULT_FONT)
    look, front, places = Look(book, DEFAULT_FONT), front_of(summary), places_of(summary)
    book.set_properties({
        "title": front.title, "created": dt.datetime.combine(summary.as_of, dt.time()), "author": summary.organisation,
    })  # fmt: skip
    book.set_custom_property(OWN_REPORT, summary.version)
    made = wording("front")["footer"].format(
        version=summary.version, configuration=summary.configuration_sha256[:12] or "–"
    )

    def foot(sheet: str) -> str:
        return footer(f"{front.title} · {wording('names')[sheet]}", made)

    add_front(book, look, summary, front, places, foot("quarter"))
    add_services(book, look, summary, front, foot("services"))
    add_findings(book, look, summary, foot("findings"))
    add_risks(book, look, summary, foot("risks"))
    add_assurance(book, look, summary, foot("assurance"))
    add_files(book, look, summary, foot("files"))
    add_figures(book, look, summary, places, foot("figures"))
    return book.content()
