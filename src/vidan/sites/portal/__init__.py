"""Public pages: a citizen on an old phone."""
