"""A workbook with long lists: its shared texts, and the links of its sheets, are spelled in one go."""

from __future__ import annotations

from typing import Any

from xlsxwriter.packager import Packager
from xlsxwriter.relationships import PACKAGE_SCHEMA, Relationships
from xlsxwriter.sharedstrings import SharedStrings

from regsheet.writer.sheets.side_book import SideBook
from regsheet.writer.sheets.spelling import any_text_element, in_attribute


class ListBook(SideBook):
    """A workbook as XlsxWriter makes it, byte for byte, in less time."""

    def _get_packager(self) -> Packager:
        return _ListPackager()


class _ListPackager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        texts = _Texts()
        texts.string_table = self.workbook.str_table
        if texts.string_table.count:
            self._write(texts, "xl/sharedStrings.xml")

    def _write_worksheet_rels_files(self) -> None:
        for number, sheet in enumerate(self.workbook.worksheets(), 1):  # all are worksheets, none a chart's
            links = _Links()
            for link in (*sheet.external_hyper_links, *sheet.external_drawing_links, *sheet.external_vml_links,
                         *sheet.external_background_links, *sheet.external_table_links,
                         *sheet.external_comment_links):  # fmt: skip
                links._add_document_relationship(*link)
            if links.relationships:
                self._write(links, f"xl/worksheets/_rels/sheet{number}.xml.rels")

    def _write(self, part: Any, name: str) -> None:
        part._set_xml_writer(self._filename(name))
        part._assemble_xml_file()


class _Texts(SharedStrings):  # type: ignore[misc]
    def _write_sst_strings(self) -> None:
        self.fh.write("".join([f"<si>{any_text_element(text)}</si>" for text in self.string_table.string_array]))


class _Links(Relationships):  # type: ignore[misc]
    def _write_relationships(self) -> None:
        self._xml_start_tag("Relationships", [("xmlns", PACKAGE_SCHEMA)])
        self.fh.write("".join([
            f'<Relationship Id="rId{number}" Type="{kind}" Target="{in_attribute(target)}"'
            + (f' TargetMode="{mode}"/>' if mode else "/>")
            for number, (kind, target, mode) in enumerate(self.relationships, 1)
        ]))  # fmt: skip
        self._xml_end_tag("Relationships")
