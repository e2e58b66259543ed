"""What came of the workbooks of a run, and how that changed from quarter to quarter: plain data for others to show."""
