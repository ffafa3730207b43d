"""Every test here begins on Monday 09:12 at the door."""

from __future__ import annotations

from tests.sites.at_the_door import enter, office_clock

__all__ = ["enter", "office_clock"]
