"""Every test here begins on Monday 09:12; the second step has its own tests beside the account."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sites.at_the_door import enter, office_clock

__all__ = ["enter", "office_clock"]


@pytest.fixture(autouse=True)
def second_step_is_offered(settings: Any) -> None:
    settings.VIDAN_SECOND_FACTOR = "offered"
