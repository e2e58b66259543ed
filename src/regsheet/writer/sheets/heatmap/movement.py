"""The movement table: every risk of the register, scored or not, from stage to stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from regsheet.grid.addresses import letters
from regsheet.layout.tables import Band
from regsheet.model.register import shorten
from regsheet.writer.sheets.bands import band_colour, band_word
from regsheet.writer.sheets.heatmap.block import Block
from regsheet.writer.sheets.heatmap.columns import allot
from regsheet.writer.sheets.heatmap.live import literal
from regsheet.writer.sheets.heatmap.placement import Place
from regsheet.writer.sheets.long_table import ROW, Column, LongTable, Spelled, batches
from regsheet.writer.sheets.look import readable_on
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.spelling import around_formula, formula, in_text
from regsheet.writer.sheets.texts import one_line, printable
from regsheet.writer.sheets.wording import wording

TITLE, OWNER, STAGE, ARROW = 40.0, 27.0, 9.0, 3.0
LONGEST_TITLE, LONGEST_OWNER = 140, 80
DOWN, UP, LEVEL = "↓", "↑", "→"
ARROWS = literal(DOWN + LEVEL + UP)

MATRIX_NAME = "Check_ratings_"
"""What the names of the matrices begin with, by which the formulas look ratings up."""

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
    if any(place.words.endswith(" *") for places in block.plan.places.values() for place in places):
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
    """The rows of the table, with what is the same in each of them looked up once."""

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
        self._titles = self._texts("title", LONGEST_TITLE)
        self._owners = self._texts("owner", LONGEST_OWNER)
        self._formulas = {stage: block.live[stage].ratings(self._otherwise(stage), matrix)
                          for stage, matrix in matrices.items()}  # fmt: skip

    def columns(self, batch: range) -> Iterator[Column | Spelled]:
        """What stands in the rows of some risks."""
        page, runs, part = self.page, self.runs, slice(batch.start, batch.stop)
        labels = [self._label(index) for index in batch]
        yield Column(0, labels, self.link_style, width=page.widths[0])
        for run, texts in ((runs[0], self._titles), (runs[1], self._owners)):
            yield from self._run(run, texts[part], [self.body] * len(batch))
        earlier: Sequence[Place] = ()
        for number, stage in enumerate(self.stages):
            places = self.block.plan.places[stage][part]
            yield from self._stage(runs[2 + 2 * number], stage, places, part)
            if earlier:
                yield from self._arrow(number, earlier, places)
            earlier = places

    def link(self, batch: range) -> None:
        """Let the rows of some risks, which begin in the block's present row, lead to the register."""
        register, part = self.register, slice(batch.start, batch.stop)
        refs, titles = register.addresses("ref")[part], register.addresses("title")[part]
        cells = [ref or title or f"A{row}"
                 for ref, title, row in zip(refs, titles, self.block.plan.rows[part], strict=True)]  # fmt: skip
        labels = list(map(self._label, batch))
        self.page.lead_down(self.block.row, 0, [register.sheet_name] * len(cells), cells, labels)

    def _label(self, index: int) -> str:
        return self.block.plan.places[self.stages[0]][index].label if self.stages else self.register.label(index)

    def _texts(self, field: str, longest: int) -> list[str]:
        known: dict[object, str] = {}
        texts = []
        for index, value in enumerate(self.register.values(field)):
            text = known.get(value)
            if text is None:
                text = known[value] = shorten(one_line("" if value is None else str(value)), longest)
            if not text and field == "title":
                described = one_line(self.register.text(index, "description"))
                text = shorten(described, longest) or str(self.words["no_title"])
            texts.append(text)
        return texts

    def _run(self, run: Run, texts: Sequence[str], styles: Sequence[object]) -> Iterator[Column]:
        """Texts over one or several columns, the rows made tall enough for them."""
        yield Column(run[0], texts, styles=styles, width=self.page.width(*run))
        for column in range(run[0] + 1, run[1] + 1):
            yield Column(column, [""] * len(texts), styles=styles)

    def _live(self, run: Run, rests: Sequence[str], styles: Sequence[object]) -> Iterator[Spelled]:
        """Formulas over one or several columns."""
        yield Spelled(run[0], rests, styles)
        for column in range(run[0] + 1, run[1] + 1):
            yield Spelled(column, ["/>"] * len(rests), styles)

    def _stage(self, run: Run, stage: str, places: Sequence[Place], part: slice) -> Iterator[Column | Spelled]:
        formulas = self._formulas.get(stage)
        plain = [self.unrated if place.rating is None else self.rated for place in places]
        if formulas is None:
            yield from self._run(run, [place.words for place in places], list(map(self._banded, places, plain)))
            return
        around = {words: around_formula(printable(words)) for words in {place.words for place in places}}
        found = [around[place.words] for place in places]
        rests = [f"{before}{spelled}{after}" for (before, after), spelled in zip(found, formulas[part], strict=True)]
        yield from self._live(run, rests, plain)

    def _banded(self, place: Place, plain: object) -> object:
        colour = band_colour(self.register.scoring, place.band)
        return self.page.look.filled("body centre", colour, valign="vcenter", bold=True) if colour else plain

    def _otherwise(self, stage: str) -> list[str]:
        """What is shown of each risk once a score is missing."""
        not_scored = str(self.words["not_scored"])
        return [not_scored if place.placed else place.words for place in self.block.plan.places[stage]]

    def _arrow(self, number: int, earlier: Sequence[Place], later: Sequence[Place]) -> Iterator[Column | Spelled]:
        """From the stage before to this one: down is better. A formula where both ratings are live."""
        run, arrows = self.runs[1 + 2 * number], list(map(_direction, earlier, later))
        if not self.live_arrows[number - 1]:
            yield from self._run(run, arrows, [self.centre] * len(arrows))
            return
        before, after = (_number(self.runs[at][0]) for at in (2 * number, 2 + 2 * number))
        spelled = in_text(f'IFERROR(MID({ARROWS},2+SIGN({after}-{before}),1),"")')
        rests = {arrow: formula(spelled, arrow) for arrow in set(arrows)}
        yield from self._live(run, [rests[arrow] for arrow in arrows], [self.centre] * len(arrows))


def _direction(earlier: Place, later: Place) -> str:
    if earlier.rating is None or later.rating is None:
        return ""
    return DOWN if later.rating < earlier.rating else UP if later.rating > earlier.rating else LEVEL


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
