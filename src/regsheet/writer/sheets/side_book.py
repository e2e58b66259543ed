"""The workbook that XlsxWriter makes, whose parts can be had without being compressed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import xlsxwriter
from xlsxwriter.packager import Packager

STAMP = (1980, 1, 1, 0, 0, 0)
"""The date of every part, as XlsxWriter gives it: never that of the clock."""


class SideBook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook in memory. ``content`` closes it.

    One that is only opened again, for its sheets to be put into another workbook, is not ``compressed``: packing and
    unpacking would take longer than writing it.
    """

    def __init__(self, options: dict[str, Any], *, compressed: bool) -> None:
        self._buffer = io.BytesIO()
        self._compressed = compressed
        self._holder = _Holder()
        super().__init__(self._buffer, {**options, "in_memory": True})

    def _get_packager(self) -> Packager:
        return super()._get_packager() if self._compressed else self._holder

    def content(self) -> bytes:
        """The finished workbook."""
        self.close()
        for sheet in self.worksheets():
            vars(sheet).clear()  # it knows the workbook, which knows it: so the memory is free at once
        if self._compressed:
            return self._buffer.getvalue()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
            while self._holder.files:
                written, name, is_binary = self._holder.files.pop(0)
                content = written.getvalue() if is_binary else written.getvalue().encode()
                archive.writestr(zipfile.ZipInfo(name, STAMP), content)
        return buffer.getvalue()


class _Holder(Packager):  # type: ignore[misc]
    """Makes the parts and keeps them, so that XlsxWriter finds nothing to compress."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[tuple[Any, str, bool]] = []

    def _create_package(self) -> list[tuple[Any, str, bool]]:
        self.files = super()._create_package()
        return []
