"""Leaders, unit administrators, inspectors."""
