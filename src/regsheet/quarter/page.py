"""``quarter.html``: the committee's page and every finding in one file that reads, prints and can be listened to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader

from regsheet.layout.tables import STAGES
from regsheet.outcome.records import Run
from regsheet.outcome.trends import Trends
from regsheet.quarter.drawings import ages_drawing, bands_drawing
from regsheet.quarter.figures import Summary
from regsheet.quarter.files_sheet import remarks_words
from regsheet.quarter.front import age_figures, band_figures, cell_words, front_of, more_words, pale, rule_words
from regsheet.quarter.lines import FindingLine
from regsheet.quarter.links import page_link
from regsheet.quarter.summary import summarise
from regsheet.quarter.wording import wording
from regsheet.reports.screen import printable
from regsheet.writer.sheets.look import SEVERITY_COLOURS, readable_on
from regsheet.writer.sheets.texts import count_words, date_words

MOST_FINDINGS = 3_000
"""Findings on the page; a browser takes long over more. The workbook has them all."""

SEVERITIES = tuple(SEVERITY_COLOURS)
SECTIONS = ("front", "heatmap", "services", "worst", "red", "moved", "new", "closed", "overdue", "rules", "charts",
            "page", "sheets", "names", "stages", "severity", "status", "ladder", "tiles")  # fmt: skip


def quarter_html(run: Run, trends: Trends | None) -> str:
    """The page. Everything that comes from a workbook is escaped; there is no script and nothing is fetched."""
    return html_of(summarise(run, trends))


def html_of(summary: Summary) -> str:
    """The same from figures that are worked out already."""
    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, loader=PackageLoader("regsheet.quarter", "templates")
    )
    environment.globals.update(
        ink=readable_on, more=more_words, rule_words=rule_words, date=date_words, link=page_link,
        remarks=remarks_words, counted=count_words, cell_words=partial(cell_words, summary),
        pale=partial(pale, summary), words={section: wording(section) for section in SECTIONS},
    )  # fmt: skip
    shown = gravest(summary.findings)
    return printable(environment.get_template("page.html.j2").render(
        summary=summary,
        front=front_of(summary),
        steps=list(reversed(list(enumerate(summary.ladder.steps)))),
        stages=STAGES,
        bands=bands_drawing(summary),
        bands_text=band_figures(summary),
        ages=ages_drawing(summary),
        ages_text=age_figures(summary),
        groups=by_service(shown),
        shown=len(shown),
        style=files("regsheet.quarter").joinpath("templates/style.css").read_text("utf-8"),
    ))  # fmt: skip


def gravest(findings: Sequence[FindingLine]) -> tuple[FindingLine, ...]:
    """As many findings as the page takes, the gravest, in their order."""
    if len(findings) <= MOST_FINDINGS:
        return tuple(findings)
    ranked = sorted(range(len(findings)), key=lambda place: (SEVERITIES.index(findings[place].finding.severity), place))
    return tuple(findings[place] for place in sorted(ranked[:MOST_FINDINGS]))


def by_service(findings: Sequence[FindingLine]) -> list[dict[str, Any]]:
    """The findings of each service, the services in alphabetical order."""
    ordered = sorted(findings, key=lambda line: line.outcome.service)
    return [
        {"service": service, "findings": list(group)}
        for service, group in groupby(ordered, key=lambda line: line.outcome.service)
    ]
