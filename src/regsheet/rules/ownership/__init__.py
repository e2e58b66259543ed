"""Rules on owners of risks and actions (OW)."""
