"""What a row is known by after it was moved."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import made, plain

from regsheet.grid import read_grid
from regsheet.writer import records
from regsheet.writer.records import CellRecord, Records, keys_of, row_keys

TEXTS = st.text("ab \n\u00a0\u2009\x1c–é`\ud800", max_size=6)
ROWS = st.lists(st.lists(st.one_of(st.none(), st.integers(0, 3), TEXTS), max_size=7), max_size=4)


def hashed(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@given(ROWS)
def test_the_first_of_the_longest_texts_counts_and_what_the_row_begins_with(rows: list[list[object]]) -> None:
    for values, key in zip(rows, keys_of(rows), strict=True):
        texts = ["".join(value.split()) for value in values if isinstance(value, str)]
        longest = next((text for text in texts if len(text) == max(map(len, texts))), "")
        first = "".join(str(next((value for value in values if value is not None), "")).split())
        assert key == (hashed(longest)[:16] + hashed(first)[:8] if longest else None)


def test_rows_are_known_however_many_are_looked_at_together(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = read_grid(plain(5)).sheets[0]
    cells = {("Register", row, 1): CellRecord("Register", f"A{row}") for row in (5, 2, 9, 3, 1)}
    monkeypatch.setattr(records, "AT_ONCE", 2)
    records.know_rows(Records(cells), [sheet])
    keys = row_keys(sheet)
    assert {row: record.row_key for (_, row, _), record in cells.items()} == {
        row: keys.get(row) for row in (1, 2, 3, 5, 9)
    }


def test_rows_without_text_have_no_key() -> None:
    keys = row_keys(read_grid(plain(3)).sheets[0])
    assert list(keys) == [1, 2, 3, 4]
    assert len(set(keys.values())) == 4
    assert row_keys(read_grid(made(lambda _, sheet: sheet.write("B3", 5))).sheets[0]) == {}
