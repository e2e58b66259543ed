"""Findings on real registers that were judged by hand: the right ones stay, the wrong ones stay away."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from regsheet.pipeline import Options, examine

TABLE = Path(__file__).parent / "judged" / "findings.tsv"
AS_OF = dt.date(2026, 11, 21)
SAMPLE = 100
MOST_WRONG = 4

with TABLE.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t"))

WORKBOOKS: dict[str, list[dict[str, str]]] = defaultdict(list)
for one in ROWS:
    WORKBOOKS[one["workbook"]].append(one)


def test_every_judgement_is_whole() -> None:
    for row in ROWS:
        assert {row["when_drawn"], row["verdict"]} <= {"right", "wrong"}
        assert row["why"] and row["code"] and row["sheet"]


def test_the_samples_are_a_hundred_each_and_few_of_them_are_wrong() -> None:
    counts = Counter((row["sample"], row["when_drawn"]) for row in ROWS)
    for sample in {row["sample"] for row in ROWS} - {"read"}:
        assert counts[sample, "right"] + counts[sample, "wrong"] == SAMPLE
        assert counts[sample, "wrong"] <= MOST_WRONG


@pytest.mark.evaluation
@pytest.mark.parametrize("workbook", sorted(WORKBOOKS))
def test_what_was_settled_stays_settled(evaluation: Path, workbook: str) -> None:
    report = examine(evaluation / "real" / workbook, Options(as_of=AS_OF))
    reported = {(finding.sheet, finding.cell or "", finding.code) for finding in report.settled.findings}
    for row in WORKBOOKS[workbook]:
        there = (row["sheet"], row["cell"], row["code"]) in reported
        assert there == (row["verdict"] == "right"), f"{row['cell']} {row['code']}: {row['why']}"
