"""The templates are what their sources make, are accessible, and check clean when they are filled in correctly."""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import os
import re
import shutil
import subprocess
import sys
import typing
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from xlsxwriter.worksheet import Worksheet

import regsheet
from regsheet.config import Config, load_config

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES, SAMPLES = REPOSITORY / "workbook_templates", REPOSITORY / "samples"
WORKBOOKS = ("register.xlsx", "assurance-map.xlsx")
AS_OF = dt.date(2024, 12, 31)
DIRECTIONS = {"→": "→ Unchanged", "↑": "↑ Increased", "↓": "↓ Decreased"}


class Makers(typing.NamedTuple):
    """The modules that write the templates, and the sample council's content."""

    register: Any
    map: Any
    content: Any


@pytest.fixture(scope="module")
def makers() -> Iterator[Makers]:
    sys.path[:0] = [str(TEMPLATES), str(SAMPLES)]
    yield Makers(
        importlib.import_module("parts.register_template"),
        importlib.import_module("parts.map_template"),
        importlib.import_module("source.content"),
    )
    sys.path[:] = [entry for entry in sys.path if entry not in (str(TEMPLATES), str(SAMPLES))]


def make(folder: Path) -> dict[str, bytes]:
    subprocess.run([sys.executable, str(TEMPLATES / "make_templates.py"), str(folder)], check=True)
    return {name: (folder / name).read_bytes() for name in WORKBOOKS}


def cells(path: Path) -> list[tuple[object, ...]]:
    return [
        (sheet.title, cell.coordinate, cell.value, cell.fill.fgColor.rgb, cell.number_format)
        for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row
    ]  # fmt: skip


def filled_in(record: dict[str, Any]) -> dict[str, Any]:
    """A correct record of the sample council as somebody would type it into the template."""
    row = {field: "\n".join(value) if isinstance(value, list) else value for field, value in record.items()}
    row["direction_of_travel"] = DIRECTIONS[record["direction_of_travel"]]
    row["action_owner"] = record["owner"] if record["action_date"] else ""
    return {**row, "status": "Open"}


def found(path: Path) -> list[str]:
    return [f"{finding.code} {finding.cell} {finding.message}" for finding in regsheet.check(path, as_of=AS_OF)]


def test_making_them_twice_gives_the_same_bytes_and_what_is_here(tmp_path: Path) -> None:
    assert make(tmp_path / "one") == make(tmp_path / "two")
    for name in WORKBOOKS:
        assert cells(TEMPLATES / name) == cells(tmp_path / "one" / name)


def test_register_filled_in_correctly_checks_clean(makers: Makers, tmp_path: Path) -> None:
    rows = [filled_in(record) for record in makers.content.correct().records]
    lists = {"Owners": sorted({row["owner"] for row in rows}), "Objectives": sorted({row["objective"] for row in rows})}
    path = tmp_path / "register.xlsx"
    makers.register.write(path, rows, lists)
    assert [len(register.frame) for register in regsheet.read(path).registers] == [len(rows)]
    assert found(path) == []


def test_register_scoring_is_read_from_its_own_scales_sheet(makers: Makers, tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    makers.register.write(path, [filled_in(record) for record in makers.content.correct().records])
    scoring = regsheet.read(path).registers[0].scoring
    assert scoring.source == "workbook"
    assert [(band.low, band.high) for band in scoring.bands] == [(1, 7), (8, 14), (15, 25)]


def test_register_filled_in_wrongly_does_not(makers: Makers, tmp_path: Path) -> None:
    rows = [filled_in(record) for record in makers.content.correct().records]
    rows[2]["owner"] = ""
    makers.register.write(tmp_path / "register.xlsx", rows)
    assert [finding.split()[0] for finding in found(tmp_path / "register.xlsx")] == ["OW001"]


@pytest.mark.libreoffice
def test_ratings_bands_and_counts_are_worked_out_live(
    makers: Makers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soffice = shutil.which("soffice")
    if soffice is None and os.environ.get("CI", "").lower() != "true":
        pytest.skip("LibreOffice is not installed")
    assert soffice, "LibreOffice is not installed"
    stored = Worksheet.write_formula
    monkeypatch.setattr(Worksheet, "write_formula", lambda sheet, *given: stored(sheet, *given[:4], ""))
    makers.register.write(tmp_path / "register.xlsx", [
        {"ref": "R1", "inherent_likelihood": 5, "inherent_impact": 4, "target_likelihood": 1, "target_impact": 3},
        {"ref": "R2", "inherent_likelihood": 2, "inherent_impact": 4},
    ])  # fmt: skip
    for kind, source in (("ods", "register.xlsx"), ("xlsx", "out/register.ods")):
        subprocess.run(
            [
                soffice,
                "--headless",
                f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
                "--convert-to",
                kind,
                "--outdir",
                str(tmp_path / "out"),
                str(tmp_path / source),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    book = openpyxl.load_workbook(tmp_path / "out" / "register.xlsx", data_only=True)
    sheet = book["Register"]
    assert [sheet[cell].value for cell in ("H5", "I5", "M5", "N5", "T5", "U5", "H6", "I6", "H7")] == [
        20, "Red", None, None, 3, "White", 8, "Amber", None,
    ]  # fmt: skip
    assert [cell.value for cell in book["Summary"]["B"][4:7]] == [1, 1, 0]


def test_map_filled_in_correctly_checks_clean(makers: Makers, tmp_path: Path) -> None:
    risks = makers.content.assurance(spoilt=False)
    path = tmp_path / "assurance-map.xlsx"
    makers.map.write(
        path,
        [
            (risk.cluster, risk.ref, risk.title, *("\n".join(f"• {item}" for item in line) for line in risk.lines))
            for risk in risks
        ],
    )
    assert len(regsheet.read(path).maps[0].risks) == len(risks)
    assert found(path) == []


@pytest.mark.parametrize("name", WORKBOOKS)
def test_workbook_is_accessible(name: str) -> None:
    book = openpyxl.load_workbook(TEMPLATES / name)
    assert book.properties.title
    assert [list(sheet.merged_cells.ranges) for sheet in book] == [[] for _ in book]
    tables = [table for sheet in book for table in sheet.tables.values()]
    assert tables and all(table.headerRowCount != 0 for table in tables)
    with zipfile.ZipFile(TEMPLATES / name) as parts:
        drawings = [part for part in parts.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", part)]
        for part in drawings:
            shapes = re.findall(r"<xdr:cNvPr [^>]*>", parts.read(part).decode())
            assert shapes and all('descr="' in shape for shape in shapes)


def test_every_score_and_date_column_is_validated() -> None:
    sheet = openpyxl.load_workbook(TEMPLATES / "register.xlsx")["Register"]
    ranges = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    headings = {cell.value: cell.column_letter for cell in sheet[4]}
    wanted = [heading for heading in headings if re.search("likelihood|impact|date|owner|Direction|Status", heading)]
    assert len(wanted) >= 10
    assert [heading for heading in wanted if f"{headings[heading]}5:{headings[heading]}64" not in ranges] == []


def test_configuration_template_changes_nothing() -> None:
    assert load_config(TEMPLATES / "regsheet.toml").config == Config()


def keys_of(settings: type[msgspec.Struct]) -> Iterator[str]:
    """Every key that a configuration may have, at any depth."""
    for field in msgspec.structs.fields(settings):
        yield field.encode_name
        for inner in (field.type, *typing.get_args(field.type)):
            if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
                yield from keys_of(inner)


def test_configuration_template_names_every_key() -> None:
    text = (TEMPLATES / "regsheet.toml").read_text("utf-8")
    assert [key for key in keys_of(Config) if not re.search(rf"^[#\s{{\[]*.*\b{key}\b\]*( =|$)", text, re.M)] == []


def test_owners_template_has_the_columns_of_the_sample() -> None:
    lines = [(folder / "owners.csv").read_text("utf-8").splitlines() for folder in (TEMPLATES, SAMPLES)]
    blank, sample = (list(csv.reader(text)) for text in lines)
    assert blank == [sample[0]]
