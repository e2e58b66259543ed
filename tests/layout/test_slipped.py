"""Registers from a PDF: pages, figures run together, columns that slip."""

import pytest
from tests.layout.small_sheets import sheet, tables

from regsheet.grid.cells import Value
from regsheet.layout.figures import Figure, figures_in, leading_figure, place_figures

LONG = (
    "• the depot is shut for weeks and the lorries cannot leave it\n• the town pays for others to do the work instead"
)
PAGE = [
    "Ref",
    "Risk Definition",
    "Root Cause",
    "Consequence / effect",
    "Likelihood",
    "Impact Overall rating",
    "Existing Controls",
    "Likelihood",
    "Impact",
    "Overall rating",
    "Further management actions",
    "Target date",
    "Likelihood",
    "Impact Overall rating",
    "Risk Owner",
    "Review Commentary",
]


def page(records: list[list[Value]]) -> list[list[Value]]:
    return [[None, None, "Town risk register"], list(PAGE), *records, []]


def record(ref: str, scores: list[Value], action: str = "Build a wall") -> list[Value]:
    return [
        ref,
        "A flood",
        LONG,
        LONG,
        *scores[:2],
        LONG,
        *scores[2:5],
        action,
        "Sep-24",
        *scores[5:7],
        "Head of Depots",
        "Seen",
    ]


def pages() -> list[list[Value]]:
    return [
        *page(
            [
                record("T1", [5, "4 20", 4, 4, 16, 3, "2 6"]),
                record("T2", [None, "3 12", None, 3, None, "2 3", None], "6 Build a wall"),
            ]
        ),
        *page(
            [
                record("T3", ["3 4 12", None, 3, "3 9", None, 2, "2 4"]),
                record("T4", ["4 4", None, 2, 2, "x", None, None]),
            ]
        ),
    ]


def test_pages_are_one_register_read_cell_by_cell() -> None:
    (table,) = tables(sheet(pages()))
    assert table.n_risks == 4
    assert table.rating_rule == "product"
    scores = {
        ref: [
            table.readings[row, f"{stage}_{slot}"].text
            for stage in ("inherent", "residual", "target")
            for slot in ("likelihood", "impact", "rating")
        ]
        for ref, row in zip(["T1", "T2", "T3", "T4"], table.rows, strict=True)
    }
    assert scores["T1"] == ["5", "4", "20", "4", "4", "16", "3", "2", "6"]
    assert scores["T2"] == ["", "3", "12", "", "3", "6", "2", "3", ""]
    assert scores["T3"] == ["3", "4", "12", "3", "3", "9", "2", "2", "4"]
    assert scores["T4"] == ["4", "4", "", "2", "2", "", "", "", ""]


def test_what_is_not_legible_is_said_and_not_guessed() -> None:
    (table,) = tables(sheet(pages()))
    last = table.rows[-1]
    assert table.unreadable[last, "inherent_rating"]
    assert '"x"' in table.unreadable[last, "residual_rating"]
    assert all(not table.readings[key].text for key in table.unreadable)


@pytest.mark.parametrize(
    ("text", "starts", "placed"),
    [
        ("3 4 12", {5: "likelihood"}, {"likelihood": 3, "impact": 4, "rating": 12}),
        ("4 20", {5: "impact"}, {"impact": 4, "rating": 20}),
        ("3 12", {5: "impact"}, {"impact": 3, "rating": 12}),
        ("4 2", {5: "likelihood"}, {"likelihood": 4, "impact": 2}),
        ("2 3", {5: "impact"}, {"likelihood": 2, "impact": 3}),
        ("9", {5: "rating"}, {"rating": 9}),
        ("7", {}, {"rating": 7}),
        ("4", {}, {}),
    ],
)
def test_figures_run_together(text: str, starts: dict[int, str], placed: dict[str, int]) -> None:
    found = place_figures(figures_in(text, 1, 5), starts, 5)
    assert {slot: figure.value for slot, figure in found.items()} == placed


def test_a_figure_at_the_start_of_a_text_belongs_to_the_scores_and_a_number_does_not() -> None:
    assert leading_figure("6\n□ Build a wall", 1, 1) == Figure(6, 1, 1, 0, True)
    assert leading_figure("4 Head of Depots", 1, 1) == Figure(4, 1, 1, 0, True)
    assert leading_figure("19. Working alone", 1, 1) is None
    assert leading_figure("24 hours a day", 1, 1) is None
