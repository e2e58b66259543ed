"""The notes of new sheets, each spelled in one go: XlsxWriter makes forty calls for one, and a heatmap has dozens."""

from __future__ import annotations

from typing import Any, TextIO

from xlsxwriter.comments import Comments
from xlsxwriter.packager import Packager
from xlsxwriter.vml import Vml

from regsheet.grid.addresses import letters
from regsheet.writer.sheets.spelling import in_attribute, text_element


class NotePackager(Packager):  # type: ignore[misc]
    """Makes the parts of a workbook, with notes as they are spelled here, which is as XlsxWriter spells them.

    No sheet of ours has pictures in its header or footer, which XlsxWriter would put beside the boxes of notes.
    """

    def _write_comment_files(self) -> None:
        for number, sheet in enumerate(self._sheets_with_notes(), 1):
            notes = _Notes()
            notes._set_xml_writer(self._filename(f"xl/comments{number}.xml"))
            notes._assemble_xml_file(sheet.comments_list)

    def _write_vml_files(self) -> None:
        for number, sheet in enumerate(self._sheets_with_notes(), 1):
            boxes = _Boxes()
            boxes._set_xml_writer(self._filename(f"xl/drawings/vmlDrawing{number}.vml"))
            boxes._assemble_xml_file(sheet.vml_data_id, sheet.vml_shape_id, sheet.comments_list)

    def _sheets_with_notes(self) -> list[Any]:
        return [sheet for sheet in self.workbook.worksheets() if sheet.has_comments]


class _Notes(Comments):  # type: ignore[misc]
    """What the notes of a sheet say, in texts that have been made printable."""

    fh: TextIO

    def _write_comment(self, comment: Any, author_id: int) -> None:
        self.fh.write(
            f'<comment ref="{letters(comment.col + 1)}{comment.row + 1}" authorId="{author_id}"><text><r><rPr>'
            f'<sz val="{comment.font_size}"/><color indexed="81"/><rFont val="{in_attribute(comment.font_name)}"/>'
            f'<family val="{comment.font_family}"/></rPr>{text_element(comment.text)}</r></text></comment>'
        )


class _Boxes(Vml):  # type: ignore[misc]
    """The boxes of a sheet's notes, none of which is open."""

    fh: TextIO

    def _write_comment_shape(self, shape_id: int, z_index: int, comment: Any) -> None:
        left, top, width, height = self._pixels_to_points(comment.vertices)
        column, row, x, y, last_column, last_row, last_x, last_y = comment.vertices[:8]
        self.fh.write(
            f'<v:shape id="_x0000_s{shape_id}" type="#_x0000_t202" style="position:absolute;margin-left:{left:.15g}pt;'
            f"margin-top:{top:.15g}pt;width:{width:.15g}pt;height:{height:.15g}pt;z-index:{z_index};"
            f'visibility:hidden" fillcolor="{comment.color._vml_rgb_hex_value()}" o:insetmode="auto">'
            '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{column}, {x}, {row}, {y}, {last_column}, {last_x}, {last_row}, {last_y}</x:Anchor>"
            f"<x:AutoFill>False</x:AutoFill><x:Row>{comment.row}</x:Row><x:Column>{comment.col}</x:Column>"
            "</x:ClientData></v:shape>"
        )
