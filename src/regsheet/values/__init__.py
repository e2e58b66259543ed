"""What the text of one cell says: a score, a level, a date, an owner, a direction. Knows cells, not tables."""
