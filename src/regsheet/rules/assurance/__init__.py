"""Rules on assurance maps (AM)."""
