"""What changed from one workbook to another, or from one folder of them, in words an officer uses."""
