"""The committee's view of a quarter: a workbook, a page and tables for analysts."""
