"""Every rule's examples, its page and its place in the registry: nobody writes a test file to add a rule."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import regsheet.rules
from regsheet.rules import pages, registry
from regsheet.rules.base import HEADINGS, Example, Rule
from regsheet.rules.examples import findings_of, places_of
from regsheet.rules.findings import Severity
from regsheet.rules.written_pages import PAGES

ROOT = Path(regsheet.rules.__file__).parent
FRAMEWORK = {"base", "registry", "runner", "pages", "examples", "findings"}


def rule_classes() -> set[type[Rule]]:
    """Every concrete rule that any module of the package defines."""
    found: set[type[Rule]] = set()
    for module in pkgutil.walk_packages([str(ROOT)], "regsheet.rules."):
        members = inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        found |= {
            member
            for _, member in members
            if issubclass(member, Rule) and "code" in vars(member) and member.__module__ == module.name
        }
    return found  # fmt: skip


def cases(kind: str) -> list[object]:
    return [pytest.param(rule, example, id=f"{rule.code}-{number}")
            for rule in registry.RULES for number, example in enumerate(getattr(rule, kind))]  # fmt: skip


def test_every_rule_is_registered_once() -> None:
    assert rule_classes() == set(registry.RULES)
    assert len(registry.RULES) == len({rule.code for rule in registry.RULES})
    assert len(registry.RULES) == len({rule.name for rule in registry.RULES})


def test_the_registry_is_in_family_and_code_order() -> None:
    order = [(list(registry.FAMILIES).index(rule.family()), rule.code) for rule in registry.RULES]
    assert order == sorted(order)


@pytest.mark.parametrize("rule", registry.RULES, ids=lambda rule: rule.code)
def test_a_rule_stands_in_a_file_of_its_name(rule: type[Rule]) -> None:
    assert rule.__module__.rpartition(".")[2] == rule.name.replace("-", "_")
    assert isinstance(rule.severity, Severity)


@pytest.mark.parametrize("rule", registry.RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_whole_page(rule: type[Rule]) -> None:
    parts = pages.sections(rule)
    assert list(parts) == ["", *HEADINGS]
    assert all(text and text[-1] in ".:" for text in parts.values()), "every section is whole sentences"
    assert "\n" not in inspect.cleandoc(rule.__doc__ or "").split("\n\n")[0]
    assert rule.valid and rule.invalid
    for markdown in (True, False):
        assert all(heading in pages.page(rule.code, markdown=markdown) for heading in HEADINGS)


@pytest.mark.parametrize(("rule", "example"), cases("valid"))
def test_a_valid_example_is_silent(rule: type[Rule], example: Example) -> None:
    assert example.finds == ()
    assert [finding.message for finding in findings_of(rule, example)] == []


@pytest.mark.parametrize(("rule", "example"), cases("invalid"))
def test_an_invalid_example_is_found(rule: type[Rule], example: Example) -> None:
    findings = findings_of(rule, example)
    assert example.finds
    assert places_of(findings) == sorted(example.finds)
    for finding in findings:
        assert (finding.code, finding.name) == (rule.code, rule.name)
        assert finding.message.endswith((".", "?")) and ". ." not in finding.message
        assert finding.advice.endswith(".") and finding.advice[0].isupper()
        if finding.correction is not None:
            assert finding.correction.kind == rule.correction
            assert finding.correction.cell == finding.cell


def test_the_table_of_rules_is_fresh() -> None:
    shown = (ROOT / "README.md").read_text(encoding="utf-8")
    assert shown == pages.table_of_rules(), "run python -m regsheet.rules.pages"


def test_the_written_pages_are_fresh() -> None:
    assert PAGES.read_text(encoding="utf-8") == pages.all_pages(), "run python -m regsheet.rules.pages"
