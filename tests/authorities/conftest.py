"""Đắk Lắk as the project's own data files tell it, with the published calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from vidan.authorities import actions, queries
from vidan.authorities.models import Unit

LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)
TODAY = date(2026, 11, 23)


@pytest.fixture
def dak_lak(db: None) -> Unit:
    actions.load_units(provinces=["66"])
    actions.load_calendar()
    return queries.unit_by_code("H15")


@pytest.fixture
def ea_phe(dak_lak: Unit) -> Unit:
    return queries.unit_by_code("H15.158")


@pytest.fixture
def before(dak_lak: Unit) -> Callable[[str], Unit]:
    """The unit with a statistical code as it stood on the districts' last day."""
    return lambda gso_code: queries.unit_by_gso_code(gso_code, LAST_DAY_OF_DISTRICTS)
