"""Phrases that each text rule must report, and phrases that it must let pass, one file a rule in ``phrases/``.

A phrase is a text for the file's ``field``, a table of fields, or a list of texts for that many risks, of which the
first is asked about. ``besides`` are fields that every row has, ``others`` further rows, ``with`` the rows of the
other side of a join; ``map`` says that the rows are those of an assurance map.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from regsheet.rules import registry
from regsheet.rules.base import Example
from regsheet.rules.examples import FIRST_ROW, findings_of

FOLDER = Path(__file__).parent / "phrases"
FEWEST = 10
NOT_OF_WORDS = {"AM002", "AM008"}
"""Rules on the map that go by scores and counts."""

KINDS: dict[str, dict[str, Any]] = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")}


def cases(verdict: str) -> list[Any]:
    return [pytest.param(code, phrase, id=f"{code}-{number}") for code, kind in sorted(KINDS.items())
            for number, phrase in enumerate(kind[verdict], start=1)]  # fmt: skip


def example(kind: dict[str, Any], phrase: str | dict[str, str] | list[str]) -> Example:
    """The smallest workbook that holds the phrase; the row that is asked about comes first."""
    texts = phrase if isinstance(phrase, list) else [phrase]
    said = [text if isinstance(text, dict) else {kind["field"]: text} for text in texts]
    several = [{"ref": f"R{number}", "title": f"Risk {number}"} for number in range(1, len(said) + 1)]
    besides = several if isinstance(phrase, list) else [{}]
    rows = (*({**kind.get("besides", {}), **more, **one} for more, one in zip(besides, said, strict=True)),
            *kind.get("others", ()))  # fmt: skip
    there = tuple(kind.get("with", ()))
    settings = kind.get("settings", {})
    if kind.get("map"):
        return Example(rows=there, map_rows=rows, settings=settings)
    return Example(rows=rows, map_rows=there, settings=settings)


def reported(code: str, phrase: str | dict[str, str] | list[str]) -> list[str]:
    """What the rule says about the row with the phrase."""
    findings = findings_of(registry.rule_named(code), example(KINDS[code], phrase))
    first = str(FIRST_ROW)
    return [finding.message for finding in findings if (finding.cell or "").strip("ABCDEFGHIJKLMNOP") == first]


@pytest.mark.parametrize(("code", "phrase"), cases("silent"))
def test_a_phrase_passes(code: str, phrase: Any) -> None:
    assert reported(code, phrase) == []


@pytest.mark.parametrize(("code", "phrase"), cases("found"))
def test_a_phrase_is_reported(code: str, phrase: Any) -> None:
    assert len(reported(code, phrase)) >= 1


def test_every_rule_on_words_has_its_phrases() -> None:
    wanted = {rule.code for rule in registry.RULES if rule.family() in {"TX", "AM"}} - NOT_OF_WORDS
    assert wanted == set(KINDS)
    for code, kind in KINDS.items():
        for verdict in ("silent", "found"):
            phrases = [str(phrase) for phrase in kind[verdict]]
            assert len(set(phrases)) >= FEWEST, f"{code} has too few phrases that are {verdict}"
