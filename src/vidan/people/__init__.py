"""Citizens, organisations, staff, posts, roles and delegation."""
