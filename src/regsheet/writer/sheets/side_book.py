"""The workbook that XlsxWriter makes for us: no clock, no text taken for anything else, compressed or not."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlsxwriter

from regsheet.writer.graft.loose import LooseRows, LooseSheets
from regsheet.writer.sheets.own_notes import NotePackager

CREATED = dt.datetime(2000, 1, 1)
"""When a workbook says that it was made, unless it says otherwise: the same report gives the same bytes."""

FONT_SIZE = 10


class SideBook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook in memory, compressed. ``content`` closes it.

    One that is ``loose`` is only made for its sheets to be put into another workbook; ``sheets`` closes it.
    """

    def __init__(self, font: str, *, loose: bool = False, date_1904: bool = False) -> None:
        """``font`` is that of cells without a look of their own. Texts stay texts, whatever they begin with."""
        self._buffer = io.BytesIO()
        self._loose = loose
        self._holder = _Holder()
        super().__init__(self._buffer, {
            "in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
            "nan_inf_to_errors": False, "date_1904": date_1904,
            "default_format_properties": {"font_name": font, "font_size": FONT_SIZE},
        })  # fmt: skip
        self.set_properties({"created": CREATED})
        if loose:
            self.str_table = _Texts()

    def add_worksheet(self, name: str | None = None, worksheet_class: Any = None) -> Any:
        """Add a sheet."""
        sheet = super().add_worksheet(name, worksheet_class)
        sheet.loose = self._loose
        return sheet

    def _get_packager(self) -> NotePackager:
        return self._holder if self._loose else NotePackager()

    def content(self) -> bytes:
        """The finished workbook."""
        self._finish()
        return self._buffer.getvalue()

    def sheets(self) -> LooseSheets:
        """The sheets of a workbook that is ``loose``."""
        rows = self._finish()
        files, self._holder.files = self._holder.files, []
        parts = {name: file.getvalue() if is_binary else file.getvalue().encode() for file, name, is_binary in files}
        self.__dict__.clear()  # the book and its formats know one another
        return LooseSheets(parts, rows)

    def have_done(self) -> None:
        """Hold little of what stands on the sheets so far, on which nothing may be put afterwards."""
        for sheet in self.worksheets():
            sheet.have_done()

    def _finish(self) -> dict[str, LooseRows]:
        """Close the workbook; gives the rows of each sheet, by the sheet's name, where they are loose."""
        self.close()
        rows = {}
        for sheet in self.worksheets():
            if self._loose:
                numbers = tuple(style._get_xf_index() for style in sheet.formats)
                rows[sheet.name] = LooseRows(sheet.rows, numbers, sheet.merges, sheet.links)
            vars(sheet).clear()  # it knows the workbook, which knows it: so the memory is free at once
        return rows


class _Texts:
    """In place of XlsxWriter's table of shared texts: each text stands for itself, and none is shared."""

    count = 0

    def _get_shared_string_index(self, text: str) -> str:
        return text

    def _get_shared_string(self, text: str) -> str:
        return text

    def _sort_string_data(self) -> None:
        """There is nothing to sort."""


class _Holder(NotePackager):
    """Makes the parts and keeps them, so that XlsxWriter finds nothing to compress."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[tuple[Any, str, bool]] = []

    def _write_theme_file(self) -> None:
        """Sheets that are put into another workbook do not need a theme, nor to say who made them."""

    _write_core_file = _write_app_file = _write_theme_file

    def _create_package(self) -> list[tuple[Any, str, bool]]:
        self.files = super()._create_package()
        return []
