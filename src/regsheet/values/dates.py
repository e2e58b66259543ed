"""Dates as registers write them, read to a period."""
