"""Sheets that look like registers from afar and are none."""

import pytest
from tests.layout.small_sheets import sheet, tables

from regsheet.grid.cells import Value

ASSETS: list[list[Value]] = [
    [
        "Asset ID",
        "Asset Name",
        "Asset Description",
        "Owner",
        "Location",
        "Confidentiality",
        "Integrity",
        "Availability",
        "Value",
    ],
    ["A1", "Laptop", "Laptop of the chief", "IT", "Hall", 3, 3, 2, 8],
    ["A2", "Server", "Server in the cellar", "IT", "Cellar", 2, 3, 3, 8],
]
VENDORS: list[list[Value]] = [
    ["Vendor Name", "Data Sensitivity", "System Access", "Regulatory Impact", "Inherent Risk Score", "Risk Tier"],
    ["Acme", 5, 4, 3, 12, "High"],
    ["Bolt", 1, 2, 2, 5, "Low"],
]
COUNTS: list[list[Value]] = [
    ["Date", "Issued", "Closed", "Open this week", "Remarks"],
    ["2024-01-01", 3, 2, 1, ""],
    ["2024-01-08", 5, 2, 4, ""],
]
DICTIONARY: list[list[Value]] = [
    ["Column", "Meaning", "Example"],
    ["Risk ID", "Number of the risk", "R1"],
    ["Impact", "How bad", "4"],
]
KEY: list[list[Value]] = [["Value", "Impact level", "Description", "Value", "Likelihood", "Description"]] + [
    [n, f"Level {n}", "How bad it is", n, f"Chance {n}", "How often"] for n in range(5, 0, -1)
]
TEXTS: list[list[Value]] = [
    [None, "Acceptable, little effect", "Tolerable", "Not to be borne"],
    ["Improbable", "A pen breaks", "A lamp breaks", "The hall burns"],
    ["Possible", "A key is lost", "A window breaks", "The hall floods"],
]


@pytest.mark.parametrize("rows", [ASSETS, VENDORS, COUNTS, DICTIONARY, KEY, TEXTS, [["", None]], []])
def test_left_alone(rows: list[list[Value]]) -> None:
    assert tables(sheet(rows)) == []
