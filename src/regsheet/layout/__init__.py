"""Finds the tables of a workbook and decides what each column of them means."""

from regsheet.layout.find import find_tables
from regsheet.layout.tables import Layout

__all__ = ["Layout", "find_tables"]
