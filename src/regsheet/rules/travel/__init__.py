"""Rules on the direction of travel (TR)."""
