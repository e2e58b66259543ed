"""Changes in plain sentences, the same in the terminal and in the workbook."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from regsheet.changes.comparison import Comparison, FieldChange, Item, ItemChange, Risk, RiskChange, Score, ScoreMove
from regsheet.model.register import shorten
from regsheet.model.scoring import plain
from regsheet.reports.wording import counted, long_date

LONGEST = 90
"""Letters of a text that a sentence quotes."""

SIGNS = {"worse": "▲", "better": "▼", "level": "●"}
"""Which way a score went, for those who do not see colours."""

NOTHING = "blank"

COUNTED = ("new", "gone", "closed", "changed", "only_reviewed")
"""What the headline counts of risks."""


@cache
def wording(section: str) -> dict[str, str]:
    """A section of the wording: templates by key."""
    text = files(__package__).joinpath("wording.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = tomllib.loads(text)
    return found[section]


def counts(comparison: Comparison) -> dict[str, int]:
    """How much changed, by kind; the keys of the JSON."""
    moves = Counter(move.move for _, move in comparison.moves)
    items = Counter(change.kind for change in comparison.items)
    fields = Counter(kind for risk in comparison.changed for kind in {change.kind for change in risk.changes})
    due = [risk for risk in comparison.changed if any(change.field == "action_date" for change in risk.changes)]
    return {
        "new": len(comparison.new),
        "gone": len(comparison.gone),
        "closed": len(comparison.closed),
        "changed": len(comparison.changed),
        "only_reviewed": sum(risk.only_reviewed for risk in comparison.changed),
        "renumbered": fields["reference"],
        "retitled": fields["title"],
        "worse": moves["worse"],
        "better": moves["better"],
        "owners": fields["owner"],
        "dates": fields["date"],
        "action_dates": len(due),
        "actions": fields["action"],
        "assurance_added": items["added"],
        "assurance_removed": items["removed"],
        "assurance_changed": items["changed"],
    }


def headline(comparison: Comparison) -> str:
    """How much changed, in a sentence or two."""
    if comparison.is_empty:
        return wording("counts")["same"]
    words, number, parts = wording("counts"), counts(comparison), []
    if comparison.old_risks or comparison.new_risks:
        then = counted(comparison.old_risks, "risk")
        keys = [key for key in COUNTED if number[key] or key in ("new", "gone", "changed")]
        told = ", ".join(f"{number[key]} {words[key]}" for key in keys)
        parts.append(words["risks"].format(old=then, new=comparison.new_risks) + f": {told}.")
    moved = [f"{counted(number[key], 'score')} {word}" for key, word in (("worse", "rose"), ("better", "fell"))
             if number[key]]  # fmt: skip
    if moved:
        parts.append(", ".join(moved) + ".")
    items = [f"{number[f'assurance_{key}']} {key}" for key in ("added", "removed", "changed")]
    if comparison.items:
        parts.append(f"Items of assurance: {', '.join(items)}.")
    return " ".join(parts) or wording("counts")["same"]


def risk_name(risk: Risk) -> str:
    """``SR2 Cyber attack``."""
    return " ".join(filter(None, (risk.ref, risk.title))) or f"{risk.sheet} {risk.cell}".strip()


def change_sentences(change: RiskChange) -> list[str]:
    """What changed of a risk, the weightiest first."""
    words = wording("change")
    found = [_field_sentence(field) for field in change.of_kind("reference", "title")]
    if change.sheet_changed:
        found.append(words["sheet"].format(old=change.old.sheet, new=change.new.sheet))
    if change.closing:
        found.append(words[change.closing])
    found += [move_sentence(move) for move in change.moves]
    reviews = [field for field in change.of_kind("date") if field.field in ("review_date", "next_review_date")]
    for kind in ("owner", "date", "action", "status", "control", "text", "row"):
        for field in change.of_kind(kind):
            found += field_sentences(field) if field not in reviews else []
    return found + [sentence for field in reviews for sentence in field_sentences(field)]


def move_sentence(move: ScoreMove) -> str:
    """``Residual risk rose: 12 (Amber) → 16 (Red), likelihood 3 → 4.``"""
    words, name = wording("move"), move.name
    if move.old.is_blank or move.new.is_blank:
        key = "first" if move.old.is_blank else "gone"
        return words[key].format(name=name, old=score_words(move.old), new=score_words(move.new))
    return words[move.move].format(name=name, detail=move_detail(move))


def move_detail(move: ScoreMove) -> str:
    """``12 (Amber) → 16 (Red), likelihood 3 → 4``."""
    parts = []
    if "rating" in move.parts or "band" in move.parts:
        parts.append(f"{score_words(move.old)} → {score_words(move.new)}")
    for part in ("likelihood", "impact"):
        if part in move.parts:
            parts.append(f"{part} {part_words(move.old, part)} → {part_words(move.new, part)}")
    return ", ".join(parts)


def score_words(score: Score) -> str:
    """``16 (Red)``; the band alone where there is no number; what stands there where it is not one."""
    rating = part_words(score, "rating")
    if score.rating is None and "rating" not in score.typed:
        both = [part_words(score, part) for part in ("likelihood", "impact")]
        return score.band or (f"no rating ({' × '.join(both)})" if any(word != NOTHING for word in both) else NOTHING)
    same = score.band.casefold() == rating.casefold()
    return f"{rating} ({score.band})" if score.band and not same else rating


def part_words(score: Score, part: str) -> str:
    """One number of a score, or what stands in its place."""
    number = getattr(score, part)
    return score.typed.get(part, NOTHING) if number is None else plain(number)


def field_sentences(change: FieldChange) -> list[str]:
    """What changed of a field."""
    words, name = wording("change"), _capital(change.name)
    listed = [
        words[key].format(name=name, count=counted(len(items), "item"), items="; ".join(map(_short, items)))
        for key, items in (("added", change.added), ("removed", change.removed)) if items and change.kind != "row"
    ]  # fmt: skip
    if listed and change.old and change.new:
        return listed
    return [_field_sentence(change)]


def _field_sentence(change: FieldChange) -> str:
    words = wording("change")
    key = _template(change)
    return (
        words[key]
        .format(
            name=_capital(change.name),
            old=_short(change.old),
            new=_short(change.new),
            span=span_words(abs(change.days)),
        )
        .replace("….", "…")
    )


def _template(change: FieldChange) -> str:
    if change.kind == "row":
        return "row_came" if change.new else "row_went"
    if change.kind == "reference" and not (change.old and change.new):
        return "reference_given" if change.new else "reference_lost"
    if not change.old or not change.new:
        return "given" if change.new else "lost"
    if change.kind in ("reference", "title"):
        return change.kind
    if change.kind == "date" and change.days:
        return "later" if change.days > 0 else "earlier"
    if change.kind in ("owner", "status", "date") or max(len(change.old), len(change.new)) <= LONGEST // 2:
        return "replaced"
    return "reworded" if any(piece.change == "same" for piece in change.pieces) else "rewritten"


def span_words(days: int) -> str:
    """``91 days`` as ``3 months``; days where it is less than two months."""
    if days < 61:
        return counted(days, "day")
    months = round(days / 30.44)
    years, rest = divmod(months, 12)
    return " and ".join(filter(None, (counted(years, "year") if years else "", counted(rest, "month") if rest else "")))


def item_sentence(change: ItemChange) -> str:
    """What became of an item of assurance."""
    words = wording("item")
    found = change.new or change.old
    if found is None:
        return ""
    parts = "; ".join(item_parts(change))
    return words[change.kind].format(
        line=_capital(found.line_name or "item"), parts=_capital(parts) if change.kind == "changed" else parts,
        old=change.old.text if change.old else "", new=change.new.text if change.new else "",
    )  # fmt: skip


def item_parts(change: ItemChange) -> Iterator[str]:
    """What changed of an item: date, opinion, line; its words only where nothing else did."""
    if change.old is None or change.new is None:
        return
    words = wording("item")
    for part in change.parts:
        if part != "text":
            old, new = (_item_part(item, part) for item in (change.old, change.new))
            key = part if old and new else f"{part}_given" if new else f"{part}_lost"
            yield words[key].format(old=old, new=new)
    if change.parts == ("text",):
        yield words["text"]


def _item_part(item: Item, part: str) -> str:
    if part == "date":
        return item.date_text or (long_date(item.date) if item.date else "")
    return item.opinion if part == "opinion" else item.line_name or f"line {item.line}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(text: str) -> str:
    return shorten("; ".join(filter(None, text.split("\n"))), LONGEST).rstrip(".")
