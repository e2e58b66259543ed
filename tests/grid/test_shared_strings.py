"""The table of texts is read from its bytes, some at a time, as its tree would be."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from regsheet.grid import shared_strings
from regsheet.grid.scanning import UnusualError
from regsheet.grid.shared_strings import strings_of_text, strings_of_tree

OPEN = '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3">'
ITEMS = (
    "<si><t>Flood</t></si>", '<si><t xml:space="preserve"> • é </t></si>', "<si><t>a &amp; b_x000D_</t></si>",
    "<si><t></t></si>", "<si><t/></si>", "<si><r><t>rich</t></r></si>", "\n", "<si><t>long and longer still</t></si>",
)  # fmt: skip


def stretches(blob: bytes, size: int) -> list[bytes]:
    return [blob[start : start + size] for start in range(0, len(blob), size)]


@given(items=st.lists(st.sampled_from(ITEMS[:4]) | st.sampled_from(ITEMS), max_size=8), at_a_time=st.integers(1, 99))
def test_texts_are_read_some_at_a_time(items, at_a_time):
    blob = f"{OPEN}{''.join(items)}</sst>".encode()
    found = strings_of_text(stretches(blob, at_a_time))
    wanted = strings_of_tree(etree.fromstring(blob))
    assert found.texts == wanted.texts
    assert found.runs == wanted.runs


@given(st.lists(st.sampled_from(ITEMS[:4]), min_size=1, max_size=8), st.integers(1, 99))
def test_plain_texts_need_no_pattern(items, at_a_time):
    blob = f"{OPEN}{''.join(items)}</sst>".encode()
    with patch.object(shared_strings, "_ITEM", None):
        found = strings_of_text(stretches(blob, at_a_time))
    assert found.texts == strings_of_tree(etree.fromstring(blob)).texts


ODD = ("<si/>", "<!--", "<?x y?>", "</sst>", "<si>", "text", "<extLst/>", "\x01", "\ufffe")


@given(st.lists(st.sampled_from(ITEMS), max_size=5), st.sampled_from(ODD), st.integers(0, 5), st.integers(1, 400))
def test_what_is_not_plain_is_left_to_the_parser(items, odd, place, at_a_time):
    """Wherever it stands, and however the part is cut: nothing else is read, whether or not it is XML."""
    items.insert(place, odd)
    blob = f"{OPEN}{''.join(items)}</sst>".encode()
    with pytest.raises(UnusualError):
        strings_of_text(stretches(blob, at_a_time))
