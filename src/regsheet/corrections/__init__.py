"""Which findings may be written back, and the log of what was."""
