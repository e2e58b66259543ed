"""What the labelled columns of real registers hold is read."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from regsheet.grid.addresses import column_number
from regsheet.values.dates import read_periods
from regsheet.values.owners import split_owners
from regsheet.values.scores import read_score
from regsheet.values.text import is_blank, is_dash, is_placeholder

pytestmark = pytest.mark.evaluation


def cells(folder: Path, endings: tuple[str, ...]) -> Iterator[object]:
    """Every filled body cell of the columns whose field ends so."""
    for label_file in sorted((folder / "real").glob("*.json")):
        label = json.loads(label_file.read_text(encoding="utf-8"))
        workbook = CalamineWorkbook.from_path(str(label_file.with_name(label["workbook"])))
        for table in label.get("tables", []):
            if table.get("first_row") is None:
                continue
            rows = workbook.get_sheet_by_name(table["sheet"]).to_python(skip_empty_area=False)
            for field, letters in (table.get("columns") or {}).items():
                if not field.endswith(endings) or not isinstance(letters, str):
                    continue
                for row in rows[table["first_row"] - 1 : table["last_row"]]:
                    value = row[column_number(letters) - 1] if len(row) >= column_number(letters) else None
                    if not is_blank(value):
                        yield value


def test_dates(evaluation: Path) -> None:
    values = list(cells(evaluation, ("_date",)))
    undated = [value for value in values if not any(period.is_dated for period in read_periods(value))]
    assert len(values) > 200
    assert len(undated) <= len(values) * 0.01, undated


def test_scores(evaluation: Path) -> None:
    values = list(cells(evaluation, ("_likelihood", "_impact", "_rating", "_band")))
    assert len(values) > 900
    assert [value for value in values if read_score(value).is_unread] == []


def test_owners(evaluation: Path) -> None:
    values = [value for value in cells(evaluation, ("owner",)) if not is_dash(value) and not is_placeholder(value)]
    assert len(values) > 150
    assert [value for value in values if not split_owners(value)] == []
    several = [value for value in values if len(split_owners(value)) > 1]
    assert len(several) < len(values) * 0.05, several
