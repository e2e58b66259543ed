"""What changed, in the terminal. Every colour has a sign beside it: + - ▲ ▼, and round words that came or went."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from regsheet.changes.comparison import (
    Comparison,
    Comparisons,
    FieldChange,
    ItemChange,
    Piece,
    Risk,
    RiskChange,
    Score,
    ScoreMove,
)
from regsheet.changes.sentences import (
    SIGNS,
    headline,
    item_parts,
    move_detail,
    risk_name,
    score_words,
    span_words,
)
from regsheet.reports.wording import counted

CAME, WENT, CHANGED = "green", "red", "yellow"
MOVES = {"worse": "bold red", "better": "bold green", "level": "bold yellow"}
WORDS = {"worse": "rose", "better": "fell", "level": "changed"}
CONTEXT = 6
"""Words of unchanged text that are shown on either side of a change."""

NARROW, WIDE = 12, 18
"""Columns for the name of a field, on a narrow terminal and on others."""


def print_comparisons(console: Console, compared: Comparisons) -> None:
    """All that changed, workbook by workbook; then what could not be compared."""
    for number, book in enumerate(compared.books):
        if number:
            console.print()
            console.rule()
        print_comparison(console, book)
    for sign, style, files, words in (
        ("+", CAME, compared.only_new, "only in the new folder"),
        ("-", WENT, compared.only_old, "only in the old folder"),
    ):
        if files:
            console.print()
            console.print(Text(f"{counted(len(files), 'workbook')} {words}", style="bold"))
            console.print(_grid(console, ((Text(sign, style=style), "", Text(name)) for name in files), named=False))
    if compared.failed:
        console.print()
        console.print(Text(f"{counted(len(compared.failed), 'file')} not compared", style="bold yellow"))
        for item in compared.failed:
            console.print(Padding(Text(f"{item.file}: {item.reason}"), (0, 0, 0, 2)))
    if len(compared.books) > 1:
        console.print()
        same = sum(book.is_empty for book in compared.books)
        told = f"{counted(len(compared.books), 'pair')} of workbooks compared; {same or 'none'} unchanged."
        console.print(Text(told, style="bold"))


def print_comparison(console: Console, book: Comparison) -> None:
    """What changed from one workbook to another."""
    console.print(Text.assemble((book.old_file, "bold"), " → ", (book.new_file, "bold")))
    console.print(Padding(Text(headline(book)), (0, 0, 0, 2)))
    for remark in book.remarks:
        console.print(Padding(Text(remark, style=CHANGED), (0, 0, 0, 2)))
    _risks(console, "New risks", "+", CAME, book.new)
    _risks(console, "No longer there", "-", WENT, book.gone)
    for change in book.changed:
        _change(console, change)
    _assurance(console, book)


def _grid(console: Console, rows: Iterable[tuple[Text, str | Text, Text]], *, named: bool = True) -> Padding:
    grid = Grid(box=None, padding=(0, 1, 0, 0), show_header=False, expand=True)
    grid.add_column(width=1)
    if named:
        grid.add_column(width=NARROW if console.width < 70 else WIDE, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    for sign, name, text in rows:
        grid.add_row(*((sign, name, text) if named else (sign, text)))
    return Padding(grid, (0, 0, 0, 2))


def _risks(console: Console, heading: str, sign: str, style: str, risks: tuple[Risk, ...]) -> None:
    if not risks:
        return
    console.print()
    console.print(Text(heading, style="bold"))
    rows = []
    for risk in risks:
        text = Text(risk_name(risk), style="bold")
        scores = (f"{score.stage_name.lower()} {score_words(score)}" for score in risk.scores.values())
        details = [risk.owner, *scores, risk.status, risk.elsewhere]
        text.append("".join(f" · {detail}" for detail in details if detail), style="not bold")
        rows.append((Text(sign, style=f"bold {style}"), "", text))
    console.print(_grid(console, rows, named=False))


def _change(console: Console, change: RiskChange) -> None:
    console.print()
    console.print(Text(risk_name(change.new), style="bold"), soft_wrap=False)
    rows: list[tuple[Text, str | Text, Text]] = []
    sign = Text("~", style=CHANGED)
    if change.sheet_changed:
        rows.append((sign, "sheet", Text(f"{change.old.sheet} → {change.new.sheet}")))
    if change.closing:
        rows.append((sign, "closed", Text("yes" if change.closing == "closed" else "no longer")))
    rows += [_move(move) for move in change.moves]
    rows += [_field(field) for field in change.changes]
    console.print(_grid(console, rows))


def _move(move: ScoreMove) -> tuple[Text, Text, Text]:
    """``▲ residual  12 (Amber) → 16 (Red), likelihood 3 → 4; rose``."""
    style = MOVES[move.move]
    detail = Text(f"{WORDS[move.move]} ", style=style)
    detail.append(_ends(move.old, move.new) or move_detail(move), style="not bold default")
    return Text(SIGNS[move.move], style=style), Text(move.name.lower()), detail


def _ends(old: Score, new: Score) -> str:
    if old.is_blank or new.is_blank:
        return f"{score_words(old)} → {score_words(new)}"
    return ""


def _field(change: FieldChange) -> tuple[Text, Text, Text]:
    name = Text(change.name)
    if not change.old or not change.new:
        mark, style, only = ("+", CAME, change.new) if change.new else ("-", WENT, change.old)
        return Text(mark, style=f"bold {style}"), name, Text(only, style=style)
    sign = Text("~", style=CHANGED)
    if change.pieces and change.kind != "owner":
        return sign, name, pieces_text(change.pieces)
    text = Text(f"{_flat(change.old)} → {_flat(change.new)}")
    if change.days:
        text.append(f" ({span_words(abs(change.days))} {'later' if change.days > 0 else 'earlier'})", style=CHANGED)
    return sign, name, text


def _flat(text: str) -> str:
    return "; ".join(text.split("\n"))


def pieces_text(pieces: tuple[Piece, ...]) -> Text:
    """Words that went as ``[-so-]``, words that came as ``{+so+}``; long stretches between are cut short."""
    text = Text()
    if len(pieces) == 2 and "same" not in {piece.change for piece in pieces}:  # written anew: one below the other
        pieces = pieces[0], Piece(pieces[1].change, f"\n{pieces[1].text.lstrip()}")
    for place, piece in enumerate(pieces):
        words = piece.text
        if piece.change == "same":
            text.append(_context(words, first=place == 0, last=place == len(pieces) - 1))
            continue
        bare = words.lstrip()
        text.append(words[: len(words) - len(bare)])
        if piece.change == "deleted":
            text.append(f"[-{bare}-]", style=f"{WENT} strike")
        else:
            text.append(f"{{+{bare}+}}", style=f"{CAME} underline")
    return text


def _context(words: str, *, first: bool, last: bool) -> str:
    listed = words.split(" ")
    if len(listed) <= 2 * CONTEXT + 2 - CONTEXT * (first or last):
        return words
    start = "" if first else " ".join(listed[:CONTEXT])
    end = "" if last else " ".join(listed[-CONTEXT:])
    return f"{start} … {end}".strip(" ") if first or last else f"{start} … {end}"


def _assurance(console: Console, book: Comparison) -> None:
    _risks(console, "New on the assurance map", "+", CAME, book.map_new)
    _risks(console, "No longer on the assurance map", "-", WENT, book.map_gone)
    if not book.items:
        return
    console.print()
    console.print(Text("Assurance", style="bold"))
    for (ref, title), group in groupby(book.items, key=lambda change: (change.risk_ref, change.risk_title)):
        console.print(Padding(Text(" ".join(filter(None, (ref, title))), style="bold"), (0, 0, 0, 2)))
        console.print(_grid(console, map(_item, group)))


def _item(change: ItemChange) -> tuple[Text, Text, Text]:
    found = change.new or change.old
    name = Text(f"line {found.line}" if found and found.line else "")
    if change.old is None or change.new is None:
        sign, style = ("+", CAME) if change.new else ("-", WENT)
        return Text(sign, style=f"bold {style}"), name, Text(found.text if found else "", style=style)
    text = pieces_text(change.pieces) if change.pieces else Text(change.new.text)
    told = "; ".join(part for part in item_parts(change) if part != "reworded")
    text.append(f" ({told})" if told else "", style=CHANGED)
    return Text("~", style=CHANGED), name, text
