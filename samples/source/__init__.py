"""What the samples are made of."""
