"""The new sheets: Check summary, Findings, Heatmap, Assurance and Change log, as a side workbook to be grafted."""

from regsheet.writer.sheets.names import SheetNames, choose_names
from regsheet.writer.sheets.workbook import build_sheets, sheets_to_graft

__all__ = ["SheetNames", "build_sheets", "choose_names", "sheets_to_graft"]
