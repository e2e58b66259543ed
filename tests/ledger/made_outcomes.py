"""Outcomes of made-up workbooks."""

from __future__ import annotations

import datetime as dt

from regsheet.outcome.records import ActionRecord, FindingRecord, Outcome, RiskRecord, Run, StageRecord

Q1, Q2, Q3, Q4 = (dt.date(2024, 3, 31), dt.date(2024, 6, 30), dt.date(2024, 9, 30), dt.date(2024, 12, 31))

RED = StageRecord(5, 4, 20, "Red", "FF0000", is_red=True)
AMBER = StageRecord(3, 4, 12, "Amber", "FFC000")


def risk(ref: str, title: str, score: StageRecord = AMBER, *actions: tuple[str, dt.date | None],
         closed: bool = False) -> RiskRecord:  # fmt: skip
    return RiskRecord(
        sheet="Register", cell="B3", ref=ref, title=title, owner="Head of Property", category="", objective="",
        direction="", status="Closed" if closed else "Open", stages={"inherent": RED, "residual": score},
        actions=tuple(ActionRecord(text, due, overdue=False) for text, due in actions), closed=closed,
    )  # fmt: skip


def finding(code: str, ref: str | None, title: str | None = None, field: str | None = "owner",
            status: str = "open", sheet: str = "Register") -> FindingRecord:  # fmt: skip
    return FindingRecord(
        code, code.lower(), "warning", sheet, "S4", ref, title, field, None, "a message.", "Do.", status
    )


def book(as_of: dt.date, file: str, *risks: RiskRecord, service: str = "", previous: str = "",
         findings: tuple[FindingRecord, ...] = (), not_run: tuple[tuple[str, str], ...] = (),
         stage: str = "annotated") -> Outcome:  # fmt: skip
    return Outcome(
        file=file, service=service or file.partition(".")[0], stage=stage, sha256="a" * 64, source_sha256="b" * 64,
        configuration_sha256="c" * 64, as_of=as_of, version="0", previous=previous, risks=risks, findings=findings,
        not_run=not_run,
    )  # fmt: skip


def run(as_of: dt.date, *outcomes: Outcome) -> Run:
    return Run("Fernleigh", as_of, "0", "c" * 64, tuple(sorted(outcomes, key=lambda outcome: outcome.file)))
