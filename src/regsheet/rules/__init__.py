"""What an auditor checks in a risk register and an assurance map: one small class a rule."""
