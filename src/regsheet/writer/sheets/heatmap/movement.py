"""The movement table: every risk of the register, scored or not, from stage to stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from regsheet.grid.addresses import letters
from regsheet.layout.tables import Band
from regsheet.model.register import shorten
from regsheet.writer.graft.later_rows import ROW
from regsheet.writer.sheets.bands import band_colour, band_word
from regsheet.writer.sheets.heatmap.block import Block
from regsheet.writer.sheets.heatmap.columns import allot
from regsheet.writer.sheets.heatmap.live import RISK, literal
from regsheet.writer.sheets.heatmap.placement import Standing
from regsheet.writer.sheets.long_table import Column, LongTable, Spelled, batches
from regsheet.writer.sheets.look import readable_on
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.spelling import formula, in_text
from regsheet.writer.sheets.texts import one_line, printable
from regsheet.writer.sheets.wording import wording

TITLE, OWNER, STAGE, ARROW = 40.0, 27.0, 9.0, 3.0
LONGEST_TITLE, LONGEST_OWNER = 140, 80
DOWN, UP, LEVEL = "↓", "↑", "→"
ARROWS = literal(DOWN + LEVEL + UP)

MATRIX_NAME = "Check_ratings_"
"""What the names of the matrices begin with, by which the formulas look ratings up."""

BLANK = "/>"
"""The rest of a cell that holds nothing, from behind its look."""

Run = tuple[int, int]


def draw_movement(block: Block) -> None:
    """Draw the table; leaves ``block.row`` below it."""
    words, page = wording("heatmap"), block.page
    stages = block.plan.stages
    wanted = [TITLE, OWNER, *([STAGE, ARROW] * len(stages))[: max(2 * len(stages) - 1, 0)]]
    runs = allot(block.columns.widths, wanted, 1)
    block.row += 1
    title = words["movement" if len(stages) > 1 else "movement_one_stage"]
    page.section(block.row, 0, block.columns.last, title)
    block.row += 1
    _heads(block, runs)
    first = block.row
    matrices = {stage: page.define(f"{MATRIX_NAME}{first}_{number}", live.matrix)
                for number, (stage, live) in enumerate(block.live.items(), 1) if live.rated}  # fmt: skip
    rows, table = _Rows(block, runs, matrices), LongTable(page)
    for batch in batches(block.plan.register.count):
        table.put(block.row, list(rows.columns(batch)), rows.merges)
        rows.link(batch)
        block.row += len(batch)
    if block.live and block.row > first:
        _colour_by_word(block, runs, first)
    if any(one.words.endswith(" *") for standings in block.plan.standings.values() for one in set(standings)):
        page.span(block.row, 0, block.columns.last, words["rated_only"], page.look("small"))
        block.row += 1


def _heads(block: Block, runs: list[Run]) -> None:
    page, look, register = block.page, block.page.look, block.plan.register
    heads = list(wording("heatmap")["movement_heads"])
    page.text(block.row, 0, heads[0], look("heading"))
    for position, run in enumerate(runs):
        if position < 2:
            _put(page, block.row, run, heads[1 + position], look("heading"))
        else:
            stage = (position - 2) // 2
            text = register.stage_name(block.plan.stages[stage]) if position % 2 == 0 else ""
            _put(page, block.row, run, text, look("heading centre"))
    block.row += 1


class _Rows:
    """The rows of the table, with what is the same in many of them looked up once."""

    def __init__(self, block: Block, runs: list[Run], matrices: Mapping[str, str]) -> None:
        self.block = block
        self.page = block.page
        self.register = block.plan.register
        self.runs = runs
        self.matrices = matrices
        self.stages = block.plan.stages
        look = block.page.look
        self.link_style = block.page.linked(look("body link", valign="vcenter"))
        self.body = look("body", valign="vcenter")
        self.centre = look("body centre", valign="vcenter")
        self.rated = look("body centre", valign="vcenter", bold=True)
        self.unrated = look("body centre", valign="vcenter", bold=False)
        self.words = wording("heatmap")
        rated = [stage in block.live and block.live[stage].rated for stage in self.stages]
        self.live_arrows = [before and after for before, after in pairwise(rated)]
        # An arrow is put after the stage that it leads to, although it stands before it.
        order = [
            0,
            1,
            *(at for number in range(len(self.stages)) for at in (2 + 2 * number, 1 + 2 * number)[: number + 1]),
        ]
        self.merges = [runs[at] for at in order if runs[at][1] > runs[at][0]]
        self._labels = block.plan.labels if self.stages else list(map(self.register.label, range(self.register.count)))
        self._fields = {field: self.register.values(field) for field in ("title", "owner")}
        self._ratings = {stage: self._live_ratings(stage, matrix) for stage, matrix in matrices.items()}

    def columns(self, batch: range) -> Iterator[Column | Spelled]:
        """What stands in the rows of some risks."""
        page, runs, part = self.page, self.runs, slice(batch.start, batch.stop)
        yield Column(0, self._labels[part], self.link_style, width=page.widths[0])
        yield from self._run(runs[0], self._texts("title", LONGEST_TITLE, part), [self.body])
        yield from self._run(runs[1], self._texts("owner", LONGEST_OWNER, part), [self.body])
        rows = list(map(str, self.register.table.rows[part]))
        earlier: Sequence[Standing] = ()
        for number, stage in enumerate(self.stages):
            standings = self.block.plan.standings[stage][part]
            yield from self._stage(runs[2 + 2 * number], stage, part, rows)
            if earlier:
                yield from self._arrow(number, earlier, standings)
            earlier = standings

    def link(self, batch: range) -> None:
        """Let the rows of some risks, which begin in the block's present row, lead to the register."""
        part = slice(batch.start, batch.stop)
        sheets = [self.register.sheet_name] * len(batch)
        self.page.lead_down(self.block.row, 0, sheets, self._first_cells(batch), self._labels[part])

    def _first_cells(self, batch: range) -> list[str]:
        """Where risks are to be found in the register: their references, else their titles, else their rows."""
        sources = self.register.sources
        found = sources.get("ref") or sources.get("title")
        return [f"A{self.register.table.rows[at]}" if found is None else found.address(at) for at in batch]

    def _texts(self, field: str, longest: int, part: slice) -> list[str]:
        values = self._fields[field][part]
        known = {value: _shown("" if value is None else str(value), longest) for value in dict.fromkeys(values)}
        texts = list(map(known.__getitem__, values))
        if field == "title" and "" in texts:
            return [text or self._untitled(index, longest) for index, text in enumerate(texts, part.start)]
        return texts

    def _untitled(self, index: int, longest: int) -> str:
        return _shown(self.register.text(index, "description"), longest) or str(self.words["no_title"])

    def _run(self, run: Run, texts: Sequence[str], styles: Sequence[object]) -> Iterator[Column | Spelled]:
        """Texts over one or several columns, the rows made tall enough for them; one style for each row or for all."""
        yield Column(run[0], texts, styles=styles, width=self.page.width(*run))
        yield from self._blanks(run, styles)

    def _blanks(self, run: Run, styles: Sequence[object]) -> Iterator[Spelled]:
        """The rest of the columns that are merged."""
        for column in range(run[0] + 1, run[1] + 1):
            yield Spelled(column, [BLANK], styles)

    def _stage(self, run: Run, stage: str, part: slice, rows: Sequence[str]) -> Iterator[Column | Spelled]:
        """What is said of each risk at a stage; ``rows`` are the register's. A formula where the ratings are live."""
        standings = self.block.plan.standings[stage][part]
        ratings = self._ratings.get(stage)
        looks = {one: self._style(one, banded=ratings is None) for one in set(standings)}
        styles = list(map(looks.__getitem__, standings))
        if ratings is None:
            yield from self._run(run, self.block.plan.said(stage, part), styles)
            return
        yield Spelled(run[0], list(map(str.join, rows, map(ratings.__getitem__, standings))), styles)
        yield from self._blanks(run, styles)

    def _live_ratings(self, stage: str, matrix: str) -> dict[Standing, list[str]]:
        """For each standing at a stage the rest of the cell, in pieces between which the register's row stands."""
        not_scored, live = str(self.words["not_scored"]), self.block.live[stage]
        return {
            one: formula(
                in_text(live.rating(not_scored if one.placed else one.words, matrix)), printable(one.words)
            ).split(RISK)
            for one in set(self.block.plan.standings[stage])
        }

    def _style(self, one: Standing, *, banded: bool) -> object:
        """How a rating looks; where it is no formula, it has the colour of its band."""
        colour = band_colour(self.register.scoring, one.band) if banded else None
        if colour:
            return self.page.look.filled("body centre", colour, valign="vcenter", bold=True)
        return self.unrated if one.rating is None else self.rated

    def _arrow(self, number: int, earlier: Sequence[Standing], later: Sequence[Standing]) -> Iterator[Column | Spelled]:
        """From the stage before to this one: down is better. A formula where both ratings are live."""
        run, styles = self.runs[1 + 2 * number], [self.centre]
        arrows = _directions(earlier, later)
        if not self.live_arrows[number - 1]:
            yield from self._run(run, arrows, styles)
            return
        before, after = (_number(self.runs[at][0]) for at in (2 * number, 2 + 2 * number))
        spelled = in_text(f'IFERROR(MID({ARROWS},2+SIGN({after}-{before}),1),"")')
        rests = {arrow: formula(spelled, arrow) for arrow in set(arrows)}
        yield Spelled(run[0], list(map(rests.__getitem__, arrows)), styles)
        yield from self._blanks(run, styles)


def _shown(text: str, longest: int) -> str:
    """A text on one line, cut to what is shown of it; most are so already."""
    if len(text) <= longest and text.isprintable() and "  " not in text and text.strip(" ") == text:
        return text
    return shorten(one_line(text), longest)


def _directions(earlier: Sequence[Standing], later: Sequence[Standing]) -> list[str]:
    """Where each risk's rating goes; nothing where it has none before or after."""
    rating = attrgetter("rating")
    return [
        "" if before is None or after is None else DOWN if after < before else UP if after > before else LEVEL
        for before, after in zip(map(rating, earlier), map(rating, later), strict=True)
    ]


def _number(column: int) -> str:
    """The number that a ``20 Red`` in the same row begins with, as a formula."""
    at = f"{letters(column + 1)}{ROW}"
    return f'VALUE(LEFT({at},FIND(" ",{at}&" ")-1))'


def _colour_by_word(block: Block, runs: list[Run], first: int) -> None:
    """Fill the live cells by the band word that they show."""
    page, scoring = block.page, block.plan.register.scoring
    for number, stage in enumerate(block.plan.stages):
        if stage not in block.live or not block.live[stage].rated:
            continue
        run = runs[2 + 2 * number]
        for band in scoring.bands:
            _conditional(page, (first, run[0], block.row - 1, run[1]), band, band_colour(scoring, band))


def _conditional(page: Page, area: tuple[int, int, int, int], band: Band, colour: str | None) -> None:
    if colour is None:
        return
    cell = f"${letters(area[1] + 1)}{area[0] + 1}"
    word = f'SUBSTITUTE(MID({cell},FIND(" ",{cell}&" ")+1,99)," *","")'
    look = page.look("", bg_color=f"#{colour}", font_color=readable_on(colour))
    name = literal(band_word(band))
    criteria = f"=OR({word}={name},{cell}={name})"
    page.sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": look})


def _put(page: Page, row: int, run: Run, text: str, style: object) -> None:
    page.span(row, run[0], run[1], text, style)
