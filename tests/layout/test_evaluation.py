"""The figures that real registers must reach, against the labels made by hand beside them."""

import json
from collections import Counter
from pathlib import Path

import pytest

from regsheet.grid import read_foreign, read_grid
from regsheet.grid.cells import Grid
from regsheet.layout import Layout, find_tables
from regsheet.layout.tables import STAGES, Table
from regsheet.package import open_package

BARS = {
    "tables found": 0.96,
    "risk counts right": 0.93,
    "column precision": 0.95,
    "column recall": 0.92,
    "scoring rule right": 0.93,
    "not registers left alone": 1.0,
}


def read(path: Path) -> Grid:
    return read_grid(open_package(path)) if path.suffix in {".xlsx", ".xlsm"} else read_foreign(path)


def columns_right(label: dict, found: Table) -> Counter[str]:
    """Hits and mistakes of one table: a column is right where a careful reader would take that field too."""
    tally: Counter[str] = Counter()
    got = {column.letter: column.field for column in found.columns if column.field}
    for letter, accepted in label["accept"].items():
        answer = got.pop(letter, "none")
        tally["wanted"] += letter in label["columns"].values() or answer != "none"
        tally["hit"] += answer != "none" and answer in accepted
        tally["wrong"] += answer != "none" and answer not in accepted
    tally["wrong"] += len(got)
    return tally


def score(label: dict, layout: Layout) -> Counter[str]:
    tally: Counter[str] = Counter()
    registers = [table for table in layout.tables if table.kind == "register"]
    if label["kind"] != "register":
        return Counter({"others": 1, "others left alone": not any(table.n_risks for table in registers)})
    for wanted in label["tables"]:
        if wanted["secondary"] or not wanted["n_risks"]:
            continue
        first, last = wanted["header_rows"]
        found = next(
            (
                t
                for t in registers
                if t.sheet == wanted["sheet"] and t.header_rows[0] <= last and first <= t.header_rows[1]
            ),
            None,
        )
        tally["tables"] += 1
        if found is None:
            tally["wanted"] += len(wanted["columns"])
            continue
        tally["found"] += 1
        tally["counted"] += found.n_risks in {wanted["n_risks"], wanted["alt_n_risks"]}
        tally["ruled"] += found.rating_rule == wanted["rating_rule"]
        tally += columns_right(wanted, found)
    return tally


@pytest.mark.evaluation
def test_real_registers_reach_the_bars(evaluation: Path) -> None:
    total: Counter[str] = Counter()
    for label_path in sorted((evaluation / "real").glob("*.json")):
        label = json.loads(label_path.read_text(encoding="utf-8"))
        total += score(label, find_tables(read(label_path.parent / label["workbook"])))
    figures = {
        "tables found": total["found"] / total["tables"],
        "risk counts right": total["counted"] / total["tables"],
        "column precision": total["hit"] / (total["hit"] + total["wrong"]),
        "column recall": total["hit"] / total["wanted"],
        "scoring rule right": total["ruled"] / total["found"],
        "not registers left alone": total["others left alone"] / total["others"],
    }
    assert {name: round(figure, 3) for name, figure in figures.items() if figure < BARS[name]} == {}


@pytest.mark.evaluation
def test_the_seed_register_is_read_whole(evaluation: Path) -> None:
    label = json.loads((evaluation / "data/register-seed.json").read_text(encoding="utf-8"))["tables"][0]
    (table,) = find_tables(read(evaluation / "data/register-seed.xlsx")).of_kind("register")
    assert {column.field: column.letter for column in table.columns if column.field} == label["columns"]
    assert (table.n_risks, table.header_rows, table.rating_rule) == (14, (2, 4), "product")
    assert [table.stage_name(stage) for stage in STAGES] == ["Inherent", "Mitigated", "Target"]
    assert {scale.axis for scale in table.scales} == {"likelihood", "impact"}
    assert table.matrix is not None


@pytest.mark.evaluation
@pytest.mark.parametrize("name", ["assurance-map-seed.xlsx", "assurance-map-rows.xlsx"])
def test_both_seed_maps_are_read(evaluation: Path, name: str) -> None:
    (table,) = find_tables(read(evaluation / "data" / name)).of_kind("assurance-map")
    assert [table.column(f"line_{line}") is not None for line in (1, 2, 3)] == [True] * 3
    assert table.n_risks == 1


@pytest.mark.evaluation
def test_every_legible_figure_of_the_extracted_register_is_in_its_place(evaluation: Path) -> None:
    """The seed workbook holds the same risks in the same order, with a blank wherever a figure was lost."""
    extracted = read(evaluation / "data/register-extracted.xlsx")
    (table,) = find_tables(extracted).of_kind("register")
    seed_grid = read(evaluation / "data/register-seed.xlsx")
    (seed,) = find_tables(seed_grid).of_kind("register")
    sheet = seed_grid.sheet(seed.sheet)
    assert table.n_risks == 14
    for row, seed_row in zip(table.rows, seed.rows, strict=True):
        for stage in STAGES:
            for slot in ("likelihood", "impact", "rating"):
                name = f"{stage}_{slot}"
                column = seed.column(name)
                assert column is not None
                value = sheet.value(seed_row, column.index)
                assert table.readings[row, name].text == ("" if value is None else str(value)), (row, name)
                assert ((row, name) in table.unreadable) == (value is None)
