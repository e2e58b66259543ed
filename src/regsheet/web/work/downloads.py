"""The files that a check gives: written into the job's folder under names of our own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from regsheet.web.work.results import Download
from regsheet.web.work.wording import words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"
TOML = "application/toml"
ZIP = "application/zip"


def media_type_of(name: str) -> str:
    """The media type of a workbook by its ending."""
    return XLSM if name.lower().endswith((".xlsm", ".xltm")) else XLSX


@dataclass(slots=True)
class Downloads:
    """Files as they are written, in the order in which the page offers them."""

    folder: Path
    written: list[Download] = field(default_factory=list)

    def add(self, content: bytes, name: str, media_type: str, what: str, *, main: bool = False) -> None:
        """Write a file and offer it as ``name``; ``what`` is the key of its wording."""
        key = f"{len(self.written) + 1}"
        stored = f"result-{key}"
        (self.folder / stored).write_bytes(content)
        said = words("downloads")
        about = said[f"{what}_about"]
        self.written.append(Download(key, stored, name, media_type, said[what], about, len(content), main))
