import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.package import names

SEGMENT = st.text(string.ascii_letters + string.digits + " _-äß()[]&+é", min_size=1, max_size=12).filter(
    lambda text: text == text.strip()
)
PART = st.lists(SEGMENT, min_size=1, max_size=5).map("/".join)


def no_such(name: str) -> None:
    return None


@given(source=PART, part=PART)
def test_a_relative_target_leads_back_to_its_part(source: str, part: str) -> None:
    target = names.relative_target(source, part)
    assert names.resolve(source, target, no_such) == part


@given(source=PART)
def test_relationships_of_a_part_and_their_source_are_each_others_reverse(source: str) -> None:
    relationships = names.relationships_name(source)
    assert names.is_relationships(relationships)
    assert names.source_of(relationships) == source


def test_relationships_of_the_package() -> None:
    assert names.relationships_name("") == "_rels/.rels"
    assert names.source_of("_rels/.rels") == ""


@given(name=PART)
def test_canonical_names_stay_as_they_are(name: str) -> None:
    assert names.canonical(name) == name
    assert names.canonical("/" + name.replace("/", "\\")) == name


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("./worksheets/../styles.xml", "xl/styles.xml"),
        ("/xl/styles.xml", "xl/styles.xml"),
        ("..\\docProps\\app.xml", "docProps/app.xml"),
        ("my%20sheet.xml", "xl/my sheet.xml"),
        ("sheet.xml#A1", "xl/sheet.xml"),
        ("../../../etc/passwd", "etc/passwd"),
        ("#Sheet1!A1", "#Sheet1!A1"),
        ("", ""),
    ],
)
def test_targets_are_resolved_by_the_rules(target: str, expected: str) -> None:
    assert names.resolve("xl/workbook.xml", target, no_such) == expected


def test_the_right_reading_is_preferred_to_the_tolerant_ones() -> None:
    parts = {"xl/a.xml", "a.xml"}
    assert names.resolve("xl/workbook.xml", "a.xml", lambda name: name if name in parts else None) == "xl/a.xml"
    assert names.resolve("xl/workbook.xml", "/a.xml", lambda name: name if name in parts else None) == "a.xml"
    assert names.resolve("xl/workbook.xml", "a.xml", lambda name: name if name == "a.xml" else None) == "a.xml"
    assert names.resolve("xl/workbook.xml", "/a.xml", lambda name: name if name == "xl/a.xml" else None) == "xl/a.xml"


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../b", "/etc/passwd", "\\windows", "C:\\x", "c:x", "a\\..\\b", "a\0b", ""]
)
def test_unsafe_names(name: str) -> None:
    assert names.is_unsafe(name)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl\\workbook.xml", "a..b/c", "[Content_Types].xml", "./a", "é/ü"])
def test_safe_names(name: str) -> None:
    assert not names.is_unsafe(name)


@pytest.mark.parametrize(
    ("target", "scheme"),
    [("https://a.b/c", "https"), ("mailto:a@b", "mailto"), ("C:\\a", "C"), ("xl/a:b", ""), ("a.xml", ""), ("#a:b", "")],
)
def test_schemes(target: str, scheme: str) -> None:
    assert names.scheme_of(target) == scheme
