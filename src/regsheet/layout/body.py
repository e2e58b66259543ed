"""Which rows below the headings hold a record: sections, repeated headings, totals, templates and legends aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import chain
from statistics import median

from regsheet.grid.cells import Value
from regsheet.grid.rows import RowShape
from regsheet.layout.columns import Meaning
from regsheet.layout.headings import Block
from regsheet.layout.view import SheetView
from regsheet.layout.vocabulary import heading_key, is_one_of, vocabulary
from regsheet.values.cleaning import cleaned_together
from regsheet.values.text import clean

_SUBSTANCE = ("title", "description", "cause", "consequence", "controls", "actions")
_GOES_ON = ("commentary", "action_owner", "action_date", "action_status", "owner")
_TYPED = ("ref", "owner", "category", "response", "status", "objective")
_TERM = re.compile(r"^[^:.]{2,40}:\s+\S")
_LONGEST_TOTAL = 20
_MOST_FIRST = 3
"""The cells of a row that may say that the others are totals."""
_NUMBERED = re.compile(r"[^0-9(]*[0-9]+[^0-9(]*")
_MOST_SAMPLED = 1000
_SORTS = frozenset({"type", "category", "raid", "kind", "class", "classification", "raidd"})
_NUMBERING = re.compile(r"^\W*\d+[.):]?\s*")


@dataclass(slots=True)
class Body:
    """The rows of a table. ``risks`` counts distinct risks; ``last`` is the last row that belongs to the table."""

    rows: list[int] = field(default_factory=list)
    continuations: dict[int, list[int]] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)
    risks: int = 0


def read_body(view: SheetView, block: Block, meaning: Meaning, rows: Sequence[int]) -> Body:
    """Sort the rows below a block into records, continuations and sections."""
    reader = _Reader(view, block, meaning, rows)
    body = Body()
    section = ""
    previous = 0
    for row in rows:
        apart = bool(body.rows) and row - previous > 2
        if apart or not reader.is_plainly_record(row):
            if reader.is_repeated_heading(row) or reader.is_total(row):
                continue
            if apart and reader.is_thin(row):
                if reader.ends_here(row):
                    break
                continue
            name = reader.section(row)
            if name is not None:
                section = name
                continue
            if body.rows and reader.continues(row, body.rows[-1]):
                body.continuations.setdefault(body.rows[-1], []).append(row)
                previous = row
                continue
            if not reader.is_record(row):
                continue
        body.rows.append(row)
        reader.usual.append(reader.size(row))
        if section:
            body.sections[row] = section
        previous = row
    reader.drop_legend(body)
    body.rows = reader.only_risks(body.rows)
    body.risks = reader.count(body.rows)
    return body


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, view: SheetView, block: Block, meaning: Meaning, rows: Sequence[int]) -> None:
        self.view, self.block, self.meaning, self.rows = view, block, meaning, rows[:_MOST_SAMPLED]
        self.index = {column.field: column.index for column in meaning.columns if column.field}
        self.columns = [column.index for column in meaning.columns]
        self.mapped = frozenset(self.index.values())
        self.heads = {h.column: heading_key(h.text) for h in block.headings}
        self.words = {h.column: self._as_typed(h.column) for h in block.headings}
        self.substance = [self.index[name] for name in _SUBSTANCE if name in self.index]
        self.scores = [i for name, i in self.index.items() if name.endswith(("_likelihood", "_impact", "_rating"))]
        self._largest_section = 2 + len(self.scores)
        self.typed = [self.index[name] for name in _TYPED if name in self.index]
        self.goes_on = {self.index[name] for name in (*_SUBSTANCE, *_GOES_ON) if name in self.index}
        self.identity = {self.index[name] for name in ("ref", "title") if name in self.index}
        self.types = self._type_column()
        self.usual: list[int] = []
        self._read: tuple[int, dict[int, str]] = (0, {})
        self._columns_of: tuple[int, Set[int]] = (0, frozenset())
        self._sayings = frozenset(value for value in self.words.values() if value is not None)
        self._typed_columns: dict[tuple[RowShape, tuple[int, ...]], frozenset[int]] = {}
        self._totals = self._words_for_totals(rows)
        self._no_record = self._sayings | self._totals
        self._merged_rows = {row for row, _ in view.covered}

    def _as_typed(self, column: int) -> object:
        rows = range(self.block.last_row, self.block.first_row - 1, -1)
        return next((value for row in rows if (value := self.view.sheet.value(row, column)) is not None), None)

    def _own(self, row: int) -> dict[int, str]:
        """The texts that somebody typed in this row's columns; formulas left out."""
        if self._read[0] != row:
            held, formulas = self.view.values[row], self.view.formulas(row)
            typed = [column for column in self.columns if column in held.places and column not in formulas]
            self._read = (row, {column: words for column in typed if (words := clean(held.get(column)))})
        return self._read[1]

    def _own_columns(self, row: int) -> Set[int]:
        """The columns of the same; told from which cells the row has, where none can be invisible."""
        if self._columns_of[0] != row:
            self._columns_of = (row, self._find_own_columns(row))
        return self._columns_of[1]

    def _find_own_columns(self, row: int) -> Set[int]:
        if self.view.has_invisible:
            return self._own(row).keys()
        shape, formulas = self.view.values[row].shape, self.view.formulas(row)
        key = shape, tuple(formulas)
        known = self._typed_columns.get(key)
        if known is None:
            known = self._typed_columns[key] = frozenset(self.columns).intersection(shape.columns).difference(formulas)
        return known

    def is_plainly_record(self, row: int) -> bool:
        """Whether a row is a record at first sight, as most are: where it is, nothing more need be asked of it."""
        own, title = self._own_columns(row), self.index.get("title")
        if title is None or title not in own or len(own) <= self._largest_section or row in self._merged_rows:
            return False
        held = self.view.values[row]
        return _is_plainly_text(held.get(title)) and self._no_record.isdisjoint(held.contents)

    def is_repeated_heading(self, row: int) -> bool:
        """Whether a row says again what the headings say."""
        held = self.view.values[row]
        if self._sayings.isdisjoint(held.contents):
            return False
        texts = [column for column in held.columns if column in self.heads]
        if len(texts) < 3 or not any(held.get(column) == self.words[column] for column in texts):
            return False
        same = sum(self.heads[column] == heading_key(self.view.text(row, column)) for column in texts)
        return same >= 0.6 * len(texts)

    def _words_for_totals(self, rows: Sequence[int]) -> frozenset[Value]:
        """What the first cells of these rows hold that says of others that they are totals."""
        values = self.view.values
        firsts = set(chain.from_iterable(values[row].contents[:_MOST_FIRST] for row in rows))
        totals = vocabulary().kinds["total_words"]
        return frozenset(value for value in firsts if isinstance(value, str) and _names_total(value, totals))

    def is_total(self, row: int) -> bool:
        """Whether one of a row's first cells says that the others are totals, and nothing tells of a risk."""
        if not self._totals or self._totals.isdisjoint(self.view.values[row].contents[:_MOST_FIRST]):
            return False
        return not any(len(self.view.text(row, column)) > 25 for column in self.substance)

    def size(self, row: int) -> int:
        """How many cells of a row somebody typed."""
        return len(self._own_columns(row))

    def is_thin(self, row: int) -> bool:
        """Whether a row after a gap holds far less than the records before it."""
        usual = median(self.usual[-40:])
        own = self._own(row)
        ref = self.index.get("ref")
        return (
            len(own) <= max(2, 0.34 * usual) and usual >= 4 and not (ref is not None and ref in own and len(own) >= 3)
        )

    def ends_here(self, row: int) -> bool:
        return bool(set(self._own(row)) & set(self.substance)) or not self.view.values[row].columns

    def section(self, row: int) -> str | None:
        """The name of a section that a row announces: one text alone, perhaps with its number, in a table with more."""
        if self.size(row) > self._largest_section:
            return None
        own = self._own(row)
        own = {c: t for c, t in own.items() if not (c in self.scores and t in {"0", "-"})}
        words = [(column, text) for column, text in own.items() if not text.replace(".", "").isdigit()]
        others = set(self.view.values[row].columns) - set(own) - {c for c, _ in words}
        if len(words) != 1 or len(own) > 2 or len(self.columns) < 4:
            return None
        column, text = words[0]
        merged = self.view.width(row, column) >= 3
        if merged:
            return text
        alone = not [c for c in others if c in self.mapped and c not in self.view.formulas(row)]
        if not alone or len(own) != 1 or len(text) > 100 or self._spanned(row):
            return None
        first = self.columns.index(column) <= 2
        refs = self.index.get("ref")
        if first and (refs is None or column == refs) and column not in self.substance[:1]:
            return text if self._looks_apart(row, column) else None
        return text if first and self._looks_apart(row, column) else None

    def _looks_apart(self, row: int, column: int) -> bool:
        look = self.view.sheet.style(row, column)
        below = self.view.sheet.style(row + 1, column)
        return (look.bold and not below.bold) or (look.fill is not None and look.fill != below.fill)

    def _spanned(self, row: int) -> bool:
        return any((row, column) in self.view.covered for column in self.columns)

    def continues(self, row: int, record: int) -> bool:
        """Whether a row belongs to the record above: merges cover most of it, or it brings nothing new."""
        own = self._own_columns(row)
        covered = self._covered(row)
        if covered and len(covered) >= len(own & self.mapped):
            return True
        if not self.identity or not self.identity.isdisjoint(own) or not self.identity.isdisjoint(covered):
            return False
        rest = own & self.mapped
        scored = rest & set(self.scores)
        return (
            bool(rest & self.goes_on)
            and not scored
            and row == self._next_row(record)
            and len(rest) <= 0.5 * self.size(record)
            and not self._starts_new(rest)
        )

    def _covered(self, row: int) -> set[int]:
        """The columns of a row that belong to a merge from above that holds something."""
        merges, text = self.view.covered, self.view.text
        if not merges:
            return set()
        return {
            column
            for column in self.columns
            if (area := merges.get((row, column))) is not None
            and area.first_row < row
            and text(area.first_row, area.first_column)
        }

    def _starts_new(self, rest: Set[int]) -> bool:
        return any(self.index.get(name) in rest for name in ("description", "cause", "category"))

    def _next_row(self, record: int) -> int:
        row = record + 1
        while row not in self.view.values and row < record + 3:
            row += 1
        return row if row in self.view.values else record + 1

    def is_record(self, row: int) -> bool:
        """Whether somebody wrote a risk here, rather than numbered or copied an empty row."""
        title = self.index.get("title")
        if title is not None and title in self._own_columns(row) and _is_plainly_text(self.view.values[row].get(title)):
            return True
        own = self._own(row)
        prose = [c for c in self.substance if c in own and len(own[c]) > 1 and not own[c].replace(".", "").isdigit()]
        if title in prose:
            return True
        if len(prose) >= 2 or (prose and len(own) >= 3):
            return True
        scores = [c for c in self.scores if c in own and own[c] != "0"]
        typed = [c for c in self.typed if c in own]
        return len(scores) >= 2 and len(typed) >= 1 and len(own) >= 4

    def drop_legend(self, body: Body) -> None:
        """Drop what stands below the risks and fills the title column alone: notes, key terms, a list of names."""
        title = self.index.get("title")
        small = [row for row, size in zip(body.rows, self.usual, strict=True) if size == 1]
        bare = [row for row in small if title is not None and title in self._own(row)]
        if not bare or len(self.columns) < 5:
            return
        last = max((row for row in body.rows if row not in set(bare)), default=None)
        terms = sum(bool(_TERM.match(self._own(row)[title])) for row in bare if title is not None)
        far = bare[0] > self.block.body_row + 3
        dropped = {row for row in bare if (row > last if last is not None else far or terms * 2 > len(bare))}
        if last is not None and terms * 2 <= len(bare) and not any(self._gap(row) for row in dropped):
            return
        body.rows = [row for row in body.rows if row not in dropped]
        body.continuations = {row: more for row, more in body.continuations.items() if row not in dropped}

    def _gap(self, row: int) -> bool:
        return row - 1 not in self.view.values

    def _type_column(self) -> int | None:
        """The column that tells risks from issues, assumptions and dependencies, in a log that holds all of them."""
        kinds = vocabulary().kinds["risk_types"] | vocabulary().kinds["other_types"]
        for column in self.meaning.columns:
            if not _SORTS & set(heading_key(column.heading).split()):
                continue
            texts = [text for row in self.rows if (text := heading_key(self.view.text(row, column.index)))]
            if len(texts) >= 2 and sum(text in kinds for text in texts) >= 0.8 * len(texts):
                return column.index
        return None

    def only_risks(self, rows: list[int]) -> list[int]:
        if self.types is None:
            return rows
        risks = [row for row in rows if is_one_of("risk_types", self.view.text(row, self.types))]
        others = [row for row in rows if is_one_of("other_types", self.view.text(row, self.types))]
        return [row for row in rows if row not in set(others)] if risks and others else rows

    def count(self, rows: Sequence[int]) -> int:
        """Distinct risks: rows that repeat a reference and its title tell of one risk."""
        ref, title = self.index.get("ref"), self.index.get("title")
        if ref is None or title is None:
            return len(rows)
        if self._are_different(rows, ref):
            return len(rows)
        seen: Counter[tuple[str, str]] = Counter()
        titles: dict[str, str] = {}
        for row in rows:
            name = _plain(self.view.merged_text(row, ref))
            words = _NUMBERING.sub("", _plain(self.view.merged_text(row, title)))
            words = words or titles.get(name, "")
            if name:
                titles[name] = words
            seen[(name or f"row {row}", words)] += 1
        return len(seen)

    def _are_different(self, rows: Sequence[int], ref: int) -> bool:
        """Whether no two rows have the same reference."""
        if self._merged_rows.isdisjoint(rows):
            texts = cleaned_together(self.view.held(rows).column(ref))
            words = "\n".join(texts).casefold().split()
            if all(texts) and len(words) == len(texts):  # one word each
                return len(set(words)) == len(words)
        names = [_plain(self.view.merged_text(row, ref)) or f"row {row}" for row in rows]
        return len(set(names)) == len(names)


def _names_total(value: str, totals: Set[str]) -> bool:
    """Whether a text says that other cells are totals."""
    if len(value) > _LONGEST_TOTAL and len(value.strip()) > _LONGEST_TOTAL:
        return False
    if value.isascii() and _NUMBERED.fullmatch(value):
        return False  # a reference: no word for a total has a number in it
    text = clean(value)
    return len(text) <= _LONGEST_TOTAL and heading_key(text.rstrip(":")) in totals


def _is_plainly_text(value: Value) -> bool:
    """Whether a value is a text that begins with a letter and goes on, as titles nearly always do."""
    return isinstance(value, str) and value[:1].isalpha() and value[1:2].isalnum()


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
