"""Moving shared formulas, held against openpyxl's translator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from regsheet.grid.addresses import letters
from regsheet.grid.formulas import translate


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+$A1+A$1+$A$1", "B3+$A3+B$1+$A$1"),
        ("SUM(A:B,$A:B,1:2,$1:2)", "SUM(B:C,$A:C,3:4,$1:4)"),
        ('"A1"&A1&"say ""A1"""', '"A1"&B3&"say ""A1"""'),
        ("'A1 sheet'!A1+AB1!A1+Sheet1!A1", "'A1 sheet'!B3+AB1!B3+Sheet1!B3"),
        ("'it''s A1'!A1", "'it''s A1'!B3"),
        ("[1]Data!A1+'[2]A1 b'!A1", "[1]Data!B3+'[2]A1 b'!B3"),
        ("LOG10(A1)+ATAN2(A1,B1)+Risk1_score+x.A1+A1.x", "LOG10(B3)+ATAN2(B3,C3)+Risk1_score+x.A1+A1.x"),
        ("Risks[[#This Row],[A1]]*Risks[B2]", "Risks[[#This Row],[A1]]*Risks[B2]"),
        ("1E5+1.5E3+A1E", "1E5+1.5E3+A1E"),
        ("_xlfn.TEXTJOIN(A1:B2)", "_xlfn.TEXTJOIN(B3:C4)"),
        ("#REF!+IF(A1=#N/A,A1,1)", "#REF!+IF(B3=#N/A,B3,1)"),
        ("XFD1+A1048575", "#REF!+#REF!"),
    ],
)
def test_two_down_and_one_right(formula, moved):
    assert translate(formula, 2, 1) == moved


def test_nothing_moves_by_nothing():
    assert translate("XFD1048576+zzz", 0, 0) == "XFD1048576+zzz"


references = st.builds(
    lambda column, row, fixed_column, fixed_row: f"{fixed_column}{letters(column)}{fixed_row}{row}",
    st.integers(20, 700),
    st.integers(20, 9_000),
    st.sampled_from(["", "$"]),
    st.sampled_from(["", "$"]),
)
operands = st.one_of(
    references,
    st.builds("{}:{}".format, references, references),
    st.builds("Sheet1!{}".format, references),
    st.builds("'My sheet A1'!{}".format, references),
    st.sampled_from(['"A1 ""B2"""', "1.5", "TRUE", "LOG10(4)", "$C:$D", "3:$4", "Rate_A1", "#N/A", "Table1[A1]"]),
)
formulas = st.lists(operands, min_size=1, max_size=5).flatmap(
    lambda parts: st.sampled_from(["+", "*", "&", "<=", ","]).map(lambda sign: f"SUM({sign.join(parts)})")
)


@given(formulas, st.integers(-15, 15), st.integers(-15, 15))
def test_as_openpyxl_moves_them(formula, rows, columns):
    origin = "AD40"
    target = f"{letters(30 + columns)}{40 + rows}"
    # openpyxl moves whole rows and columns past the sheet's edge without a word; here none comes near it.
    try:
        expected = Translator("=" + formula, origin=origin).translate_formula(target)[1:]
    except Exception:  # noqa: BLE001 - whatever it cannot move is no yardstick
        return
    assert translate(formula, rows, columns) == expected
