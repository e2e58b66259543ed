"""Finds the tables of a workbook and decides what each column of them means."""

from regsheet.layout.find import find_tables
from regsheet.layout.settled import ColumnMapping, mappings_of
from regsheet.layout.tables import Layout

__all__ = ["ColumnMapping", "Layout", "find_tables", "mappings_of"]
