"""Owners: who is named, and whether two spellings are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.values.owners import is_group, owner_key, owner_kind, split_owners


@pytest.mark.parametrize(
    "text",
    [
        "Chief Financial Officer",
        "Head of Law and Democracy",
        "Head of Housing, Planning and Environment",
        "HR & Finance Specialist",
        "Project and Programme Manager",
        "IT/Digital Manager",
        "Head of Planning/Environment",
        "Assistant Director (Housing/Planning)",
        "J. Smith (lead engineer)",
        "Jane Doe, Head of Finance",
        "Smith, John",
        "All Heads of Service",
        "L&W",
        "Head of Service - Housing",
        "Section 151 Officer",
    ],
)
def test_one_owner(text: str) -> None:
    assert split_owners(text) == (text,)


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Head of Law and Democracy/ Monitoring Officer", ("Head of Law and Democracy", "Monitoring Officer")),
        ("Project Manager / Environment Lead", ("Project Manager", "Environment Lead")),
        ("AF / MK", ("AF", "MK")),
        ("CMT/SLT", ("CMT", "SLT")),
        ("Jane Doe and John Smith", ("Jane Doe", "John Smith")),
        ("Jane Doe, John Smith and Ann Lee", ("Jane Doe", "John Smith", "Ann Lee")),
        ("Head of Housing & Head of Finance", ("Head of Housing", "Head of Finance")),
        ("Head of Finance\nHead of HR", ("Head of Finance", "Head of HR")),
        ("Jane Doe; John Smith", ("Jane Doe", "John Smith")),
        ("□ Chief Executive\n□ Section 151 Officer", ("Chief Executive", "Section 151 Officer")),
        ("Chief Executive/Leader", ("Chief Executive", "Leader")),
        ("J. Smith (lead) / A. Jones (ops)", ("J. Smith (lead)", "A. Jones (ops)")),
        ("team manager, project manager", ("team manager", "project manager")),
    ],
)
def test_several_owners(text: str, owners: tuple[str, ...]) -> None:
    assert split_owners(text) == owners


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Chief Financial\nOfficer", "Chief Financial Officer"),
        ("Head of Law and\nDemocracy", "Head of Law and Democracy"),
        ("Jane Doe\nHead of Finance", "Jane Doe, Head of Finance"),
        ("Jane Doe\n(Finance)", "Jane Doe (Finance)"),
        ("  Project   Manager ", "Project Manager"),
    ],
)
def test_broken_lines_are_joined(text: str, owner: str) -> None:
    assert split_owners(text) == (owner,)


@pytest.mark.parametrize("value", [None, "", "-", "n/a", "TBC", "XX"])
def test_no_owner(value: object) -> None:
    assert split_owners(value) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Head of Finance", "post"), ("Head of Customer Service", "post"), ("Jane Doe", "name"), ("J. Smith", "name"),
     ("AF", "initials"), ("CFO", "initials"), ("CMT", "group"), ("All", "group"), ("Finance Team", "group"),
     ("Executive Board", "group"), ("Security Operations", "group"), ("", "other"), ("Bob", "other")],
)  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    assert owner_kind(text) == kind
    assert is_group(text) == (kind == "group")


@pytest.mark.parametrize(
    "other",
    [
        "head of customer service and transformation",
        "Head of Customer Service & Transformation",
        "Head of Customer Service and Transformati on",
        " Head of Customer\nService and Transformation.",
    ],
)
def test_spellings_share_a_key(other: str) -> None:
    assert owner_key(other) == owner_key("Head of Customer Service and Transformation")


def test_other_owners_have_other_keys() -> None:
    assert owner_key("Head of HR") != owner_key("Head of IT")
    assert owner_key("—") == ""


@given(st.one_of(st.none(), st.integers(), st.floats(), st.text(), st.text(alphabet="AaBb of/&,;\n()-Head")))
def test_anything_is_split_into_tidy_owners(value: object) -> None:
    for owner in split_owners(value):
        assert owner and owner == " ".join(owner.split())
    owner_kind(value)
    owner_key(value)
