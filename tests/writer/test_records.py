"""What a row is known by after it was moved."""

from hypothesis import given
from hypothesis import strategies as st
from workbooks import made, plain

from regsheet.grid import read_grid
from regsheet.writer.records import row_key, row_keys, text_key

TEXTS = st.text("ab \n\u00a0", max_size=6)
VALUES = st.lists(st.one_of(st.none(), st.integers(0, 3), TEXTS), max_size=7)


@given(VALUES)
def test_the_first_of_the_longest_texts_counts_and_what_the_row_begins_with(values: list[object]) -> None:
    texts = ["".join(value.split()) for value in values if isinstance(value, str)]
    longest = next((text for text in texts if len(text) == max(map(len, texts))), "")
    if longest:
        first = next(value for value in values if value is not None)
        assert row_key(values) == text_key(longest) + text_key(str(first))[:8]
    else:
        assert row_key(values) is None


def test_rows_without_text_have_no_key() -> None:
    keys = row_keys(read_grid(plain(3)).sheets[0])
    assert list(keys) == [1, 2, 3, 4]
    assert len(set(keys.values())) == 4
    assert row_keys(read_grid(made(lambda _, sheet: sheet.write("B3", 5))).sheets[0]) == {}
