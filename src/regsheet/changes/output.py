"""Where the workbook of a comparison goes: never over what was compared, and over another file only when told to."""

from __future__ import annotations

from pathlib import Path

from regsheet.changes.comparison import Comparisons
from regsheet.errors import OutputError
from regsheet.package import is_folder, write_whole

FILE_NAME = "comparison.xlsx"
"""What the workbook is called where only a folder was given for it."""


def output_place(output: Path, old: Path, new: Path, *, force: bool) -> Path:
    """The file to write. Raises ``OutputError`` where it may not be written."""
    target = output / FILE_NAME if is_folder(output) else output
    if target.suffix.lower() != ".xlsx":
        raise OutputError(f"{target} is to be an Excel workbook; give a name that ends in .xlsx.")
    if any(_same(target, path) for path in (old, new)):
        raise OutputError(f"{target} is one of the workbooks compared, which are never written to; give another name.")
    if target.exists() and not force:
        raise OutputError(f"{target} exists already; give another name, or --force to replace it.")
    if target.exists() and any(path.is_dir() and path.resolve() in target.resolve().parents for path in (old, new)):
        from regsheet.changes.files import is_own_report

        if not is_own_report(target):
            raise OutputError(f"{target} is one of the workbooks compared, which are never written to; "
                              "give another name.")  # fmt: skip
    return target


def write_comparisons(compared: Comparisons, target: Path) -> None:
    """Write the workbook of a comparison."""
    from regsheet.changes.workbook import comparison_workbook

    write_whole(target, comparison_workbook(compared))


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))
