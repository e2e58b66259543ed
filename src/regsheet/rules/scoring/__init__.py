"""Rules on scores, ratings and bands (SC)."""
