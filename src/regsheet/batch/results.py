"""What a whole run comes to: the quarter's workbook and page, and the tables for analysts, in its output folder."""

from __future__ import annotations

import tempfile
from pathlib import Path

from regsheet.batch.request import Result
from regsheet.package import write_whole

WORKBOOK, PAGE, FINDINGS, RISKS = "quarter.xlsx", "quarter.html", "findings.csv", "risks.parquet"


def write_results(result: Result, folder: Path) -> tuple[Path, ...]:
    """Write all of them, each whole or not at all; gives where they are. Raises ``OutputError``."""
    from regsheet.quarter.page import html_of
    from regsheet.quarter.summary import summarise
    from regsheet.quarter.tables import findings_table, write_risks_table
    from regsheet.quarter.workbook import workbook_of

    summary = summarise(result.run, result.trends)
    with tempfile.TemporaryDirectory() as scratch:
        table = Path(scratch) / RISKS
        write_risks_table(summary, table)
        contents = {
            WORKBOOK: workbook_of(summary),
            PAGE: html_of(summary).encode(),
            FINDINGS: findings_table(summary).encode("utf-8-sig"),
            RISKS: table.read_bytes(),
        }
    for name, content in contents.items():
        write_whole(folder / name, content)
    return tuple(folder / name for name in contents)
