"""What changed, as a workbook that an officer reads, filters and prints."""

from regsheet.changes.workbook.build import comparison_workbook

__all__ = ["comparison_workbook"]
