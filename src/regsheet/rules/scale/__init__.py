"""Rules on the scale and the bands themselves (SL)."""
