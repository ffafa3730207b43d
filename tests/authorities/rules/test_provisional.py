"""The days off of a year without a notice, and how they compare with the notices there were."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidan.authorities import reference
from vidan.authorities.reference import YearRow
from vidan.authorities.rules.calendar import (
    CalendarGap,
    Closing,
    DayKind,
    OfficialDay,
    OffKind,
    WorkCalendar,
)
from vidan.authorities.rules.lunar import LunarRefused
from vidan.authorities.rules.provisional import CULTURE_DAY, NATIONAL_DAY, days_of, make_up

every_notice = pytest.mark.parametrize("told", reference.years(), ids=lambda told: str(told.year))
years = st.integers(2021, 2100)


def provisional(*adopted: int) -> WorkCalendar:
    lines = [line for year in adopted for line in days_of(year)]
    return WorkCalendar.of([], lines, provisional=adopted)


def of(told: YearRow, kind: DayKind) -> list[OfficialDay]:
    return sorted((one for one in told.days if one.kind is kind), key=lambda one: one.day)


YEAR_2027 = provisional(2027)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2027, 1, 1), "nghỉ Tết Dương lịch"),
        (date(2027, 2, 5), "nghỉ Tết Nguyên đán"),
        (date(2027, 2, 6), "nghỉ Tết Nguyên đán"),  # mùng 1, a Saturday
        (date(2027, 2, 9), "nghỉ Tết Nguyên đán"),
        (date(2027, 2, 10), "nghỉ bù Tết Nguyên đán"),
        (date(2027, 2, 11), "nghỉ bù Tết Nguyên đán"),
        (date(2027, 4, 16), "nghỉ Giỗ Tổ Hùng Vương"),
        (date(2027, 4, 30), "nghỉ Ngày Chiến thắng 30/4"),
        (date(2027, 5, 1), "nghỉ Ngày Quốc tế Lao động"),
        (date(2027, 5, 3), "nghỉ bù Ngày Quốc tế Lao động"),
        (date(2027, 9, 2), "nghỉ Quốc khánh"),
        (date(2027, 9, 3), "nghỉ Quốc khánh"),
        (date(2027, 11, 24), "nghỉ Ngày Văn hóa Việt Nam"),
    ],
)
def test_2027_names_its_days_and_says_that_they_are_provisional(day: date, reason: str) -> None:
    assert YEAR_2027.reason_off(day) == f"{reason} (lịch tạm tính)"
    assert YEAR_2027.is_provisional(day)


def test_2027_has_no_other_weekday_off() -> None:
    year = (date(2027, 1, 1) + timedelta(days=n) for n in range(365))
    off = [day for day in year if day.weekday() < 5 and not YEAR_2027.works_on(day)]

    assert [f"{day.day}/{day.month}" for day in off] == [
        "1/1", "5/2", "8/2", "9/2", "10/2", "11/2", "16/4", "30/4", "3/5", "2/9", "3/9", "24/11",
    ]  # fmt: skip


def test_a_plain_weekend_needs_no_notice() -> None:
    assert YEAR_2027.reason_off(date(2027, 1, 2)) == "thứ Bảy"
    assert YEAR_2027.closes(date(2027, 1, 4)) == time(17)


@every_notice
def test_every_notice_made_up_holidays_as_the_rule_does(told: YearRow) -> None:
    lawful = [line for line in of(told, DayKind.HOLIDAY) if line.name != CULTURE_DAY]

    assert list(make_up(lawful)) == of(told, DayKind.MAKE_UP)


@every_notice
def test_every_notice_chose_the_neighbour_of_national_day_that_we_assume(told: YearRow) -> None:
    named = [line.day for line in of(told, DayKind.HOLIDAY) if line.name == NATIONAL_DAY]

    assert [line.day for line in days_of(told.year) if _is_national_day(line)] == named


def _is_national_day(line: OfficialDay) -> bool:
    return line.kind is DayKind.HOLIDAY and line.name == NATIONAL_DAY


@pytest.mark.parametrize(
    ("year", "before"), [(2022, 1), (2023, 2), (2024, 2), (2025, 2), (2026, 1)]
)
def test_apart_from_swaps_the_notices_gave_what_the_law_gives(year: int, before: int) -> None:
    told = next(row for row in reference.years() if row.year == year)
    lines = [*of(told, DayKind.HOLIDAY), *of(told, DayKind.MAKE_UP)]

    assert list(days_of(year, tet_days_before=before)) == sorted(lines, key=lambda line: line.day)


def test_the_culture_day_began_in_2026_and_is_never_made_up() -> None:
    assert date(2025, 11, 24) not in {line.day for line in days_of(2025)}
    assert date(2029, 11, 24).weekday() == 5
    assert provisional(2029).works_on(date(2029, 11, 26))


@settings(deadline=None)
@given(years)
def test_a_weekday_is_off_only_as_a_holiday_or_to_make_up_for_one(year: int) -> None:
    calendar = provisional(year)
    off = {line.day: line for line in days_of(year)}
    day = date(year, 1, 1)
    while day.year == year:
        found = calendar.day_off(day)
        if found and day.weekday() < 5:
            assert found.kind in (OffKind.HOLIDAY, OffKind.MAKE_UP)
            assert off[day].name in found.words
        elif day.weekday() < 5:
            assert day not in off
        day += timedelta(days=1)


@settings(deadline=None)
@given(years)
def test_as_many_days_are_made_up_as_lawful_holidays_fall_on_weekends(year: int) -> None:
    lines = days_of(year)
    lawful = [one for one in lines if one.kind is DayKind.HOLIDAY and one.name != CULTURE_DAY]
    made_up = [one for one in lines if one.kind is DayKind.MAKE_UP]

    assert len(made_up) == sum(one.day.weekday() >= 5 for one in lawful)
    assert all(one.day.weekday() < 5 for one in made_up)
    assert len({one.day for one in lines}) == len(lines)
    assert {one.day.year for one in lines} == {year}


def test_a_units_own_closure_counts_in_a_provisional_year() -> None:
    storm = Closing(date(2027, 1, 4), date(2027, 1, 4), "Bão số 1")
    calendar = WorkCalendar.of([], days_of(2027), closings=[storm], provisional=[2027])

    assert calendar.reason_off(date(2027, 1, 4)) == "Bão số 1"


def test_the_next_year_remains_a_gap() -> None:
    assert YEAR_2027.knows(2027)
    assert not YEAR_2027.knows(2028)
    with pytest.raises(CalendarGap, match="2028"):
        YEAR_2027.works_on(date(2028, 1, 3))


def test_a_year_is_never_both_published_and_provisional() -> None:
    with pytest.raises(ValueError, match="2026"):
        WorkCalendar.of([2026], provisional=[2026])


def test_beyond_the_years_of_the_moon_there_is_no_guess() -> None:
    with pytest.raises(LunarRefused):
        days_of(2101)
