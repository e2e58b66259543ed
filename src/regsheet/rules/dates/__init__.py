"""Rules on dates (DT)."""
