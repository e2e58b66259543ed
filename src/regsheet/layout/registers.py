"""Builds the table of one block: is it a register, what do its columns mean, which rows are risks, how is it scored."""

from __future__ import annotations

from collections.abc import Sequence

from regsheet.layout.beside import without_keys
from regsheet.layout.body import Body, read_body
from regsheet.layout.columns import Meaning, understand
from regsheet.layout.headings import Block
from regsheet.layout.scoring import Found
from regsheet.layout.settled import SettledColumns
from regsheet.layout.tables import Table
from regsheet.layout.view import SheetView
from regsheet.layout.vocabulary import SCORING, heading_key, speaks_of_risk, vocabulary
from regsheet.values.text import one_line

_TREATMENT = ("controls", "actions", "response")
_SUBSTANCE = ("cause", "consequence", *_TREATMENT)
_FULL_ENOUGH = 0.34


def build_register(
    view: SheetView, block: Block, rows: Sequence[int], settled: SettledColumns | None = None
) -> Found | None:
    """The register under a block, or None where the block heads something else.

    Settled columns make it a register where they say which one names the risk, and none where all are left alone.
    """
    settled = settled or {}
    if len(settled) == len(block.headings) and not any(settled.values()):
        return None
    bare = without_keys(view, block, rows)
    if {heading.column for heading in bare.headings} >= settled.keys():
        block = bare
    rows = [row for row in rows if row >= block.body_row]
    meaning = understand(view, block, _sample(view, block, rows), settled)
    named = {"title", "description"} & set(settled.values())
    why = "its columns are settled in regsheet.toml" if named else _is_register(view, block, meaning)
    if why is None:
        return None
    body = read_body(view, block, meaning, rows)
    return Found(view, _table(view, block, meaning, body, why), meaning)


def _sample(view: SheetView, block: Block, rows: Sequence[int]) -> list[int]:
    """The rows to judge columns by: those about as full as the fuller ones, so that no key below has a say."""
    columns = {heading.column for heading in block.headings}
    sizes = view.held(rows).sizes(columns)
    fuller = sorted(size for size in sizes if size >= 2)
    least = max(2.0, _FULL_ENOUGH * fuller[len(fuller) * 3 // 4]) if fuller else 2.0
    return [row for row, size in zip(rows, sizes, strict=True) if size >= least]


def _is_register(view: SheetView, block: Block, meaning: Meaning) -> str | None:
    """Why a block heads a register; None where it does not."""
    fields = meaning.fields()
    if "title" not in fields and "description" not in fields:
        return None
    scores = {name for name in fields if name.endswith(SCORING)}
    likelihood = any(name.endswith("_likelihood") for name in scores)
    impact = any(name.endswith("_impact") for name in scores)
    known = {name for name in _SUBSTANCE if name in fields} - {"cause"}
    substance = len(known) + ({"action_owner", "action_date"} <= fields)
    risky = _speaks_of_risk(view, block, meaning)
    if _other_subject(meaning) or _is_scale(meaning):
        return None
    if likelihood and impact and len(fields) >= 3 and (risky or substance):
        return "it scores likelihood and impact"
    if risky and len(fields) >= 4 and (scores or substance >= 1):
        return "its words speak of risks and it says what is done about them"
    if _is_named_register(view, block) and scores and substance:
        return "the sheet calls itself a register of risks"
    if _lists_risks(meaning) and known & set(_TREATMENT):
        return "it lists risks and what is done about them"
    return None


def _lists_risks(meaning: Meaning) -> bool:
    """Whether the column that names each row, or the one that numbers it, says that the rows are risks."""
    named = [column.heading for column in meaning.columns if column.field in {"title", "ref"}]
    return any("risk" in words or "risks" in words for words in (heading_key(text).split() for text in named))


def _is_named_register(view: SheetView, block: Block) -> bool:
    above = [
        view.text(row, c) for row in range(max(1, block.first_row - 6), block.first_row) for c in view.rows.get(row, {})
    ]
    words = [frozenset(heading_key(text).split()) for text in (view.sheet.name, *(t for t in above if len(t) < 120))]
    return any(
        found & vocabulary().kinds["risk_words"] and found & vocabulary().kinds["register_words"] for found in words
    )


def _speaks_of_risk(view: SheetView, block: Block, meaning: Meaning) -> bool:
    named = [
        column.heading
        for column in meaning.columns
        if column.field in {"ref", "title", "description", "owner", "category"}
    ]
    above = [
        view.text(row, column)
        for row in range(max(1, block.first_row - 6), block.first_row)
        for column in view.rows.get(row, {})
    ]
    return any(speaks_of_risk(text) for text in (*named, *(t for t in above if len(t) < 200), view.sheet.name))


def _other_subject(meaning: Meaning) -> bool:
    """Whether the first headings name another thing that the rows are about: vendors, test cases, audits."""
    title = next((column for column in meaning.columns if column.field == "title"), None)
    if title is None or speaks_of_risk(title.heading):
        return False
    words = {word for column in meaning.columns[:2] for word in heading_key(column.heading).split()}
    return bool(
        words & {"vendor", "supplier", "stakeholder", "requirement", "audit", "incident", "test", "lesson", "change"}
    )


def _is_scale(meaning: Meaning) -> bool:
    """Whether the scores run up or down row by row: the key to a register, or the lists behind its drop-downs."""
    rated = [
        c for c in meaning.columns if (c.field or "").endswith("_rating") and meaning.readings[c.index].profile.filled
    ]
    scores = [
        meaning.readings[c.index].profile
        for c in meaning.columns
        if (c.field or "").endswith(("_likelihood", "_impact"))
    ]
    return (
        not rated
        and len(scores) >= 2
        and all(
            found.filled >= 3
            and found.distinct == found.filled
            and (_runs(found.numbers) if found.numbers else found.filled >= 4)
            for found in scores
        )
    )


def _runs(numbers: Sequence[float]) -> bool:
    return list(numbers) in (sorted(numbers), sorted(numbers, reverse=True))


def _table(view: SheetView, block: Block, meaning: Meaning, body: Body, why: str) -> Table:
    lines = [line for lines in body.continuations.values() for line in lines]
    return Table(
        sheet=view.sheet.name,
        kind="register",
        header_rows=(block.first_row, block.last_row),
        first_row=body.rows[0] if body.rows else None,
        last_row=max([*body.rows, *lines]) if body.rows else None,
        columns=meaning.columns,
        rows=tuple(body.rows),
        n_risks=body.risks,
        sections=body.sections,
        continuations={row: tuple(more) for row, more in body.continuations.items()},
        context={**meaning.stage_names, **_title_above(view, block)},
        confidence=_confidence(meaning),
        reasons=(why,),
    )


def _title_above(view: SheetView, block: Block) -> dict[str, str]:
    for row in range(block.first_row - 1, max(0, block.first_row - 8), -1):
        for column in view.rows.get(row, {}):
            text = one_line(view.text(row, column))
            if speaks_of_risk(text) and len(text) <= 120:
                return {"sheet_title": text}
    return {}


def _confidence(meaning: Meaning) -> float:
    sure = [column.confidence for column in meaning.columns if column.field]
    return round(sum(sure) / len(sure), 2) if sure else 0.0
