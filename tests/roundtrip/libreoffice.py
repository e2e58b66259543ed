"""Which workbooks LibreOffice opens: many in one run, and alone what is missing after it."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

BATCH = 25
SECONDS = 120


def is_here() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def opened(files: Sequence[Path], work: Path) -> set[Path]:
    """Those of the files that LibreOffice turns into CSV. ``work`` is a folder of the caller's for what it writes."""
    names = {f"{number}{file.suffix}": file for number, file in enumerate(files)}
    work.mkdir(parents=True, exist_ok=True)
    for name, file in names.items():
        shutil.copy(file, work / name)
    waiting = list(names)
    for start in range(0, len(waiting), BATCH):
        _convert(work, waiting[start : start + BATCH])
    # One that brings the program down takes those behind it along: they get another run of their own.
    for name in waiting:
        if not (work / name).with_suffix(".csv").exists():
            _convert(work, [name])
    return {file for name, file in names.items() if (work / name).with_suffix(".csv").exists()}


def _convert(work: Path, names: Sequence[str]) -> None:
    profile = (work / "profile").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "csv", "--outdir", "."]
    try:
        subprocess.run([*command, *names], cwd=work, capture_output=True, timeout=SECONDS + 3 * len(names), check=False)
    except subprocess.TimeoutExpired:
        return
