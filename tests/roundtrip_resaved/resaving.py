"""Saving workbooks anew, as openpyxl and LibreOffice do."""

import shutil
import subprocess
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl

SECONDS = 120
Edit = Callable[[openpyxl.Workbook], object]


def nothing(book: openpyxl.Workbook) -> None:
    """No edit."""


def by_openpyxl(source: Path, target: Path, edit: Edit = nothing) -> Path:
    """Load, edit, save."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(source, keep_vba=source.suffix == ".xlsm")
        edit(book)
        book.save(target)
    return target


def libreoffice_is_here() -> bool:
    return shutil.which("soffice") is not None


def by_libreoffice(sources: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Convert many workbooks in one run; gives those that came out."""
    work = folder / "in"
    work.mkdir(parents=True)
    names = {f"{number}.xlsx": source for number, source in enumerate(sources)}
    for name, source in names.items():
        shutil.copy(source, work / name)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}", "--headless",
               "--convert-to", "xlsx", "--outdir", str(folder)]  # fmt: skip
    subprocess.run(
        [*command, *(str(work / name) for name in names)], capture_output=True, check=False,
        timeout=SECONDS + 5 * len(names),
    )  # fmt: skip
    return {source: folder / name for name, source in names.items() if (folder / name).exists()}
