"""The pages of rules, as ``regsheet explain`` prints them."""

from __future__ import annotations

import pytest

from regsheet.errors import ConfigurationError
from regsheet.rules import pages


def test_a_page_has_its_rule_its_reasons_and_its_examples() -> None:
    page = pages.page("SC001")
    assert page.startswith("# SC001 wrong-overall-rating\n")
    assert "Severity: error. Family: scoring. Correction: made by default." in page
    assert "| R1 | Loss of a key supplier | 4 | 4 | 6 |" in page
    assert "- R1: residual rating is 6, but 4 × 4 = 16 (red)." in page
    assert "Not reported: this register adds its scores." in page


def test_a_page_for_the_terminal_has_no_markdown() -> None:
    page = pages.page("wrong-overall-rating", markdown=False)
    assert page.startswith("SC001 wrong-overall-rating\n==========================\n")
    assert "\n## " not in page and "| --- |" not in page
    assert "Residual likelihood: 4; Residual impact: 4; Residual rating: 6" in page


def test_an_unknown_rule_is_said_plainly() -> None:
    with pytest.raises(ConfigurationError, match="regsheet rules"):
        pages.page("XX001")
