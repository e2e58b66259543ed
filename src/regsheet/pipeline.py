"""The straight line: a workbook in, the same workbook out. Only this module knows every stage."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from regsheet.config import Config, LoadedConfig, load_config
from regsheet.corrections.log import Settled
from regsheet.corrections.settle import settle
from regsheet.errors import LayoutError, NothingFoundError, OutputError, PackageError
from regsheet.grid import read_foreign, read_grid
from regsheet.grid.cells import Grid
from regsheet.layout import find_tables
from regsheet.layout.tables import Layout
from regsheet.limits import MAX_RISKS, MAX_TABLES
from regsheet.model.book import Book
from regsheet.model.build import build_book
from regsheet.model.history import History
from regsheet.model.owners_list import OwnersList, read_owners
from regsheet.package import ForeignFormatError, Package, is_folder, open_package, write_whole
from regsheet.package.opening import read_file
from regsheet.rules.base import Context
from regsheet.rules.elsewhere import Elsewhere
from regsheet.rules.findings import Finding, NotRun
from regsheet.rules.naming import check_names
from regsheet.rules.responses import Response, responses_in
from regsheet.rules.rounds import Rounds
from regsheet.rules.runner import run_round
from regsheet.undisturbed import undisturbed
from regsheet.version import VERSION
from regsheet.writer.annotate import AnnotateResult, LeftOut
from regsheet.writer.annotate import annotate as write_annotation
from regsheet.writer.earlier_merge import earlier_merge, undecided
from regsheet.writer.mark import read_mark
from regsheet.writer.merged import Merge
from regsheet.writer.report import Report
from regsheet.writer.sheets import SheetNames, build_sheets, sheets_to_graft
from regsheet.writer.strip import is_annotated
from regsheet.writer.strip import strip as take_annotation_off


@dataclass(frozen=True, slots=True)
class Options:
    """How to check. ``as_of`` is the day that counts as today; ``select`` and ``ignore`` hold codes or families.

    ``previous`` is last quarter's workbook; ``owners`` an owners list, before the one that the configuration names;
    ``history`` the quarters before, where a ledger keeps them; ``elsewhere`` what the other workbooks of a large run
    hold.
    """

    as_of: dt.date = field(default_factory=dt.date.today)
    configuration: LoadedConfig = field(default_factory=lambda: load_config(None))
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    correct: bool = True
    suggestions: bool = False
    previous: Path | None = None
    owners: Path | None = None
    history: History | None = None
    elsewhere: Elsewhere | None = None

    @property
    def config(self) -> Config:
        """The configuration's values."""
        return self.configuration.config


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook opened and read, our own annotation taken off.

    ``source_name`` and ``sha256`` are those of the workbook that was first annotated, where this is a copy of it.
    ``package`` is None for formats other than .xlsx and .xlsm. ``responses`` are what people answered on its Findings
    sheet. ``remarks`` say what of our annotation could not be taken off a copy that was edited since. ``merge`` says
    what was merged into it, where anything was; of an annotated copy, what its sheets still say of that.
    """

    path: Path
    source_name: str
    sha256: str
    grid: Grid
    package: Package | None
    responses: tuple[Response, ...] = ()
    remarks: tuple[str, ...] = ()
    merge: Merge | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A workbook opened, read and understood, with all that its check needs beside it."""

    opened: Opened
    book: Book
    options: Options
    previous: Book | None
    owners: OwnersList | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """What ``annotate`` did: the report as written, where it wrote, and the cells that were left as they were.

    ``without_note``: flagged cells that could have no note. ``not_written``: corrections that the cell refused.
    """

    report: Report
    path: Path
    without_note: tuple[LeftOut, ...]
    not_written: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Stripped:
    """What ``strip`` did. ``exact``: every part has its original bytes. ``remarks``: what could not be given back."""

    path: Path
    exact: bool
    remarks: tuple[str, ...]


def open_workbook(path: Path, *, hashed: bool = False) -> Opened:
    """Open a workbook of any format that can be read. Raises ``RegsheetError`` with a sentence where it cannot.

    ``hashed``: it will be annotated, for which the hashes of its parts are taken as they are read.
    """
    return open_content(read_file(path), path, hashed=hashed)


@undisturbed
def open_content(data: bytes, path: Path, *, hashed: bool = False) -> Opened:
    """Open a workbook whose bytes were read already; one that is no .xlsx or .xlsm is read again from its ``path``.

    ``hashed`` and ``RegsheetError`` as for ``open_workbook``.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        package = Package(data, path.name, path, hashed=hashed)
    except ForeignFormatError:
        return Opened(path, path.name, sha256, read_foreign(path), None)
    grid = read_grid(package)
    if not is_annotated(package, grid):
        return Opened(path, path.name, sha256, grid, package)
    responses, mark = responses_in(grid), read_mark(package)
    merge = earlier_merge(grid, mark.sheets if mark else ())
    bare = take_annotation_off(package)
    if mark is None or not bare.exact:
        name, source = path.name, sha256
    else:
        name, source = mark.source_name, mark.source_sha256
    return Opened(path, name, source, read_grid(bare.package), bare.package, responses, bare.remarks, merge)


@undisturbed
def understand(opened: Opened, config: Config) -> Book:
    """A workbook's registers and maps. Raises ``NothingFoundError`` where it has neither."""
    layout = find_tables(opened.grid, config.column_mappings)
    if not (layout.of_kind("register") or layout.of_kind("assurance-map")):
        raise NothingFoundError(
            f"No risk register and no assurance map was found in “{opened.path.name}”; "
            "'regsheet inspect' shows what was seen. Check that it is the right workbook."
        )
    _check_size(layout, opened.path.name)
    return build_book(opened.grid, layout, config, opened.path, opened.sha256)


def _check_size(layout: Layout, name: str) -> None:
    """Raise ``LayoutError`` where checking would take longer than anybody waits."""
    tables = [*layout.of_kind("register"), *layout.of_kind("assurance-map")]
    rows = sum(len(table.rows) for table in tables)
    if rows > MAX_RISKS or len(tables) > MAX_TABLES:
        raise LayoutError(
            f"“{name}” holds {len(tables):,} registers and maps with {rows:,} rows, and at most {MAX_TABLES:,} with "
            f"{MAX_RISKS:,} are checked at a time; move some of them to a workbook of their own and run again."
        )


def read(path: str | Path, config: Config | None = None) -> Book:
    """Read a workbook: ``book.registers[0].frame`` has one row a risk, ``book.maps[0].frame`` one an item of assurance.

    Raises ``RegsheetError`` where the file cannot be opened or holds neither register nor map.
    """
    return understand(open_workbook(Path(path)), config or Config())


def inspect(path: str | Path, config: Config | None = None) -> Layout:
    """How a workbook is understood: every table and what each of its columns means. Finding none is an answer."""
    return find_tables(open_workbook(Path(path)).grid, (config or Config()).column_mappings)


@undisturbed
def load(path: str | Path, options: Options | None = None, *, hashed: bool = False) -> Loaded:
    """Open and read a workbook, its previous quarter's and the owners list; see ``open_workbook``."""
    options = options or Options()
    opened = open_workbook(Path(path), hashed=hashed)
    book = understand(opened, options.config)
    previous = None if options.previous is None else read(options.previous, options.config)
    return Loaded(opened, book, options, previous, load_owners(options))


def load_owners(options: Options) -> OwnersList | None:
    """The owners list that the options name, else the one that the configuration names beside itself."""
    path, configuration = options.owners, options.configuration
    if path is None and configuration.config.owners and configuration.path:
        path = configuration.path.parent / configuration.config.owners
    return None if path is None else read_owners(open_workbook(path).grid, path.name)


@undisturbed
def check_book(book: Book, options: Options, *, previous: Book | None = None, owners: OwnersList | None = None,
               others: tuple[Book, ...] = (), responses: tuple[Response, ...] = (),
               history: History | None = None) -> Settled:  # fmt: skip
    """Check a workbook that was read, and work out what would be corrected. ``others`` are checked in the same run.

    ``responses`` are the answers on its Findings sheet, ``history`` the quarters before, where a ledger keeps them,
    in place of those of the options. A history of no quarters tells nothing and counts as none. Raises
    ``ConfigurationError`` for a rule that does not exist.
    """
    check_names(options.configuration, options.select, options.ignore)
    known = (options.history if history is None else history) or None
    rounds = Rounds()

    def run(current: Book) -> tuple[list[Finding], list[NotRun]]:
        context = Context(current, options.config, options.as_of, previous, owners, others, known, responses,
                          options.elsewhere)  # fmt: skip
        return run_round(context, options.select, options.ignore, rounds)

    def rebuild(grid: Grid) -> Book:
        return build_book(grid, book.layout, options.config, book.path, book.sha256, book)

    return settle(book, run, rebuild, correct=options.correct, suggestions=options.suggestions)


@undisturbed
def examine(path: str | Path, options: Options | None = None) -> Report:
    """Check a workbook and report; nothing is written. Raises ``RegsheetError``."""
    return examine_loaded(load(path, options))


def examine_loaded(loaded: Loaded, others: tuple[Book, ...] = ()) -> Report:
    """Report on a workbook that was loaded. What ``annotate`` would correct has status ``correctable``."""
    return as_correctable(report_on(loaded, others))


def as_correctable(report: Report) -> Report:
    """The same report where nothing has been written: what is corrected in a copy is only correctable in the input."""
    findings = tuple(finding.with_status("correctable") if finding.status == "corrected" else finding
                     for finding in report.settled.findings)  # fmt: skip
    return replace(report, settled=replace(report.settled, findings=findings))


@undisturbed
def annotate(
    path: str | Path, output: str | Path | None = None, options: Options | None = None, *, force: bool = False
) -> Annotated:
    """Write the annotated workbook, by default beside the input as ``NAME.checked.xlsx``. The input is never changed.

    Raises ``OutputError`` where the output may not be written, or holds somebody's changes and ``force`` is not given.
    """
    return annotate_loaded(load(path, options, hashed=True), output, force=force)


def annotate_loaded(
    loaded: Loaded, output: str | Path | None = None, others: tuple[Book, ...] = (), *, force: bool = False
) -> Annotated:
    """Annotate a workbook that was loaded; see ``annotate``."""
    path, package = loaded.opened.path, loaded.opened.package
    if package is None:
        raise OutputError(
            f"“{path.name}” is not an .xlsx or .xlsm workbook, so it cannot be annotated; open it in Excel, "
            "save it as an Excel Workbook (.xlsx) and run again. With --report OUT.xlsx its findings are written to a "
            "workbook of their own."
        )
    target = output_path(path, output, "checked")
    if not force:
        refuse_to_overwrite(target)
    done = annotate_package(loaded, package, others)
    package.save(target)
    return Annotated(done.report, target, done.without_note, done.not_written)


@undisturbed
def annotate_package(loaded: Loaded, package: Package, others: tuple[Book, ...] = ()) -> AnnotateResult:
    """Annotate the package of a workbook that was loaded, and save nothing: ``package.to_bytes()`` is the copy."""
    return write_annotation(package, report_on(loaded, others), loaded.opened.grid, sheets_to_graft)


def report_loaded(
    loaded: Loaded, output: str | Path, others: tuple[Book, ...] = (), *, force: bool = False
) -> Annotated:
    """Write the new sheets alone, as a workbook of their own, whatever the format of the one that was loaded.

    Nothing is corrected: what annotating would correct has status ``correctable``. Raises ``OutputError`` where a file
    stands already and ``force`` is not given: people answer in such a workbook.
    """
    path, target = loaded.opened.path, Path(output)
    if is_folder(target):
        target = target / f"{_base(path)}.findings.xlsx"
    if target.suffix.lower() != ".xlsx":
        raise OutputError(f"{target} is to be an Excel workbook; give a name that ends in .xlsx.")
    if _same(target, path):
        raise OutputError(f"{target} is the input, which is never written to; give another name.")
    if target.exists() and not force:
        raise OutputError(f"{target} exists already; give another name, or --force to replace it.")
    report = replace(examine_loaded(loaded, others), standalone=True)
    write_whole(target, build_sheets(report, SheetNames()))
    return Annotated(report, target, (), ())


def strip(path: str | Path, output: str | Path | None = None, *, force: bool = False) -> Stripped:
    """Write the workbook as it was before it was annotated, by default as ``NAME.stripped.xlsx`` beside it."""
    path = Path(path)
    target = output_path(path, output, "stripped")
    if target.exists() and not force:
        raise OutputError(f"{target} exists already; give another name with -o, or --force to replace it.")
    package = open_package(path)
    if not is_annotated(package):
        raise OutputError(f"“{path.name}” holds nothing of regsheet's, so there is nothing to take off.")
    bare = take_annotation_off(package)
    bare.package.save(target)
    return Stripped(target, bare.exact, bare.remarks)


def output_path(path: Path, output: str | Path | None, word: str) -> Path:
    """Where a result goes. Raises ``OutputError`` where that is the input itself."""
    target = Path(output) if output is not None else path.with_name(f"{_base(path)}.{word}{path.suffix}")
    if is_folder(target):
        target = target / f"{_base(path)}.{word}{path.suffix}"
    if output is None and _same(target, path):
        target = path.with_name(f"{_base(path)}.{word}-again{path.suffix}")
    if _same(target, path):
        raise OutputError(f"{target} is the input, which is never written to; give another name with -o.")
    if path.suffix and target.suffix.lower() != path.suffix.lower():
        raise OutputError(f"{target} is to be a workbook like “{path.name}”; give a name that ends in {path.suffix}.")
    return target


def _base(path: Path) -> str:
    """``register`` of ``register.checked.xlsx``."""
    return path.stem.removesuffix("-again").removesuffix(".checked").removesuffix(".stripped")


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))


def refuse_to_overwrite(target: Path) -> None:
    """Raise ``OutputError`` where a file stands that regsheet did not write, or that was changed since it did."""
    if not target.exists():
        return
    try:
        there = open_package(target)
        untouched = is_annotated(there) and take_annotation_off(there).exact
    except PackageError:
        untouched = False
    if not untouched:
        raise OutputError(
            f"{target} has been changed since regsheet wrote it, or is not regsheet's; "
            "move it away, give another name with -o, or use --force to replace it."
        )


def report_on(loaded: Loaded, others: tuple[Book, ...] = ()) -> Report:
    """Check a workbook that was loaded, with the others of the run in view; what is ``corrected`` is to be written."""
    opened, options = loaded.opened, loaded.options
    settled = check_book(loaded.book, options, previous=loaded.previous, owners=loaded.owners, others=others,
                         responses=opened.responses)  # fmt: skip
    return Report(
        settled=settled,
        as_of=options.as_of,
        version=VERSION,
        configuration=options.configuration.name,
        configuration_sha256=options.configuration.sha256,
        source_name=opened.source_name,
        source_sha256=opened.sha256,
        responses=opened.responses,
        remarks=undecided(opened.merge),
        others=others,
        merge=opened.merge,
    )
