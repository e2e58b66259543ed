"""Rules on the state of the spreadsheet itself (HY)."""
