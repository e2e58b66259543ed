"""Which rows hold risks."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.layout.small_sheets import register, sheet, tables

from regsheet.layout.body import _Reader

HEADS = ["Ref", "Risk", "Cause", "Likelihood", "Impact", "Score", "Action", "Owner"]


def row(n: int) -> list[object]:
    return [
        f"R{n}",
        f"Thing {n} fails in the night",
        "It is old",
        n % 5 + 1,
        2,
        2 * (n % 5 + 1),
        "Mend it",
        "Head of Things",
    ]


def test_section_rows_are_no_risks() -> None:
    rows = [HEADS, ["Buildings"], row(1), row(2), ["People"], row(3)]
    table = register(sheet(rows, merges=["A2:H2", "A5:H5"]))
    assert table.rows == (3, 4, 6)
    assert dict(table.sections) == {3: "Buildings", 4: "Buildings", 6: "People"}


def test_blank_rows_repeated_headings_and_totals() -> None:
    rows = [HEADS, row(1), [], row(2), HEADS, row(3), [], row(4), ["Total", None, None, None, None, 20]]
    assert sum(t.n_risks for t in [register(sheet(rows[:4]))]) == 2
    table = register(sheet(rows))
    assert table.n_risks == 4


def test_rows_prepared_with_numbers_and_formulas_hold_no_risk() -> None:
    ready = [[f"R{n}", None, None, None, None, 0, None, None] for n in range(3, 40)]
    formulas = {f"F{r}": f"D{r}*E{r}" for r in range(2, 41)}
    table = register(sheet([HEADS, row(1), row(2), *ready], formulas=formulas))
    assert (table.n_risks, table.last_row) == (2, 3)


def test_rows_prepared_with_a_date_hold_no_risk() -> None:
    ready = [[None, None, None, None, None, 0, None, None, dt.datetime(2024, 1, 1)] for _ in range(30)]
    table = register(sheet([[*HEADS, "Date raised"], [*row(1), dt.datetime(2024, 1, 1)], *ready]))
    assert table.rows == (2,)


def test_an_empty_template_is_a_register_without_risks() -> None:
    table = register(sheet([["Risk register"], HEADS, *[[n] for n in range(1, 20)]]))
    assert (table.n_risks, table.first_row) == (0, None)


def test_one_risk_over_several_rows_by_merges() -> None:
    rows = [HEADS, row(1), [None] * 6 + ["Paint it"], row(2)]
    merges = [f"{letter}2:{letter}3" for letter in "ABCDEFH"]
    table = register(sheet(rows, merges))
    assert table.rows == (2, 4)
    assert dict(table.continuations) == {2: (3,)}


def test_an_asset_merged_over_several_risks_leaves_them_apart() -> None:
    rows = [["Asset", *HEADS], ["Depot", *row(1)], [None, *row(2)], [None, *row(3)]]
    assert register(sheet(rows, ["A2:A4"])).n_risks == 3


def test_further_actions_below_a_risk_go_on_with_it() -> None:
    more = [None] * 6 + ["Paint it as well", None]
    table = register(sheet([HEADS, row(1), more, row(2)]))
    assert table.rows == (2, 4)
    assert table.continuations[2] == (3,)


def test_one_row_an_action_counts_each_risk_once() -> None:
    rows = [["Risk ID", "Risk Description", "Action", "Action owner", "Due date", "Status"]]
    rows += [[f"R{n // 2}", f"Thing {n // 2} fails", f"Do task {n}", "Lead", "Sep-24", "Open"] for n in range(2, 10)]
    table = register(sheet(rows))
    assert (len(table.rows), table.n_risks) == (8, 4)


def test_a_log_of_several_kinds_counts_its_risks() -> None:
    rows = [["ID", "Type", "Description", "Impact", "Probability", "Owner", "Mitigation"]]
    rows += [
        [n, kind, f"Something {n} to watch over", "High", "Low", "Lead", "Watch it"]
        for n, kind in enumerate(["Risk", "Issue", "Assumption", "Risk", "Dependency"], 1)
    ]
    table = register(sheet(rows))
    assert table.rows == (2, 5)
    assert all(column.field != "category" for column in table.columns)


def test_key_terms_below_are_no_risks() -> None:
    rows = [
        HEADS,
        row(1),
        row(2),
        [],
        ["", "Key terms"],
        ["", "Cause: what may bring it about"],
        ["", "Score: the product"],
    ]
    assert register(sheet(rows)).rows == (2, 3)


def test_a_second_table_below_is_not_read_on() -> None:
    rows = [
        HEADS,
        *[row(n) for n in range(1, 6)],
        [],
        [],
        ["", "Post", "Holder"],
        ["", "Head of Things", "A. Smith"],
        ["", "Head of Halls", "B. Jones"],
    ]
    assert register(sheet(rows)).n_risks == 5


def test_a_risk_without_a_title_still_counts() -> None:
    nameless = row(3)
    nameless[1] = None
    assert register(sheet([HEADS, row(1), row(2), nameless])).n_risks == 3


def test_a_dashboard_that_repeats_risks_is_secondary() -> None:
    full = sheet([HEADS, *[row(n) for n in range(1, 6)]], name="Register")
    short = sheet(
        [["Top risks"], ["Ref", "Risk", "Likelihood", "Impact", "Score"], *[row(n)[:2] + row(n)[3:6] for n in (1, 2)]],
        name="Top",
    )
    found = tables(short, full)
    assert [table.secondary for table in found] == [True, False]


ROWS: list[list[object]] = [
    row(3), row(3), row(4), ["R5", "r", *row(5)[2:]], ["r 3", *row(3)[1:]], ["R3 ", *row(3)[1:]], [7, *row(7)[1:]],
    [None, *row(6)[1:]], [], [], HEADS, [*HEADS[:3], 1, 1, 1, *HEADS[6:]], ["People"], ["Total", None, None, 9, 9, 81],
    ["Total", *row(8)[1:]], ["R9", "Total", "x", 1, 1, 1], [None, 7, 1, 1, 2, 2, 3], ["R10", 10, *row(10)[2:]],
    [None] * 6 + ["Paint it", "Head"], ["\u200b" * 6, *row(9)[1:]], ["", "Cause: what may bring it about"],
    [" ", "Ref", "Risk", "Cause"], [None, "Post", "Holder"],
]  # fmt: skip
MERGES = [(), ("A4:A6",), ("B5:C5", "A7:H7"), tuple(f"{letter}4:{letter}5" for letter in "ABCDEFGH")]


@example([row(3), row(4)], MERGES[-1])
@given(st.lists(st.sampled_from(ROWS), max_size=12), st.sampled_from(MERGES))
def test_what_is_told_at_first_sight_is_told_by_all_questions(
    rows: list[list[object]], merges: tuple[str, ...]
) -> None:
    made = sheet([HEADS, row(1), row(2), *rows], merges)  # type: ignore[arg-type]
    quick = tables(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Reader, "is_plainly_record", lambda *_: False)
        patch.setattr(_Reader, "_are_different", lambda *_: False)
        assert tables(made) == quick
