"""What the doctor finds in a workbook, and what it says of it."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "roundtrip"))

from odd_packages import ODDITIES
from package_parts import SHEET, parts_of, zipped
from rich_workbook import FEATURES, rich_workbook

from regsheet.doctor.diagnosis import Diagnosis, Holding, diagnose
from regsheet.doctor.wording import wording
from regsheet.package import Package

NAME = "Chief's data & more"
BARE = frozenset(FEATURES) - {"names", "filter", "print settings", "hidden first"}


def found(data: bytes) -> dict[str, Holding]:
    return {holding.key: holding for holding in diagnose(Package(data, "book.xlsx")).holdings}


def odd(name: str) -> dict[str, Holding]:
    parts = parts_of(rich_workbook(BARE))
    ODDITIES[name](parts)
    return found(zipped(parts))


@pytest.mark.parametrize(
    ("feature", "key", "sheets"),
    [
        ("note", "notes", (NAME, "Other")),
        ("button", "form-controls", (NAME,)),
        ("text box", "shapes", (NAME,)),
        ("chart", "charts", (NAME,)),
        ("chart sheet", "chart-sheets", ("Picture",)),
        ("image", "pictures", (NAME,)),
        ("table", "tables", (NAME,)),
        ("conditional formats", "newer-formats", (NAME,)),
        ("sparklines", "sparklines", (NAME,)),
        ("header picture", "header-pictures", ("Other",)),
        ("hidden sheet", "hidden-sheets", ("Hidden",)),
        ("very hidden sheet", "very-hidden-sheets", ("Very hidden",)),
        ("protection", "protected-sheets", (NAME,)),
        ("array", "array-formulas", (NAME,)),
        ("rich text", "rich-text", ()),
    ],
)
def test_a_feature_is_found_where_it_is(feature: str, key: str, sheets: tuple[str, ...]) -> None:
    without = found(rich_workbook(frozenset()))
    holding = found(rich_workbook(frozenset({feature})))[key]
    assert set(sheets) == set(holding.sheets)
    assert key not in without or without[key].count < holding.count
    assert holding.outcome == "kept"
    assert holding.sentence.endswith(".")


@pytest.mark.parametrize(
    ("oddity", "key", "outcome"),
    [
        ("macros", "macros", "kept"),
        ("macros", "macro-signature", "broken"),
        ("revisions", "shared-workbook", "broken"),
        ("label_and_items", "sensitivity-label", "kept"),
        ("label_and_items", "custom-xml", "kept"),
        ("threaded", "threaded-comments", "limited"),
        ("unsound_vml", "unsound-drawings", "limited"),
        ("workbook_protection", "protected-structure", "kept"),
        ("chain_of_calculation", "calculation-chain", "rebuilt"),
        ("data_table", "data-tables", "kept"),
        ("dialog_sheet_first", "dialog-sheets", "kept"),
        ("strict", "form-controls", "kept"),
        ("prefixed", "sparklines", "kept"),
        ("utf16", "protected-sheets", "kept"),
        ("elsewhere", "charts", "kept"),
    ],
)
def test_an_oddity_is_found(oddity: str, key: str, outcome: str) -> None:
    assert odd(oddity)[key].outcome == outcome


def test_a_signature_is_announced_as_broken() -> None:
    parts = parts_of(rich_workbook(frozenset()))
    parts["_xmlsignatures/sig1.xml"] = b"<Signature/>"
    diagnosis = diagnose(Package(zipped(parts)))
    assert "signature" in {holding.key for holding in diagnosis.announced}


def test_a_damaged_part_is_told_and_does_not_stop_the_doctor() -> None:
    parts = parts_of(rich_workbook(frozenset({"chart"})))
    parts["xl/drawings/drawing1.xml"] = b"<oops"
    damaged = found(zipped(parts))["damaged-part"]
    assert "drawing1.xml" in damaged.name
    assert damaged.sheets == (NAME,)


def test_a_plain_workbook_holds_little() -> None:
    parts = parts_of(rich_workbook(frozenset()))
    assert set(found(zipped(parts))) <= {"notes", "theme"}


def test_every_feature_has_signs_and_words() -> None:
    outcomes = wording("features")["outcomes"]
    keys = [feature["key"] for feature in wording("features")["feature"]]
    assert len(keys) == len(set(keys))
    for feature in wording("features")["feature"]:
        assert feature["outcome"] in outcomes
        assert feature["name"][0].isupper()
        assert feature["sentence"].count(". ") == 0
        signs = {"kinds", "folders", "elements", "patterns", "otherwise"} & set(feature)
        assert signs or feature["key"] == "unsound-drawings"


def test_announced_is_what_does_not_simply_stay() -> None:
    kept = Holding("a", "A", 1, (), "kept", "It stays.")
    broken = Holding("b", "B", 1, (), "broken", "It breaks.")
    assert Diagnosis("book.xlsx", (kept, broken)).announced == (broken,)


def test_the_doctor_changes_nothing() -> None:
    package = Package(rich_workbook(BARE))
    diagnose(package)
    assert package.to_bytes() == package.source_bytes or not any(package.is_changed(name) for name in package.names)
    assert SHEET in package
