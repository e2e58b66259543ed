"""Rules on how controls, actions and the stages of a score hang together (CL)."""
