"""What the templates are made of."""
