"""Registers and assurance maps as dataframes, and how they are scored."""
