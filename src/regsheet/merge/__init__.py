"""Copies that came back, merged into the workbook that was sent."""
