"""Of which service a workbook is."""

import pytest

from regsheet.batch.service import service_of

SERVICES = {"Place/*": "Place and Environment", "*hr*": "Human Resources"}


@pytest.mark.parametrize(
    ("file", "title", "service"),
    [
        ("Place/trees.xlsx", "", "Place and Environment"),
        ("HR return.xlsx", "", "Human Resources"),
        ("Housing/Q4/register.xlsx", "", "Housing"),
        ("2024-Q4/Housing risk register.xlsx", "", "Housing"),
        ("Returns/Q4/Adult_Social_Care_Risk_Register_v2 final.xlsx", "", "Adult Social Care"),
        ("Housing risk register Q4 2024.xlsx", "", "Housing"),
        ("strategic-risk-register-2024-q3.xlsx", "", "Strategic"),
        ("Health & Safety register Dec24.xlsx", "", "Health & Safety"),
        ("Risk register of Legal.checked.xlsx", "", "Legal"),
        ("register.xlsx", "Leisure Risk Register – December 2024", "Leisure"),
        ("register.xlsx", "Leisure: risks that matter to all of us and what we do about every one of them", "Leisure"),
        ("register.xlsx", "Risk Register", "register"),
        ("register.xlsx", "", "register"),
    ],
)
def test_the_service(file: str, title: str, service: str) -> None:
    assert service_of(file, title, SERVICES) == service
