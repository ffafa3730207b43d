"""Speed, measured: never asserted by a timer in a test."""
