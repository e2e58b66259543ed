"""What changed, as a workbook that an officer reads, filters and prints."""

from regsheet.compare.workbook.build import comparison_workbook

__all__ = ["comparison_workbook"]
