"""Registers turned from PDF into sheets: headings repeat on each page, columns slip sideways, figures run together.

Each page is read by its own headings, broken as they are; what can be read is noted cell by cell (``Table.readings``),
and what cannot is reported (``Table.unreadable``), never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from regsheet.layout.figures import (
    RUN_TOGETHER,
    SLOTS,
    Figure,
    completes_date,
    figures_in,
    leading_figure,
    place_figures,
)  # fmt: skip
from regsheet.layout.headings import Block
from regsheet.layout.tables import STAGES, Column, RatingRule, Reading, Table
from regsheet.layout.view import SheetView
from regsheet.layout.vocabulary import find_stage, heading_key, vocabulary
from regsheet.values.text import one_line

_FEWEST_RUN_TOGETHER = 3
_LONG = 60
_ORDER = ("ref", "title", "objective", "cause", "consequence", "controls", "actions", "action_date", "owner",
          "review_date",
          "commentary", "direction_of_travel")  # fmt: skip
_ZONES = {
    "inherent": ("consequence", "controls"),
    "residual": ("controls", "actions"),
    "target": ("action_date", "commentary"),
}
_IDENTIFIER = re.compile(r"^[A-Za-z]{1,4}[-. ]?\d{1,4}[a-z]?$")
_CUT = re.compile(r"[-/ ]\d$")
_LOST = "nothing legible here in the sheet that came from a PDF"


@dataclass(slots=True)
class Page:
    """One page: its heading rows, the rows below, and where its anchors stand."""

    first: int
    last_heading: int
    rows: list[int]
    anchors: dict[str, int] = field(default_factory=dict)
    starts: dict[int, str] = field(default_factory=dict)


def is_slipped(view: SheetView, blocks: Sequence[Block]) -> bool:
    """Whether a sheet came from a PDF: several pages of headings, and figures run together below them."""
    if len(blocks) < 2:
        return False
    cells = sum(
        bool(RUN_TOGETHER.match(view.text(row, c)))
        for row, cells in view.rows.items()
        for c in cells
        if row >= blocks[0].first_row
    )
    return cells >= _FEWEST_RUN_TOGETHER


def build_slipped(view: SheetView, blocks: Sequence[Block], top: int) -> Table | None:
    """All pages as one table, or None where the pages do not agree on being one register."""
    pages = [page for page in _pages(view, blocks) if len(page.anchors) >= 4]
    if len(pages) < 2:
        return None
    reader = _Reader(view, top)
    for page in pages:
        reader.read(page)
    if not reader.rows:
        return None
    columns = _columns(view, pages, reader.readings)
    return Table(
        sheet=view.sheet.name, kind="register", header_rows=(pages[0].first, pages[0].last_heading),
        first_row=reader.rows[0],
        last_row=max([*reader.rows, *(row for more in reader.continuations.values() for row in more)]),
        columns=columns, rows=tuple(reader.rows), n_risks=len(reader.rows), rating_rule=_rule(reader),
        continuations={row: tuple(more) for row, more in reader.continuations.items()},
        readings=reader.readings, unreadable=reader.unreadable, confidence=0.6, context=_stage_names(view, pages[0]),
        reasons=(f"{len(pages)} pages of one register, from a PDF", "the rule is told from the legible figures"),
    )  # fmt: skip


def _pages(view: SheetView, blocks: Sequence[Block]) -> list[Page]:
    rows = list(view.rows)
    starts = [_page_start(view, block) for block in blocks]
    pages = []
    for place, block in enumerate(blocks):
        end = starts[place + 1] if place + 1 < len(blocks) else view.last_row + 1
        below = [row for row in rows if block.first_row <= row < end]
        body = next((row for row in below if row > block.first_row and _is_prose(view, row)), None)
        if body is None:
            continue
        page = Page(starts[place], body - 1, [row for row in below if row >= body])
        page.anchors = _anchors(view, page)
        page.starts = _starts(view, page)
        pages.append(page)
    return pages


def _page_start(view: SheetView, block: Block) -> int:
    row = block.first_row
    while row - 1 in view.rows and len(view.rows[row - 1]) >= 4 and not _is_prose(view, row - 1):
        row -= 1
    return row


def _is_prose(view: SheetView, row: int) -> bool:
    """Whether a row holds a record: several long texts, or bulleted ones; headings are shorter."""
    texts = [view.text(row, column) for column in view.rows[row]]
    return sum(len(text) > _LONG and not text.rstrip().endswith("?") for text in texts) >= 2 and (
        sum(len(text) > 2 * _LONG or text.startswith(("□", "☐", "•")) for text in texts) >= 1
    )


def _heading(view: SheetView, page: Page, column: int) -> str:
    texts = (one_line(view.text(row, column)) for row in range(page.first, page.last_heading + 1))
    return " ".join(text for text in texts if text)


def _anchors(view: SheetView, page: Page) -> dict[str, int]:
    """Which column each text field has on this page: by stems of its heading, in the order in which registers go."""
    from rapidfuzz import fuzz

    columns = sorted({c for row in range(page.first, page.last_heading + 1) for c in view.rows.get(row, {})})
    keys = {column: heading_key(_heading(view, page, column)) for column in columns}
    stems = vocabulary().slipped
    found: dict[str, int] = {}
    after = 0
    for name in _ORDER:
        for column in columns:
            if column <= after or not keys[column] or any(stem in keys[column] for stem in stems[name].get("none", ())):
                continue
            words = stems[name]["any"]
            near = (
                len(stem) >= 10 and len(keys[column]) >= 8 and fuzz.partial_ratio(stem, keys[column]) >= 84
                for stem in words
            )
            if any(stem in keys[column] for stem in words) or any(near):
                found[name] = after = column
                break
    if "title" in found and "cause" in found and found["cause"] - found["title"] == 2:
        found.setdefault("objective", found["title"] + 1)
    return found


def _starts(view: SheetView, page: Page) -> dict[int, str]:
    """For each column the slot that its heading names first."""
    starts: dict[int, str] = {}
    columns = {c for row in range(page.first, page.last_heading + 1) for c in view.rows.get(row, {})}
    for column in columns:
        key = heading_key(_heading(view, page, column))
        places = {
            slot: min((key.find(stem) for stem in vocabulary().slipped[slot]["any"] if stem in key), default=-1)
            for slot in SLOTS
        }
        said = {slot: place for slot, place in places.items() if place >= 0}
        if said:
            starts[column] = min(SLOTS, key=lambda slot: SLOTS.index(slot) if slot in said else 9)
    return starts


class _Reader:
    """Gathers the records of all pages."""

    def __init__(self, view: SheetView, top: int) -> None:
        self.view, self.top = view, top
        self.rows: list[int] = []
        self.continuations: dict[int, list[int]] = {}
        self.readings: dict[tuple[int, str], Reading] = {}
        self.unreadable: dict[tuple[int, str], str] = {}

    def read(self, page: Page) -> None:
        spans = {row: self._stages(page, row) for row in page.rows}
        self._learn_starts(page, spans)
        for row in page.rows:
            if len(self.view.rows[row]) < 2:
                continue
            if self._is_record(page, row, spans[row]):
                self.rows.append(row)
                self._scores(page, row, spans[row])
                self._texts(page, row)
            elif self.rows and row - 1 in {self.rows[-1], *self.continuations.get(self.rows[-1], ())}:
                self._continue(page, row)

    def _is_record(self, page: Page, row: int, stages: Mapping[str, list[Figure]]) -> bool:
        title, ref = page.anchors.get("title"), page.anchors.get("ref")
        named = any(column is not None and self.view.text(row, column) for column in (title, ref))
        return named or any(stages.values())

    def _stages(self, page: Page, row: int) -> dict[str, list[Figure]]:
        return {stage: self._figures(page, row, stage) for stage in STAGES}

    def _zone(self, page: Page, stage: str) -> range:
        left, right = (page.anchors.get(name) for name in _ZONES[stage])
        if left is None:
            return range(0)
        if right is None:
            right = left + 5
        return range(left + 1, right + 1)

    def _figures(self, page: Page, row: int, stage: str) -> list[Figure]:
        found: list[Figure] = []
        zone = self._zone(page, stage)
        for column in zone:
            text = self.view.text(row, column)
            pure = figures_in(text, row, column)
            if pure:
                last = column == zone[-1]
                found += [figure._replace(trailing=last) for figure in pure]
                continue
            ahead = leading_figure(text, row, column) if len(text) > 4 and len(found) < len(SLOTS) else None
            if ahead is not None:
                found.append(ahead)
            if text and (ahead is not None or (stage == "target" and len(text) > 4)):
                break
        if stage == "target" and completes_date(self._before_target(page, row), found):
            found = found[1:]
        return found

    def _before_target(self, page: Page, row: int) -> str:
        return self.view.text(row, page.anchors.get("action_date", 0))

    def _date(self, page: Page, row: int) -> None:
        """A date whose last digit slipped into the scores beside it: ``Oct-2`` and ``4 2`` are ``Oct-24`` and 2."""
        column = page.anchors.get("action_date")
        if column is None:
            return
        beside = figures_in(self.view.text(row, column + 1), row, column + 1)
        legible = sum(bool(self.readings[row, f"target_{slot}"].text) for slot in SLOTS)
        used = [
            self.readings[row, f"target_{slot}"].column == column + 1
            for slot in SLOTS
            if self.readings[row, f"target_{slot}"].text
        ]
        text = self._before_target(page, row)
        if legible == len(SLOTS) and beside and sum(used) < len(beside) and _CUT.search(text):
            self.readings[row, "action_date"] = Reading(row, column, f"{text}{beside[0].value}")

    def _learn_starts(self, page: Page, spans: Mapping[int, Mapping[str, list[Figure]]]) -> None:
        """Where a page's column has slipped, a cell with two figures in it tells what its first one is."""
        seen: dict[int, Counter[str]] = {}
        for stages in spans.values():
            for figures in stages.values():
                for slot, figure in place_figures(figures, page.starts, self.top).items():
                    if figure.place == 0 and sum(other.column == figure.column for other in figures) > 1:
                        seen.setdefault(figure.column, Counter())[slot] += 1
        for column, slots in seen.items():
            page.starts[column] = slots.most_common(1)[0][0]

    def _scores(self, page: Page, row: int, stages: Mapping[str, list[Figure]]) -> None:
        for stage in STAGES:
            placed = place_figures(stages[stage], page.starts, self.top)
            zone = self._zone(page, stage)
            home = zone[0] if len(zone) else 1
            for slot in SLOTS:
                figure, name = placed.get(slot), f"{stage}_{slot}"
                if figure is not None:
                    self.readings[row, name] = Reading(row, figure.column, str(figure.value))
                else:
                    self.readings[row, name] = Reading(row, home, "")
                    self.unreadable[row, name] = self._why(row, zone, stages[stage], placed)

    def _why(self, row: int, zone: Iterable[int], figures: Sequence[Figure], placed: Mapping[str, Figure]) -> str:
        if figures and not placed:
            shown = " ".join(str(figure.value) for figure in figures)
            return f'"{shown}" stands here, and which score each figure is cannot be told'
        junk = [
            one_line(text)
            for column in list(zone)[:-1]
            if (text := self.view.text(row, column)) and len(text) <= 20 and not figures_in(text, row, column)
        ]
        return f'only "{" ".join(junk)}" is legible here' if junk else _LOST

    def _texts(self, page: Page, row: int) -> None:
        for name in _ORDER:
            column = page.anchors.get(name)
            text = self.view.text(row, column) if column is not None else ""
            ahead = (
                leading_figure(text, row, column)
                if column is not None and name in {"controls", "actions", "owner"}
                else None
            )
            if ahead is not None:
                text = text[len(str(ahead.value)) :].strip()
            if column is not None and figures_in(text, row, column) and name != "ref":
                text = ""
            if name == "ref" and text and not _IDENTIFIER.match(text):
                self.unreadable[row, name] = f'only "{one_line(text)}" is legible here'
                text = ""
            self.readings[row, name] = Reading(row, column or 1, text)
        self._owner(page, row)
        self._date(page, row)

    def _owner(self, page: Page, row: int) -> None:
        """An owner may have slipped into the column of the last figure: ``4 Head of Service``."""
        zone = self._zone(page, "target")
        if self.readings[row, "owner"].text:
            return
        for column in zone:
            text = self.view.text(row, column)
            ahead = leading_figure(text, row, column)
            words = text[len(str(ahead.value)) :].strip() if ahead is not None else ""
            if words:
                self.readings[row, "owner"] = Reading(row, column, words)
                return

    def _continue(self, page: Page, row: int) -> None:
        """A page break in the middle of a record: its texts go on below."""
        record = self.rows[-1]
        self.continuations.setdefault(record, []).append(row)
        for name in _ORDER:
            column = page.anchors.get(name)
            text = self.view.text(row, column) if column is not None else ""
            if text and name not in {"ref", "owner", "review_date"}:
                before = self.readings[record, name]
                self.readings[record, name] = before._replace(text=f"{before.text}\n{text}".strip())


def _columns(view: SheetView, pages: Sequence[Page], readings: Mapping[tuple[int, str], Reading]) -> tuple[Column, ...]:
    """A column for each field: where most of its readings stand, no column twice."""
    places: dict[str, Counter[int]] = {}
    for (_, name), reading in readings.items():
        places.setdefault(name, Counter())[reading.column] += 1 if reading.text else 0
    wide = max(pages, key=lambda page: max(page.anchors.values()))
    columns: list[Column] = []
    taken: set[int] = set()
    homes: dict[str, int] = {}
    names = [
        name for name in sorted(places, key=lambda name: -max(places[name].values())) if any(places[name].values())
    ]
    for name in names:
        home = next((c for c, seen in places[name].most_common() if seen and c not in taken), None)
        if home is not None:
            homes[name] = home
            taken.add(home)
    for name in names:
        index = homes.get(name) or next(c for c in count(view.last_column + 1) if c not in taken)
        taken.add(index)
        heading = (
            _heading(view, wide, wide.anchors[name]) if name in wide.anchors else name.replace("_", " ").capitalize()
        )
        columns.append(
            Column(index, heading, "", name, 0.6, "read page by page, as its column slips from page to page")
        )
    return tuple(sorted(columns, key=lambda column: column.index))


def _rule(reader: _Reader) -> RatingRule:
    """Product or sum, whichever explains most rows that are legible throughout."""
    whole = []
    for row in reader.rows:
        for stage in STAGES:
            texts = [reader.readings[row, f"{stage}_{slot}"].text for slot in SLOTS]
            if all(texts):
                whole.append([int(text) for text in texts])
    products = sum(a * b == r for a, b, r in whole)
    sums = sum(a + b == r for a, b, r in whole)
    if not whole or max(products, sums) < 0.5 * len(whole):
        return "typed-unknown" if whole else "none"
    return "product" if products >= sums else "sum"


def _stage_names(view: SheetView, page: Page) -> dict[str, str]:
    names: dict[str, str] = {}
    for row in range(page.first, page.last_heading + 1):
        for column in view.rows.get(row, {}):
            found = find_stage(view.text(row, column))
            if found is not None:
                names.setdefault(f"{found[0]}_name", found[1].capitalize())
    return names
