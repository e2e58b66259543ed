"""What one letter says, as plain values for the templates: nothing in it can be called or changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from regsheet.mail.contents import Contents, SheetFinding
from regsheet.mail.days import weekday_words
from regsheet.mail.picture import Heatmap, RiskLine, heatmaps
from regsheet.mail.recipients import Share
from regsheet.writer.sheets.texts import count_words, date_words
from regsheet.writer.sheets.wording import wording

Kind = Literal["findings", "nothing", "assurance"]
SAME = "(the same, as a number or formula)"
MOST = 100
"""Findings, and risks, that a letter lists; the Findings sheet and the register have them all."""

TEAM = "colleagues"
"""What the assurance team is called in its own letter."""


@dataclass(frozen=True, slots=True)
class Item:
    """One finding as a letter shows it. ``place`` is the cell, with its sheet where there are several."""

    number: int
    severity: str
    code: str
    rule: str
    ref: str
    title: str
    owner: str
    field: str
    place: str
    message: str
    advice: str
    before: str
    after: str
    basis: str


@dataclass(frozen=True, slots=True)
class Counted:
    """Words and how often they apply."""

    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A heatmap in a letter. ``image`` is the address of the picture within the mail, empty without one."""

    title: str
    stage: str
    image: str
    width: int
    height: int
    alternative: str
    lines: tuple[RiskLine, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Letter:
    """All that a template may use; ``templates/README.md`` says what each is."""

    kind: Kind
    name: str
    role: str
    file: str
    attachment: str
    as_of: str
    reply_by: str
    sender: str
    findings_count: str
    counts: str
    kinds: tuple[Counted, ...]
    sheet: str
    one_sheet: bool
    to_do: int
    to_confirm: int
    left_out: int
    items: tuple[Item, ...]
    corrected: tuple[Item, ...]
    waived: int
    reasons: tuple[Counted, ...]
    risks: int
    heatmaps: tuple[Picture, ...]
    subject: str = ""


def letter_for(
    contents: Contents, share: Share, *, sender: str, attachment: str, reply_by: dt.date
) -> tuple[Letter, tuple[Heatmap, ...]]:
    """The letter to one person or the team, and its pictures, of which the letter holds the addresses only."""
    findings = [finding for finding in share.findings if not finding.is_waived]
    sheets = Counter(finding.sheet for finding in findings if finding.sheet)
    usual = max(sheets, key=lambda sheet: sheets[sheet], default="")
    to_do = [finding for finding in findings if not finding.is_corrected]
    to_confirm = [finding for finding in findings if finding.is_corrected]
    maps = heatmaps(contents.book, share.risks)
    kind: Kind = "findings" if findings else "nothing"
    person = share.person
    letter = Letter(
        kind="assurance" if person is None else kind,
        name=TEAM if person is None else person.called,
        role="" if person is None else person.role,
        file=contents.source_name,
        attachment=attachment,
        as_of=date_words(contents.as_of),
        reply_by=weekday_words(reply_by),
        sender=sender,
        findings_count=count_words(len(findings), "finding"),
        counts=_counts(findings),
        kinds=_kinds(findings),
        sheet=usual,
        one_sheet=len(sheets) < 2,
        to_do=len(to_do),
        to_confirm=len(to_confirm),
        left_out=sum(max(len(some) - MOST, 0) for some in (to_do, to_confirm)),
        items=_items(to_do[:MOST], usual),
        corrected=_items(to_confirm[:MOST], usual),
        waived=len(share.findings) - len(findings),
        reasons=tuple(Counted(reason.words, number) for reason, number in share.reasons.items()),
        risks=len(share.risks),
        heatmaps=tuple(_picture(one, number) for number, one in enumerate(maps, 1)),
    )
    return letter, maps


def picture_name(number: int) -> str:
    """The name of a picture within a mail."""
    return f"heatmap{number}"


def _picture(one: Heatmap, number: int) -> Picture:
    image = f"cid:{picture_name(number)}@regsheet" if one.png else ""
    return Picture(one.title, one.stage, image, one.width, one.height, one.alternative, one.lines[:MOST],
                   max(len(one.lines) - MOST, 0))  # fmt: skip


def _counts(findings: Sequence[SheetFinding]) -> str:
    """``3 errors, 1 warning and 2 notes``."""
    numbers = Counter(finding.severity for finding in findings)
    words = [wording("severity")[key] for key in ("error", "warning", "note")]
    said = [count_words(numbers[word], word.lower()) for word in words if numbers[word]]
    return " and ".join(part for part in (", ".join(said[:-1]), *said[-1:]) if part)


def _kinds(findings: Sequence[SheetFinding]) -> tuple[Counted, ...]:
    """Each kind of finding, the most frequent first."""
    numbers = Counter(_rule(finding) for finding in findings)
    return tuple(Counted(words, number) for words, number in sorted(numbers.items(), key=lambda kind: -kind[1]))


def _rule(finding: SheetFinding) -> str:
    """``wrong-overall-rating`` as words."""
    words = finding.name.replace("-", " ").strip() or finding.code
    return words[:1].upper() + words[1:]


def _items(findings: Sequence[SheetFinding], usual: str) -> tuple[Item, ...]:
    return tuple(_item(finding, number, usual) for number, finding in enumerate(findings, 1))


def _sentence(finding: SheetFinding) -> str:
    """What is wrong, without the risk's name in front, which stands beside it."""
    named, colon, rest = finding.message.partition(": ")
    short = named.removesuffix("…")
    is_named = bool(colon) and (named == finding.ref or (named != short and finding.title.startswith(short)))
    words = rest if is_named or (colon and named == finding.title) else finding.message
    return words[:1].upper() + words[1:]


def _item(finding: SheetFinding, number: int, usual: str) -> Item:
    parts = (finding.cell, "" if finding.cell and finding.sheet == usual else finding.sheet)
    rule = _rule(finding)
    return Item(
        number=number,
        severity=finding.severity,
        code=finding.code,
        rule=rule[:1].lower() + rule[1:],
        ref=finding.ref,
        title=finding.title,
        owner=finding.owner,
        field=finding.field,
        place=", ".join(part for part in parts if part),
        message=_sentence(finding),
        advice=finding.advice,
        before=finding.before,
        after=f"{finding.after} {SAME}" if finding.after and finding.after == finding.before else finding.after,
        basis=finding.basis,
    )
