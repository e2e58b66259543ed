"""A regsheet.toml, an owners list and CSV files that are broken or built to do harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hostile.bounds import bounded
from tests.hostile.conftest import AS_OF
from tests.hostile.workbooks import HEADINGS, good_row, register_bytes

from regsheet import limits
from regsheet.config import load_config
from regsheet.errors import RegsheetError
from regsheet.grid import read_foreign
from regsheet.pipeline import Options, examine

TOMLS = {
    "not utf-8": b"\xff\xfe\x00",
    "no toml": b"[[[[",
    "deep": b"a = " + b"[" * 5_000 + b"]" * 5_000,
    "deep keys": b".".join([b"a"] * 5_000) + b" = 1",
    "unknown": b"evil = 1",
    "wrong type": b"day_first = 'yes'",
    "huge": b"#" * 20_000_000,
    "huge number": b"[limits]\nreview_cycle_months = " + b"9" * 4_000,
    "number without end": b"[limits]\nreview_cycle_months = " + b"9" * 9_000,
    "nan": b"[appetite]\ndefault = nan",
    "inf": b"[scoring]\nrule = 'product'\n[scoring.likelihood]\na = inf\nb = -inf\n[scoring.impact]\na = nan\nb = 1",
    "huge scale": b"[scoring]\nrule = 'product'\n[scoring.likelihood]\na = 1e308\n[scoring.impact]\na = 1e308",
    "colour": b"[[scoring.bands]]\nname = 'a'\nlow = 1\nhigh = 2\ncolour = '=cmd|x'",
    "bands of nothing": b"[[scoring.bands]]\nname = ''\nlow = nan\nhigh = nan\ncolour = 'FFFFFF'",
    "owners outside": b"owners = '../../../../etc/passwd'",
    "owners missing": b"owners = 'a\\u0000b.csv'",
    "owners url": b"owners = 'http://evil.example/x.csv'",
    "objectives": b"objectives = ['" + b"a" * 100_000 + b"']",
    "waiver": b"[[waivers]]\nrule = '.*'\nref = '(a+)+$'\nfield = '__class__'\nvalue = '\\u001b[2J'\nreason = '=1+1'",
    "waiver without end": b"[[waivers]]\nrule = 'SC001'\nref = 'R1'\nuntil = 0001-01-01",
    "mapping": b"[[mappings]]\n[mappings.headings]\n'Risk Title' = '__class__'\n",
    "mapping twice": b"[[mappings]]\n[mappings.headings]\n'Ref' = 'title'\n'Risk Title' = 'title'\n'Cause' = 'title'\n",
    "select": b"[rules]\nselect = ['']\nignore = ['*', '\\u0000']\nseverity = { 'x' = 'error' }",
    "months": b"[limits]\nreview_cycle_months = 999999999\nassurance_months = 999999999\nmention_quarters = 999999999",
}


@pytest.mark.parametrize("name", TOMLS)
def test_a_configuration(name: str, tmp_path) -> None:
    path = tmp_path / "regsheet.toml"
    path.write_bytes(TOMLS[name])
    register = tmp_path / "register.xlsx"
    register.write_bytes(register_bytes())

    def work() -> str:
        return str(examine(register, Options(as_of=AS_OF, configuration=load_config(path))).settled.findings)[:100]

    assert bounded(work)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["register.xlsx", "regsheet.toml"]


OWNERS = {
    "empty": b"",
    "no heading": b"a,b\n1,2\n",
    "headings only": b"role,name\n",
    "formulas": b"role,name,aliases\n=cmd|'/C calc'!A0,@x,+1;-1;=2\n",
    "one field": b"role\n" + b"a" * 8_000_000,
    "too long a field": b"role\n" + b"a" * 20_000_000,
    "many aliases": b"role,aliases\nHead," + b"a;" * 100_000,
    "many": b"role,name\n" + b"".join(b"Head of Thing %d,Person %d\n" % (n, n) for n in range(5_000)),
    "zeros": b"role,name\nHead\0,x\n",
    "binary": bytes(range(256)) * 20,
    "quotes": b'role,name\n"""""""""unclosed,x\n"',
    "dates": b"role,from,until\nHead,99999999,1e999\nOther,31/02/2024,-5\n",
    "utf-16": "role,name\nHead of Property,Zoë\n".encode("utf-16"),
    "half utf-16": b"\xff\xfer",
    "utf-7": b"role,name\n+ADw-script+AD4-,x\n",
}


@pytest.mark.parametrize("name", OWNERS)
def test_an_owners_list(name: str, tmp_path) -> None:
    owners = tmp_path / "owners.csv"
    owners.write_bytes(OWNERS[name])
    register = tmp_path / "register.xlsx"
    register.write_bytes(register_bytes())
    work = lambda: str(examine(register, Options(as_of=AS_OF, owners=owners)).settled.findings)[:200] or "none"  # noqa: E731
    assert bounded(work)


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le", "utf-32", "cp037"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_registers_as_text_in_any_encoding(encoding: str, tmp_path) -> None:
    rows = [HEADINGS, *([*good_row(number)[:13], "Bürgermeister"] for number in range(1, 6))]
    text = "\r\n".join(";".join("" if value is None else str(value) for value in row) for row in rows)
    path = tmp_path / "register.csv"
    path.write_bytes(text.encode(encoding))
    said = bounded(lambda: "read" if examine(path, Options(as_of=AS_OF)) else "")
    readable = encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252")
    assert (said == "read") == readable


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_called_csv(tmp_path_factory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        grid = read_foreign(path)
    except RegsheetError as error:
        assert str(error).endswith(".")
    else:
        assert all(cell.formula is None for cell in grid.sheets[0].cells.values())


@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".ods"])
@given(content=st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_bytes_called_another_workbook(tmp_path_factory, suffix: str, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content)
    with pytest.raises(RegsheetError):
        read_foreign(path)


def test_a_text_file_with_more_rows_than_a_sheet(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("regsheet.grid.delimited.MAX_ROWS", 1000)
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" * 1001)
    with pytest.raises(RegsheetError, match="more rows"):
        read_foreign(path)
    assert limits.MAX_ROWS == 1_048_576
