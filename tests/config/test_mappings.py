"""Mappings in the configuration: what is refused, and how they are written without touching the rest."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.config import load_config, parse_config
from regsheet.config_file import save_mappings
from regsheet.errors import ConfigurationError
from regsheet.layout import ColumnMapping


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        ('{ "Boss" = "ownr" }', "'ownr', which heading 'Boss' is mapped to, is no field; did you mean 'owner'"),
        ('{ "Boss" = "qqq" }', "is no field; write 'none'"),
        ('{ "A" = "title", "B" = "title" }', "headings 'A' and 'B' are both mapped to 'title'"),
        ('{ "A" = "title", " a" = "ref" }', "the same heading stands twice"),
        ("{}", "at least one heading"),
    ],
)
def test_faults_are_named(tmp_path, headings, words):
    path = tmp_path / "regsheet.toml"
    path.write_text(f"day_first = true\n\n[[mappings]]\nheadings = {headings}\n")
    with pytest.raises(ConfigurationError, match=r"in line 3") as refused:
        load_config(path)
    assert words in str(refused.value)


def test_several_columns_may_be_left_alone():
    text = '[[mappings]]\nheadings = { "A" = "none", "B" = "none" }'
    assert parse_config(text, "x").column_mappings == (ColumnMapping({"A": "none", "B": "none"}),)


WRITTEN = """\
# Ours.
day_first = false   # as in the USA

[rules]
ignore = [
  "TX001",  # not now
]

[[mappings]]
# Agreed with audit.
headings = { "Risk" = "title", "Lead  officer" = "none" }  # keep
"""


def test_what_was_written_by_hand_stays(tmp_path):
    path = tmp_path / "regsheet.toml"
    path.write_bytes(WRITTEN.encode())
    new = ColumnMapping({'Group "A" / Impact': "residual_impact", "Wert\\x": "none"})
    saved = save_mappings(path, [new])
    assert (saved.added, saved.replaced) == (1, 0)
    assert path.read_text().startswith(WRITTEN)
    assert load_config(path).config.column_mappings[1] == new


def test_a_mapping_for_the_same_headings_is_replaced(tmp_path):
    path = tmp_path / "regsheet.toml"
    path.write_bytes(WRITTEN.encode())
    for _ in range(2):
        saved = save_mappings(path, [ColumnMapping({"RISK": "title", "lead officer": "owner"})])
        assert (saved.added, saved.replaced) == (0, 1)
    assert path.read_text() == WRITTEN.replace('"Lead  officer" = "none"', '"Lead  officer" = "owner"')


def test_line_ends_and_byte_order_mark_stay(tmp_path):
    path = tmp_path / "regsheet.toml"
    path.write_bytes(b"\xef\xbb\xbf# Ours\r\nday_first = true")
    save_mappings(path, [ColumnMapping({"A": "title"})])
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# Ours\r\nday_first = true\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert load_config(path).config.mappings[0].headings == {"A": "title"}


def test_a_new_file(tmp_path):
    path = tmp_path / "regsheet.toml"
    save_mappings(path, [ColumnMapping({"A": "title"}), ColumnMapping({"B": "none"})])
    assert tomllib.loads(path.read_text()) == {"mappings": [{"headings": {"A": "title"}}, {"headings": {"B": "none"}}]}
    assert not path.read_text().startswith("\n")


@pytest.mark.parametrize(
    "text", ["day_first = maybe", "[limits]\nunknown = 1", 'mappings = [{ headings = { "A" = "ref" } }]']
)
def test_a_file_that_cannot_be_added_to_is_left_alone(tmp_path, text):
    path = tmp_path / "regsheet.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError):
        save_mappings(path, [ColumnMapping({"A": "title"})])
    assert path.read_text() == text


@given(st.dictionaries(st.text(min_size=1).filter(str.strip), st.just("none"), min_size=1, max_size=4))
def test_any_heading_can_be_saved(tmp_path_factory, headings):
    mapping = ColumnMapping(headings)
    if len(mapping.keys) < len(headings) or "" in mapping.keys:
        return
    path = tmp_path_factory.mktemp("any") / "regsheet.toml"
    save_mappings(path, [mapping])
    assert load_config(path).config.column_mappings == (mapping,)
