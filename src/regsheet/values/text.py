"""What the text of a cell says: cleaned, on one line, as the items of its list; whether it says anything at all."""

from regsheet.values.cleaning import UNSEEN, clean, is_blank, one_line
from regsheet.values.lists import is_list, items, segments
from regsheet.values.nothing import is_dash, is_placeholder, line_says_nothing

__all__ = [
    "UNSEEN",
    "clean",
    "is_blank",
    "is_dash",
    "is_list",
    "is_placeholder",
    "items",
    "line_says_nothing",
    "one_line",
    "segments",
]
