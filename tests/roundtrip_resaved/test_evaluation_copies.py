"""Annotated copies of real registers that were saved by other programs and edited by people."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from comparing_copies import OPTIONS, faults, stacked
from edits_by_users import (
    Place,
    can_be_sorted,
    delete_row,
    delete_sheets,
    insert_column,
    insert_row,
    move_sheets,
    rename_sheets,
    sort_rows,
)
from openpyxl import Workbook
from resaving import by_libreoffice, by_openpyxl, libreoffice_is_here

from regsheet.errors import RegsheetError
from regsheet.package import open_package
from regsheet.pipeline import annotate, inspect
from regsheet.writer.mark import read_mark
from regsheet.writer.strip import strip

FOLDER = Path(os.environ.get("REGSHEET_EVALUATION") or Path(__file__).resolve().parents[3] / "shared")
WORKBOOKS = sorted(path for name in ("data", "real") for path in (FOLDER / name).glob("*.xls[xm]"))
SOME = int(os.environ.get("REGSHEET_COPIES", "6"))
"""So many workbooks are tried, always the same ones; REGSHEET_COPIES=100 tries them all."""

CHOSEN = random.Random("copies").sample(WORKBOOKS, min(SOME, len(WORKBOOKS)))  # noqa: S311
pytestmark = pytest.mark.evaluation

OwnEdit = Callable[[Workbook, Place, random.Random], bool]


def annotated(path: Path, folder: Path) -> tuple[Path, tuple[str, ...]]:
    """The annotated copy and the names of our sheets in it; skips what is neither register nor map."""
    target = folder / "annotated" / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        annotate(path, target, OPTIONS)
    except RegsheetError as error:
        pytest.skip(str(error))
    mark = read_mark(open_package(target))
    assert mark is not None
    return target, mark.sheets


def place_in(path: Path) -> Place | None:
    """The register with the most risks."""
    tables = [table for table in inspect(path).of_kind("register") if table.first_row and table.last_row]
    if not tables:
        return None
    table = max(tables, key=lambda table: len(table.rows))
    scores = [c.index for c in table.columns if c.field and c.field.endswith(("_likelihood", "_impact", "_rating"))]
    return Place(table.sheet, int(table.first_row or 0), int(table.last_row or 0), min(scores, default=2))


def sorts(book: Workbook, place: Place, chance: random.Random) -> bool:
    if not can_be_sorted(book, place):
        return False
    order = list(range(place.first_row, place.last_row + 1))
    chance.shuffle(order)
    sort_rows(book, place, order)
    return True


def inserts(book: Workbook, place: Place, chance: random.Random) -> bool:
    insert_row(book, place, chance.randint(place.first_row, place.last_row + 1))
    return True


def deletes(book: Workbook, place: Place, chance: random.Random) -> bool:
    if place.first_row == place.last_row or not can_be_sorted(book, place):
        return False
    delete_row(book, place, chance.randint(place.first_row, place.last_row))
    return True


def widens(book: Workbook, place: Place, chance: random.Random) -> bool:
    insert_column(book, place)
    return True


@pytest.mark.parametrize("path", CHOSEN, ids=lambda path: path.stem)
def test_saved_by_openpyxl(path: Path, evaluation: Path, tmp_path: Path) -> None:
    copy, _ = annotated(path, tmp_path)
    plain = by_openpyxl(path, tmp_path / "plain" / path.name)
    again = by_openpyxl(copy, tmp_path / "copy" / path.name)
    assert strip(open_package(again)).remarks == ()
    assert faults(plain, again) == []
    assert stacked(plain, again, tmp_path) == []


@pytest.mark.parametrize("edits", [(sorts,), (inserts, deletes), (widens,), (sorts, inserts, widens)])
@pytest.mark.parametrize("path", CHOSEN[:3] if len(CHOSEN) < len(WORKBOOKS) else CHOSEN, ids=lambda path: path.stem)
def test_edited_by_people(path: Path, edits: tuple[OwnEdit, ...], evaluation: Path, tmp_path: Path) -> None:
    copy, _ = annotated(path, tmp_path)
    place = place_in(path)
    if place is None:
        pytest.skip("no register with rows")
    done: list[bool] = []

    def edit(book: Workbook) -> None:
        chance, where = random.Random(path.name), Place(**vars(place))  # noqa: S311
        done.extend([each(book, where, chance) for each in edits])

    plain = by_openpyxl(path, tmp_path / "plain" / path.name, edit)
    edited = by_openpyxl(copy, tmp_path / "copy" / path.name, edit)
    if not all(done):
        pytest.skip("merged cells stand in the way of this edit")
    assert faults(plain, edited) == []


@pytest.mark.parametrize("edit", [rename_sheets, move_sheets, delete_sheets])
@pytest.mark.parametrize("path", CHOSEN[:3] if len(CHOSEN) < len(WORKBOOKS) else CHOSEN, ids=lambda path: path.stem)
def test_our_sheets_renamed_moved_or_deleted(
    path: Path, edit: Callable[[Workbook, tuple[str, ...]], None], evaluation: Path, tmp_path: Path
) -> None:
    """The Change log stays: with it and the mark both gone, ``test_all_our_sheets_deleted`` says what is left."""
    copy, sheets = annotated(path, tmp_path)
    names = sheets[:-1] if edit is delete_sheets else sheets
    edited = by_openpyxl(copy, tmp_path / "copy" / path.name, lambda book: edit(book, names))
    assert faults(by_openpyxl(path, tmp_path / "plain" / path.name), edited) == []


@pytest.mark.parametrize("path", CHOSEN[:3] if len(CHOSEN) < len(WORKBOOKS) else CHOSEN, ids=lambda path: path.stem)
def test_all_our_sheets_deleted(path: Path, evaluation: Path, tmp_path: Path) -> None:
    """With the mark gone too, notes come off, values come back or are named; the colours of ratings stay."""
    copy, sheets = annotated(path, tmp_path)
    edited = by_openpyxl(copy, tmp_path / "copy" / path.name, lambda book: delete_sheets(book, sheets))
    plain = by_openpyxl(path, tmp_path / "plain" / path.name)
    result = strip(open_package(edited))
    named = " ".join(result.remarks)
    left = [fault for fault in faults(plain, edited) if not fault.startswith(("fills", "check", "not known"))]
    unsaid = [fault for fault in left if fault.split("'")[3] not in named]
    assert unsaid == []


@pytest.mark.libreoffice
def test_saved_by_libreoffice(evaluation: Path, tmp_path: Path) -> None:
    if not libreoffice_is_here():
        pytest.skip("LibreOffice is not installed")
    copies: dict[Path, Path] = {}
    for path in CHOSEN:
        try:
            copies[path] = annotated(path, tmp_path)[0]
        except pytest.skip.Exception:
            continue
    saved = by_libreoffice([*copies, *copies.values()], tmp_path / "libreoffice")
    assert set(saved) == {*copies, *copies.values()}
    wrong = {path.name: faults(saved[path], saved[copy], path) for path, copy in copies.items()}
    for path, copy in copies.items():
        wrong[path.name] += stacked(saved[path], saved[copy], tmp_path / "again" / path.stem, path)
    assert {name: found for name, found in wrong.items() if found} == {}
