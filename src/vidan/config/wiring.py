"""Who reacts to what: every reaction of one area to another, on one page. No signals."""

from __future__ import annotations


def connect() -> None:
    """Subscribe the areas above to the events of the areas below."""
