"""Rules on references (RF)."""
