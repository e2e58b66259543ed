"""Which number formats show a number as a date or a time."""

from __future__ import annotations

import re
from functools import cache

BUILT_IN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
    # Dates of East Asian and Thai editions, stored without a code: any date code will do.
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "yyyy/m/d"),
    **dict.fromkeys(range(32, 36), "h:mm:ss"),
    **dict.fromkeys(range(71, 75), "d/m/yyyy"),
    **dict.fromkeys((75, 76, 80), "h:mm"),
    **dict.fromkeys((77, 81), "d/m/yyyy h:mm"),
}
"""Codes of the formats that a workbook may use by number alone."""

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?')
_DATE_LETTERS = re.compile(r"[dmyhs]|\be+\b|\bg+\b", re.IGNORECASE)
_NAMED = re.compile(r"general|standard", re.IGNORECASE)


@cache
def is_date_format(code: str) -> bool:
    """Whether a format shows a date or a time of day: ``dd/mm/yyyy``, ``[$-809]mmm yy;@``. Elapsed time is neither."""
    if _ELAPSED.search(code):
        return False
    first = _first_section(code)
    bare = _NAMED.sub("", _LITERAL.sub(" ", first))
    # A digit placeholder beside a letter is a number with an unquoted unit, as in '0 days'; '.0' after seconds is not.
    if re.search(r"[0#?]", re.sub(r"s\.0+", "s", bare, flags=re.IGNORECASE)):
        return False
    return bool(_DATE_LETTERS.search(bare))


def _first_section(code: str) -> str:
    """The section for positive numbers: what stands before the first semicolon outside quotes."""
    quoted = False
    previous = ""
    for index, letter in enumerate(code):
        if letter == '"' and previous != "\\":
            quoted = not quoted
        elif letter == ";" and not quoted and previous != "\\":
            return code[:index]
        previous = "" if previous == "\\" else letter
    return code
