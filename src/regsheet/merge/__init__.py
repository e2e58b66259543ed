"""Copies that came back, merged into the workbook that was sent: three ways, by risk and field, nothing typed lost."""

from regsheet.merge.merging import Merged, merge_copies

__all__ = ["Merged", "merge_copies"]
