"""Rules on objectives (OB)."""
