"""findings.csv and risks.parquet."""

import csv
import datetime as dt
import io

import msgspec
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.quarter.runs import AS_OF, FIVE_BY_FIVE, finding, large, outcome, risk, run
from tests.quarter.test_summary import housing, leisure, trends

from regsheet.quarter.summary import summarise
from regsheet.quarter.tables import FINDING_HEADINGS, RISK_COLUMNS, findings_csv, quoted, risks_frame, write_risks


def test_findings_have_a_row_each():
    made = run(housing(), leisure())
    head, *rows = csv.reader(io.StringIO(findings_csv(made, trends()), newline=""))
    assert tuple(head) == FINDING_HEADINGS
    assert len(rows) == 5
    first = dict(zip(head, rows[0], strict=True))
    assert (first["Service"], first["Risk"], first["First seen"], first["Quarters seen"]) == (
        "Housing", "H1", "2024-09-30", "2",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-x", "@x", "\t=1", "＝1"])
def test_no_text_is_a_formula(text):
    made = run(outcome(text, (), findings=(finding(message=text, ref=text),), file=text))
    (row,) = list(csv.reader(io.StringIO(findings_csv(made), newline="")))[1:]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "＝")) for cell in row)


def test_risks_have_a_row_each(tmp_path):
    path = tmp_path / "risks.parquet"
    write_risks(run(housing(), leisure()), path, trends())
    frame = pd.read_parquet(path)
    assert list(frame.columns) == list(RISK_COLUMNS)
    assert list(frame["ref"]) == ["H1", "H2", "H3", "L1", "L2"]
    first = frame.iloc[0]
    assert (first["residual_rating"], first["residual_band"], first["residual_step"]) == (16.0, "Red", "Red")
    assert (first["movement"], first["previous_rating"], first["rating_share"]) == ("up", 12.0, 16 / 25)
    assert (first["overdue_actions"], first["errors"], first["waived"]) == (1, 1, 1)
    assert first["as_of"].date() == AS_OF
    assert first["red_since"].date() == dt.date(2024, 9, 30)
    assert pd.isna(frame.iloc[1]["red_since"])
    assert frame["is_red"].tolist() == [True, False, False, False, True]


def test_columns_keep_their_types_without_rows(tmp_path):
    for made in (run(), run(housing())):
        frame = risks_frame(summarise(made, None))
        for name, dtype in RISK_COLUMNS.items():
            assert str(frame[name].dtype) == ("datetime64[s]" if dtype == "date" else dtype), name
        write_risks(made, tmp_path / "risks.parquet")
        assert len(pd.read_parquet(tmp_path / "risks.parquet")) == len(frame)


def test_same_run_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_risks(large()[0], tmp_path / name, large()[1])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_odd_text_and_dates_far_off():
    late = msgspec.structs.replace(housing().risks[0].actions[0], due=dt.date(9999, 12, 31))
    odd = msgspec.structs.replace(risk("R1", FIVE_BY_FIVE, (5, 5)), title="a\x00b", actions=(late,))
    frame = risks_frame(summarise(run(outcome("S", (odd,))), None))
    assert str(frame["oldest_due"].iloc[0]).startswith("9999")


@given(st.lists(st.text(st.sampled_from("a, \"\r\n;=\t'é")), min_size=2, max_size=4))
def test_fields_are_quoted_as_the_csv_module_does(fields):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(fields)
    assert ",".join(map(quoted, fields)) + "\r\n" == out.getvalue()
