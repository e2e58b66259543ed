"""A whole council in one run: every workbook of a folder, each in a process of its own."""
