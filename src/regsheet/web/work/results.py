"""What came of a check, as the pages show it: plain data, written by a worker and read by the page."""

from __future__ import annotations

import datetime as dt

import msgspec


class Download(msgspec.Struct, frozen=True):
    """A file that can be fetched. ``stored`` is its name in the job's folder, ``name`` what it is saved as.

    ``main``: it is what the check is made for.
    """

    key: str
    stored: str
    name: str
    media_type: str
    label: str
    about: str
    size: int
    main: bool = False


class ColumnShown(msgspec.Struct, frozen=True):
    """One column of a table as it was read. ``heading`` is its name as a configuration knows it."""

    letter: str
    heading: str
    field: str
    confidence: float
    reason: str
    sure: bool


class TableShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """One table of a workbook as it was read; ``scale`` and ``bands`` are in words."""

    number: int
    sheet: str
    kind: str
    rows: str
    risks: int
    rule: str
    confidence: float
    sure: bool
    scale: tuple[tuple[str, str], ...] = ()
    bands: str = ""
    columns: tuple[ColumnShown, ...] = ()
    reasons: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    can_mend: bool = False


class ChangeShown(msgspec.Struct, frozen=True):
    """A corrected cell."""

    sheet: str
    cell: str
    code: str
    ref: str
    before: str
    after: str
    basis: str


class BookShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """One workbook that was checked. ``remarks`` are sentences on what could not stay, be written or be noted."""

    name: str
    what: str
    annotated: bool
    tables: tuple[TableShown, ...]
    scorings: tuple[tuple[str, str], ...] = ()
    changes: tuple[ChangeShown, ...] = ()
    not_run: tuple[tuple[str, tuple[str, ...]], ...] = ()
    remarks: tuple[str, ...] = ()


class FindingShown(msgspec.Struct, frozen=True, omit_defaults=True):
    """One finding. ``book`` is the position of its workbook, ``risk`` what to call its risk."""

    book: int
    severity: str
    code: str
    name: str
    sheet: str
    cell: str
    ref: str
    title: str
    owner: str
    message: str
    advice: str
    status: str
    status_words: str

    @property
    def risk(self) -> str:
        """What stands for the risk in a list: its reference, else its title, else its sheet."""
        return self.ref or self.title or self.sheet


class Standing(msgspec.Struct, frozen=True):
    """A risk at one stage, or last quarter: the words (``20 Red``) and the colour of its band."""

    words: str
    colour: str


class MatrixCellShown(msgspec.Struct, frozen=True):
    """A cell of a matrix: what it rates, in which band and colour, and the references of the risks in it."""

    rating: str
    band: str
    colour: str
    refs: tuple[str, ...]


class MatrixShown(msgspec.Struct, frozen=True):
    """A stage's matrix, highest likelihood first; ``rows`` are (level of likelihood, cells by impact)."""

    stage: str
    across: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MatrixCellShown, ...]], ...]
    counts: tuple[tuple[str, str, int], ...]
    missing: tuple[str, ...]


class MovementShown(msgspec.Struct, frozen=True):
    """A risk from stage to stage, and against last quarter. ``moves`` stand between the stages, in words and arrow."""

    ref: str
    title: str
    owner: str
    standings: tuple[Standing, ...]
    moves: tuple[tuple[str, str], ...]
    before: Standing | None
    since: tuple[str, str]


class HeatmapShown(msgspec.Struct, frozen=True):
    """A register's matrices and movements. ``stages`` are in the sheet's own words."""

    book: int
    sheet: str
    stages: tuple[str, ...]
    scoring: str
    matrices: tuple[MatrixShown, ...]
    movements: tuple[MovementShown, ...]
    compared: bool
    gone: tuple[str, ...]


class LineShown(msgspec.Struct, frozen=True):
    """What one line of defence has for a risk: how many items, and the latest that has a date."""

    items: int
    latest: str


class CoverageRow(msgspec.Struct, frozen=True):
    """A risk on a map. ``standing`` is its residual band in the register, where one was joined."""

    ref: str
    title: str
    standing: Standing | None
    lines: tuple[LineShown, ...]
    gaps: tuple[str, ...]


class CoverageShown(msgspec.Struct, frozen=True):
    """An assurance map against the lines of defence; ``unmapped`` are the register's risks that it leaves out."""

    book: int
    sheet: str
    lines: tuple[str, ...]
    with_register: bool
    rows: tuple[CoverageRow, ...]


class UnmappedRisk(msgspec.Struct, frozen=True):
    """A risk of a register that is on no map."""

    ref: str
    title: str
    standing: Standing | None


class Result(msgspec.Struct, frozen=True):
    """All that the pages of one check show. ``notices`` are sentences about the check as a whole."""

    as_of: dt.date
    version: str
    configuration: str
    books: tuple[BookShown, ...]
    findings: tuple[FindingShown, ...]
    heatmaps: tuple[HeatmapShown, ...]
    coverages: tuple[CoverageShown, ...]
    unmapped: tuple[UnmappedRisk, ...]
    downloads: tuple[Download, ...]
    notices: tuple[str, ...] = ()

    @property
    def colours(self) -> frozenset[str]:
        """Every band colour that is shown, as ``RRGGBB``."""
        found = {cell.colour for heatmap in self.heatmaps for matrix in heatmap.matrices
                 for _, cells in matrix.rows for cell in cells}  # fmt: skip
        found |= {colour for heatmap in self.heatmaps for matrix in heatmap.matrices for _, colour, _ in matrix.counts}
        found |= {one.colour for heatmap in self.heatmaps for row in heatmap.movements
                  for one in (*row.standings, *([row.before] if row.before else []))}  # fmt: skip
        found |= {row.standing.colour for coverage in self.coverages for row in coverage.rows if row.standing}
        found |= {risk.standing.colour for risk in self.unmapped if risk.standing}
        return frozenset(found - {""})
