from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidan.authorities.rules import lunar, sky
from vidan.authorities.rules.lunar import LunarDate, LunarRefused, lunar_of, new_year, solar_of


@pytest.mark.parametrize(
    ("day", "short", "words", "year"),
    [
        (date(2025, 1, 25), "26/12", "26 tháng Chạp", "Giáp Thìn"),
        (date(2025, 1, 29), "1/1", "mùng 1 tháng Giêng", "Ất Tỵ"),
        (date(2026, 2, 14), "27/12", "27 tháng Chạp", "Ất Tỵ"),
        (date(2026, 2, 17), "1/1", "mùng 1 tháng Giêng", "Bính Ngọ"),
        (date(2026, 2, 22), "6/1", "mùng 6 tháng Giêng", "Bính Ngọ"),
        (date(2026, 11, 23), "15/10", "rằm tháng Mười", "Bính Ngọ"),
        (date(2026, 11, 25), "17/10", "17 tháng Mười", "Bính Ngọ"),
        (date(2025, 7, 25), "1/6 nhuận", "mùng 1 tháng Sáu nhuận", "Ất Tỵ"),
    ],
)
def test_dates_printed_in_notices_and_on_calendars(
    day: date, short: str, words: str, year: str
) -> None:
    found = lunar_of(day)

    assert (found.short, found.words, found.year_name) == (short, words, year)


def test_tet_1985_came_a_month_before_chinas() -> None:
    assert new_year(1985) == date(1985, 1, 21)
    assert lunar_of(date(1985, 2, 20)) == LunarDate(1985, 2, False, 1)


@pytest.mark.parametrize(
    ("year", "leap_month"),
    [
        (2017, 6),
        (2020, 4),
        (2021, None),
        (2022, None),
        (2023, 2),
        (2024, None),
        (2025, 6),
        (2026, None),
    ],
)
def test_leap_months(year: int, leap_month: int | None) -> None:
    day, found = new_year(year), set()
    while day < new_year(year + 1):
        if lunar_of(day).leap:
            found.add(lunar_of(day).month)
        day += timedelta(days=1)

    assert found == ({leap_month} if leap_month else set())


@pytest.mark.parametrize("year", range(2021, 2027))
def test_tet_and_the_hung_kings_day_agree_with_the_holidays_library(year: int) -> None:
    library = holidays.country_holidays("VN", years=year, language="en_US")

    assert "Lunar New Year" in library[new_year(year)].split("; ")
    assert "Hung Kings" in library[solar_of(LunarDate(year, 3, False, 10))]


def test_meeus_own_example_of_a_new_moon() -> None:
    assert sky.new_moon(-283) == pytest.approx(2443192.65118, abs=0.000005)


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_there_and_back_again(day: date) -> None:
    found = lunar_of(day)

    assert solar_of(found) == day
    assert 1 <= found.day <= 30
    assert 1 <= found.month <= 12
    assert found.year in (day.year, day.year - 1)


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 30)))
def test_tomorrow_is_the_next_day_or_the_first_of_the_next_month(day: date) -> None:
    today, tomorrow = lunar_of(day), lunar_of(day + timedelta(days=1))

    assert tomorrow > today
    if tomorrow.day != 1:
        assert tomorrow == LunarDate(today.year, today.month, today.leap, today.day + 1)
    else:
        assert today.day in (29, 30)
        assert tomorrow.month in (today.month, today.month % 12 + 1)


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2101, 1, 1)])
def test_years_we_do_not_compute_are_refused(day: date) -> None:
    with pytest.raises(LunarRefused, match="từ năm 1900 đến năm 2100"):
        lunar_of(day)


@pytest.mark.parametrize(
    "none_such",
    [LunarDate(2026, 6, True, 1), LunarDate(2026, 1, False, 31), LunarDate(2026, 1, False, 0)],
)
def test_a_lunar_day_that_does_not_exist_is_refused(none_such: LunarDate) -> None:
    with pytest.raises(LunarRefused, match="Không có ngày"):
        solar_of(none_such)


def test_the_midnights_that_decide_are_vietnams() -> None:
    # 1968-01-29: new moon at 16:29 UTC is before midnight at UTC+7, after it at UTC+8.
    assert new_year(1968) == date(1968, 1, 29)
    assert lunar.HOURS_EAST == 7
