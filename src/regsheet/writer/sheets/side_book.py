"""The workbook that XlsxWriter makes for us: no clock, no text taken for anything else, compressed or not."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import xlsxwriter
from xlsxwriter.packager import Packager

STAMP = (1980, 1, 1, 0, 0, 0)
"""The date of every part, as XlsxWriter gives it: never that of the clock."""


CREATED = dt.datetime(2000, 1, 1)
"""When a workbook says that it was made, unless it says otherwise: the same report gives the same bytes."""

FONT_SIZE = 10


class SideBook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook in memory. ``content`` closes it.

    One that is only opened again, for its sheets to be put into another workbook, is not ``compressed``: packing and
    unpacking would take longer than writing it.
    """

    def __init__(self, font: str, *, compressed: bool = True, date_1904: bool = False) -> None:
        """``font`` is that of cells without a look of their own. Texts stay texts, whatever they begin with."""
        self._buffer = io.BytesIO()
        self._compressed = compressed
        self._holder = _Holder()
        super().__init__(self._buffer, {
            "in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
            "nan_inf_to_errors": False, "date_1904": date_1904,
            "default_format_properties": {"font_name": font, "font_size": FONT_SIZE},
        })  # fmt: skip
        self.set_properties({"created": CREATED})

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
