"""What ``regsheet doctor`` does: look into a workbook, and write a trial copy when asked to."""

from __future__ import annotations

from pathlib import Path

from regsheet.cli.output import working
from regsheet.doctor.diagnosis import diagnose
from regsheet.doctor.trial import trial
from regsheet.package import open_package
from regsheet.reports.doctor_report import doctor_text, print_broken, print_diagnosis, print_trial
from regsheet.reports.screen import Screen, say


def run_doctor(workbook: Path, output: Path | None, output_format: str, force: bool) -> None:
    """Say what a workbook holds and whether it is kept; with ``output``, prove it on a copy."""
    with working(workbook.name):
        diagnosis = diagnose(open_package(workbook))
        done = None if output is None else trial(workbook, output, force=force)
    if output_format == "json":
        say(doctor_text(diagnosis, done))
        return
    console = Screen()
    print_diagnosis(console, diagnosis)
    if done is not None:
        print_trial(console, done)


def announce_broken(console: Screen, workbook: Path) -> None:
    """Say what annotating a workbook breaks, such as a signature."""
    print_broken(console, diagnose(open_package(workbook), {"broken"}))
