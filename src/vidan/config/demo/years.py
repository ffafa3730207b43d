"""The demo goes on past the last notice: Đắk Lắk adopts the years to come provisionally."""

from __future__ import annotations

from datetime import datetime

from vidan.authorities import actions
from vidan.authorities import queries as authorities
from vidan.config.demo.cast import DAK_LAK
from vidan.kernel.ledger import By


def adopt(*, opened: datetime, now: datetime) -> list[int]:
    """From the office's first day up to next year, every year without a notice; those adopted now.

    The decision is of the day on which the office ``opened``, so that it covers the story's past.
    Safe to run again.
    """
    province = authorities.unit_by_code(DAK_LAK, on=now.date())
    calendar = authorities.calendar_of(province)
    adopted = [year for year in range(opened.year, now.year + 2) if not calendar.knows(year)]
    for year in adopted:
        actions.adopt_provisional_year(province, year, by=By(), at=opened)
    return adopted
