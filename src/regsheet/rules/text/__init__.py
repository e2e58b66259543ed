"""Rules on what the words say (TX)."""
