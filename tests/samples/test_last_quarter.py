"""The faults of the samples that show only beside last quarter's workbook, and no others."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import regsheet

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
REGISTER = SAMPLES / "strategic-risk-register.xlsx"
LAST_QUARTER = SAMPLES / "strategic-risk-register-2024-q3.xlsx"
AS_OF = dt.date(2024, 12, 31)
VANISHED = {"SR9", "SR14"}


@pytest.fixture(scope="module")
def readme() -> Iterator[ModuleType]:
    sys.path.insert(0, str(SAMPLES))
    import importlib

    yield importlib.import_module("source.readme")
    sys.path.remove(str(SAMPLES))


def test_what_shows_only_beside_last_quarter(readme: ModuleType) -> None:
    faults = [*readme.register_faults(), *readme.FAULTS_ELSEWHERE]
    planted = {(code, cell) for cell, code, needs, _ in faults if needs == "last quarter" and code != "RF005"}
    alone = {(one.code, one.cell) for one in regsheet.check(REGISTER, as_of=AS_OF)}
    compared = regsheet.check(REGISTER, as_of=AS_OF, previous=LAST_QUARTER)
    found = {(one.code, one.cell) for one in compared if one.code != "RF005"}
    assert planted - found == set()
    assert found - alone == planted
    assert alone - found == {("TR001", "W7")}  # judged by the wrong previous score as long as that is all there is
    assert {one.ref for one in compared if one.code == "RF005"} == VANISHED


def test_a_register_beside_itself_has_not_changed() -> None:
    compared = regsheet.check(REGISTER, as_of=AS_OF, previous=REGISTER)
    codes = {one.code for one in compared}
    assert not codes & {"RF004", "RF005", "TR004", "TR005", "DT009"}
