"""The whole check that the page asks for: read, check, annotate, and all that is shown and fetched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from regsheet.config import FILE_NAME, load_config
from regsheet.config_file import save_mappings
from regsheet.doctor.diagnosis import diagnose
from regsheet.errors import RegsheetError
from regsheet.layout import mappings_of
from regsheet.layout.settled import ColumnMapping
from regsheet.pipeline import Loaded, as_correctable, output_path, report_on
from regsheet.reports.csv_report import findings_csv
from regsheet.reports.json_report import as_text, report_object
from regsheet.reports.wording import merged_not_run
from regsheet.rules.findings import Correction, Finding
from regsheet.version import VERSION
from regsheet.web.work.coverage import Coverage
from regsheet.web.work.downloads import CSV, JSON, TOML, XLSX, Downloads, media_type_of
from regsheet.web.work.given import load_all, others_of
from regsheet.web.work.heatmap import heatmap_shown
from regsheet.web.work.orders import GivenFile, Order
from regsheet.web.work.reading import tables_shown
from regsheet.web.work.results import BookShown, ChangeShown, FindingShown, Result
from regsheet.web.work.wording import STATUS_SHOWN, words
from regsheet.writer.annotate import annotate
from regsheet.writer.report import Report
from regsheet.writer.sheets import SheetNames, build_sheets, sheets_to_graft
from regsheet.writer.sheets.bands import BandWords
from regsheet.writer.sheets.texts import display, one_line

Say = Callable[[str], None]
RESULT = "result.json"


def check(order: Order, say: Say) -> None:
    """Check an order's workbooks together, and write the result and its downloads into the order's folder."""
    folder = Path(order.folder)
    say("reading")
    order = with_mended(order)
    together = load_all(order)
    say("checking")
    reports = [report_on(loaded, others_of(loaded, together)) for loaded in together]
    downloads = Downloads(folder)
    say("annotating")
    books = []
    for position, (loaded, report) in enumerate(zip(together, reports, strict=True)):
        # What is written decides: a correction that its cell refused is open again.
        reports[position], remarks = _write(loaded, report, downloads)
        books.append(_book(loaded, reports[position], remarks))
    say("writing")
    _write_lists(together, reports, downloads)
    _write_mapping(order, together, downloads)
    result = _result(order, together, reports, tuple(books), downloads)
    (folder / RESULT).write_bytes(msgspec.json.encode(result))


def with_mended(order: Order) -> Order:
    """The order with a configuration that settles what was mended: the one that was sent, added to."""
    if not order.mended:
        return order
    given = GivenFile(FILE_NAME if order.config is None else order.config.name, "mended.toml")
    path = Path(order.folder, given.stored)
    path.unlink(missing_ok=True)
    if order.config is not None:
        path.write_bytes(Path(order.folder, order.config.stored).read_bytes())
    save_mappings(path, [ColumnMapping(headings) for headings in order.mended])
    return msgspec.structs.replace(order, config=given)


def _write(loaded: Loaded, report: Report, downloads: Downloads) -> tuple[Report, tuple[str, ...]]:
    """The annotated workbook, or for another format the findings workbook alone; gives the report as written."""
    name, package = loaded.opened.path, loaded.opened.package
    standalone = build_sheets(replace(as_correctable(report), standalone=True), SheetNames())
    remarks: list[str] = list(loaded.opened.remarks)
    if package is None:
        report = as_correctable(report)
        remarks.append(words("remarks")["not_annotated"].format(file=name.name))
    else:
        remarks += [f"{holding.name}: {holding.sentence}" for holding in diagnose(package, {"broken"}).holdings]
        done = annotate(package, report, loaded.opened.grid, sheets_to_graft)
        report = done.report
        remarks += [words("remarks")["not_corrected"].format(cell=cell) for cell in done.not_written]
        remarks += [words("remarks")["no_note"].format(cell=cell) for cell in done.without_note]
        target = output_path(name, None, "checked").name
        downloads.add(package.to_bytes(), target, media_type_of(target), "annotated", main=True)
    stem = output_path(name, None, "checked").stem.removesuffix(".checked")
    downloads.add(standalone, f"{stem}.findings.xlsx", XLSX, "findings")
    return report, tuple(remarks)


def _write_lists(together: Sequence[Loaded], reports: Sequence[Report], downloads: Downloads) -> None:
    """The findings as CSV and as JSON, as ``regsheet check`` writes them."""
    named = [(loaded.opened.path.name, as_correctable(report))
             for loaded, report in zip(together, reports, strict=True)]  # fmt: skip
    text = findings_csv(named).encode("utf-8-sig", "replace")
    downloads.add(text, "findings.csv", CSV, "csv")
    text = as_text([report_object(name, report) for name, report in named]).encode("utf-8", "replace")
    downloads.add(text, "findings.json", JSON, "json")


def _write_mapping(order: Order, together: Sequence[Loaded], downloads: Downloads) -> None:
    """The configuration with how the columns were read, to keep for later quarters."""
    mappings = [mapping for loaded in together for mapping in mappings_of(loaded.book.layout)]
    if not mappings:
        return
    name = FILE_NAME if order.config is None else order.config.name
    path = downloads.folder / "mapping.toml"
    path.unlink(missing_ok=True)
    try:
        if order.config is not None:
            path.write_bytes(Path(order.folder, order.config.stored).read_bytes())
        save_mappings(path, mappings)
        load_config(path)
    except RegsheetError:  # such as two columns of one field: the rest of the check does not depend on it
        return
    downloads.add(path.read_bytes(), name, TOML, "mapping")


def _book(loaded: Loaded, report: Report, remarks: tuple[str, ...]) -> BookShown:
    book, bands = loaded.book, BandWords(loaded.book.registers)
    what = [words("what")[kind] for kind, there in (("register", book.registers), ("map", book.maps)) if there]
    return BookShown(
        name=loaded.opened.path.name,
        what=" and ".join(what),
        annotated=loaded.opened.package is not None,
        tables=tables_shown(book.layout),
        scorings=tuple((register.sheet_name, register.scoring.explanation) for register in book.registers),
        changes=tuple(
            ChangeShown(change.correction.sheet, change.correction.cell, change.code, one_line(change.ref or ""),
                        display(change.before), _after(change.correction, bands),
                        change.correction.basis)
            for change in report.settled.changes
        ),
        not_run=tuple((why, tuple(codes)) for why, codes in merged_not_run(report.settled.not_run)),
        remarks=(*report.remarks, *remarks),
    )  # fmt: skip


def _after(correction: Correction, bands: BandWords) -> str:
    """What a corrected cell holds now; of one that was only recoloured, the band whose colour it has."""
    return display(correction.after) if correction.fill is None else bands.fill(correction.sheet, correction.fill)


def _result(order: Order, together: Sequence[Loaded], reports: Sequence[Report], books: tuple[BookShown, ...],
            downloads: Downloads) -> Result:  # fmt: skip
    coverage = Coverage([register for report in reports for register in report.settled.book.registers])
    maps = [(number, item) for number, report in enumerate(reports) for item in report.settled.book.maps]
    coverages = tuple(coverage.shown(number, item) for number, item in maps)
    return Result(
        as_of=together[0].options.as_of,
        version=VERSION,
        configuration=together[0].options.configuration.name,
        books=books,
        findings=tuple(
            _finding(number, finding) for number, report in enumerate(reports) for finding in report.settled.findings
        ),
        heatmaps=tuple(
            heatmap_shown(number, register, together[number].previous)
            for number, report in enumerate(reports) for register in report.settled.book.registers
        ),
        coverages=coverages,
        unmapped=coverage.unmapped() if maps else (),
        downloads=tuple(downloads.written),
        notices=_notices(order),
    )  # fmt: skip


def _notices(order: Order) -> tuple[str, ...]:
    """What is to be said of the check as a whole."""
    if order.config is None or order.owners is not None:
        return ()
    named = load_config(Path(order.folder, order.config.stored)).config.owners
    return () if not named else (words("notices")["owners"].format(config=order.config.name, owners=Path(named).name),)


def _finding(number: int, finding: Finding) -> FindingShown:
    return FindingShown(
        book=number,
        severity=finding.severity.value,
        code=finding.code,
        name=finding.name,
        sheet=finding.sheet,
        cell=finding.cell or "",
        ref=one_line(finding.ref or ""),
        title=one_line(finding.title or ""),
        owner=one_line(finding.owner or ""),
        message=finding.message,
        advice=finding.advice,
        status=finding.status,
        status_words=STATUS_SHOWN[finding.status],
    )
