"""Whatever is done to a workbook's bytes or parts: it is read through, or refused in a sentence, and nothing else."""

import re
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.hostile.conftest import OPTIONS
from tests.hostile.workbooks import HEADINGS, pack, parts_of, register_bytes, rows_with

from regsheet.errors import RegsheetError
from regsheet.grid import read_grid
from regsheet.layout import find_tables
from regsheet.package import Package
from regsheet.pipeline import annotate, strip

QUICK = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = [
    b"", b"<", b">", b"&", b'"', b"'", b"/>", b"]]>", b"<!--", b"<?x?>", b"\0", b"\xff", b"\xed\xa0\x80", b"_xD800_",
    b"-1", b"0", b"9" * 30, b"1e999", b"nan", b"inf", b"true", b"A1:XFD1048576", b"A0", b"$", b"ZZZZ9", b"#REF!",
    b"{0}",
    b"..", b"/", b"\\", b"%2e%2e/", b"rId1", b"xmlns:r", b'xml:space="preserve"', b"<mc:AlternateContent/>",
    "٤".encode(),
]  # fmt: skip


@cache
def seed() -> dict[str, bytes]:
    """A small workbook with something of everything, and our mark on it."""

    def more(book) -> None:
        sheet = book.add_worksheet("More")
        red = book.add_format({"bg_color": "#FF0000", "bold": True, "num_format": "dd/mm/yyyy"})
        sheet.write_rich_string(0, 0, red, "a", "b")
        sheet.write_comment(0, 1, "a note")
        sheet.write_formula(0, 5, "=A1+1", red, 5)
        sheet.merge_range(20, 0, 22, 3, "merged")
        sheet.add_table(10, 0, 12, 2)
        sheet.set_column(2, 3, 4, None, {"hidden": True})
        sheet.data_validation(1, 1, 3, 3, {"validate": "list", "source": ["a", "b"]})
        sheet.conditional_format(0, 0, 5, 5, {"type": "cell", "criteria": ">", "value": 3, "format": red})
        sheet.write_url(3, 0, "internal:Register!A1")
        book.define_name("Here", "=More!$A$1")

    parts = parts_of(register_bytes(rows_with({}, 4), more=more))
    return {name: content for name, content in parts.items() if "theme" not in name}


PLACES = st.integers(0, 100_000)
CHANGE = st.tuples(
    st.sampled_from(sorted(seed())), PLACES, st.integers(0, 12), st.sampled_from(WORDS) | st.binary(max_size=8)
)


def spoilt(changes: list[tuple[str, int, int, bytes]]) -> bytes:
    parts = dict(seed())
    for name, at, length, new in changes:
        content = parts[name]
        at %= len(content) + 1
        parts[name] = content[:at] + new + content[at + length :]
    return pack(parts)


def read_through(data: bytes) -> None:
    try:
        package = Package(data, "register.xlsx")
        for name in package.names:
            package.content_type(name)
            list(package.relationships(name))
        find_tables(read_grid(package))
    except RegsheetError as error:
        assert str(error).endswith(".")
        assert "\n" not in str(error)


@given(st.lists(CHANGE, min_size=1, max_size=4))
@QUICK
def test_parts_with_other_bytes(changes) -> None:
    read_through(spoilt(changes))


@given(st.sampled_from(sorted(seed())), PLACES, st.sampled_from(WORDS))
@QUICK
def test_parts_with_other_values(name: str, choice: int, new: bytes) -> None:
    """One attribute or text of a part is another: it stays XML more often, and so gets further."""
    content = seed()[name]
    places = [found.span(1) for found in re.finditer(rb'="([^"]*)"', content)]
    places += [found.span(1) for found in re.finditer(rb">([^<]*)<", content)]
    start, end = places[choice % len(places)]
    read_through(pack({**seed(), name: content[:start] + new + content[end:]}))


@given(st.lists(st.tuples(PLACES, st.integers(0, 9), st.sampled_from(WORDS) | st.binary(max_size=8)), max_size=3))
@QUICK
def test_zips_with_other_bytes(changes) -> None:
    data = pack(seed())
    for at, length, new in changes:
        at %= len(data) + 1
        data = data[:at] + new + data[at + length :]
    read_through(data)


@given(st.lists(CHANGE, min_size=1, max_size=2))
@settings(QUICK, max_examples=25)
def test_what_is_read_is_annotated_and_comes_off_again_or_is_refused(tmp_path, changes) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(spoilt(changes))
    try:
        done = annotate(path, options=OPTIONS, force=True)
        strip(done.path, force=True)
    except RegsheetError as error:
        assert str(error).endswith(".")


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60) | st.sampled_from(
    [
        "4",
        "4x4",
        "4 - Likely",
        "High",
        "12/2024",
        "=1+1",
        "N/A",
        "-",
        "• a\n• b",
        "Q1 2024/25",
        "3–4",
        "9" * 40,
        "1e400",
    ]
)
CELL = TEXT | st.none() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.lists(CELL, min_size=len(HEADINGS), max_size=len(HEADINGS)), min_size=1, max_size=5))
@settings(QUICK, max_examples=60)
def test_registers_that_hold_anything(tmp_path, rows) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(register_bytes([*rows_with({}, 4), *rows]))
    done = annotate(path, options=OPTIONS, force=True)
    assert strip(done.path, force=True).exact
