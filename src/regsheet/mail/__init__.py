"""Messages to heads of service: their own findings, and the workbook."""
