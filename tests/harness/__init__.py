"""What the tests stand on: a throw-away PostgreSQL, a data directory, a browser."""
