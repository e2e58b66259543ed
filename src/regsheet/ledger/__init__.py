"""What a council's registers said in each quarter, in one SQLite file."""
