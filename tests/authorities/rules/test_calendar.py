from __future__ import annotations

from datetime import date, time

import pytest

from vidan.authorities import reference
from vidan.authorities.rules.calendar import (
    CalendarGap,
    Closing,
    DayKind,
    Hours,
    OfficeClosed,
    OfficialDay,
    OffKind,
    WorkCalendar,
)

YEARS = reference.years()
PUBLISHED = WorkCalendar.of(
    [told.year for told in YEARS], [line for told in YEARS for line in told.days]
)
MORNING, AFTERNOON = (time(7), time(11, 30)), (time(13, 30), time(17))


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 24), "nghỉ Ngày Văn hóa Việt Nam"),
        (date(2026, 2, 17), "nghỉ Tết Nguyên đán"),
        (date(2023, 1, 21), "nghỉ Tết Nguyên đán"),  # a Saturday: the holiday is the reason
        (date(2026, 4, 26), "nghỉ Giỗ Tổ Hùng Vương"),  # a Sunday
        (date(2026, 4, 27), "nghỉ bù Giỗ Tổ Hùng Vương"),
        (date(2026, 1, 2), "nghỉ hoán đổi, làm bù thứ Bảy 10/01/2026"),
        (date(2026, 11, 28), "thứ Bảy"),
        (date(2026, 11, 29), "Chủ nhật"),
    ],
)
def test_a_day_off_says_why(day: date, reason: str) -> None:
    assert not PUBLISHED.works_on(day)
    assert PUBLISHED.reason_off(day) == reason


@pytest.mark.parametrize(
    "saturday", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)]
)
def test_a_swapped_saturday_is_worked(saturday: date) -> None:
    assert PUBLISHED.works_on(saturday)
    assert PUBLISHED.reason_off(saturday) is None
    assert PUBLISHED.periods(saturday) == (MORNING, AFTERNOON)


def test_nobody_guesses_a_year_without_a_notice() -> None:
    with pytest.raises(CalendarGap) as gap:
        PUBLISHED.works_on(date(2027, 3, 1))

    assert gap.value.year == 2027
    assert "năm 2027" in gap.value.explanation
    assert isinstance(gap.value, ValueError)


def test_counting_days_stops_where_the_calendar_ends() -> None:
    assert PUBLISHED.next_working_day(date(2026, 12, 30)) == date(2026, 12, 31)
    with pytest.raises(CalendarGap):
        PUBLISHED.next_working_day(date(2026, 12, 31))
    with pytest.raises(CalendarGap):
        PUBLISHED.previous_working_day(date(2021, 1, 4))


def test_the_next_working_day_leaps_over_tet() -> None:
    assert PUBLISHED.next_working_day(date(2026, 2, 13)) == date(2026, 2, 23)
    assert PUBLISHED.previous_working_day(date(2026, 2, 23)) == date(2026, 2, 13)
    assert PUBLISHED.next_working_day(date(2026, 11, 23)) == date(2026, 11, 25)


def test_a_holiday_beats_a_weekend_and_a_swap() -> None:
    saturday, friday = date(2026, 8, 22), date(2026, 8, 21)
    calendar = WorkCalendar.of(
        [2026],
        [
            OfficialDay(saturday, DayKind.HOLIDAY, "Quốc tang"),
            OfficialDay(saturday, DayKind.SWAPPED_IN, partner=friday),
        ],
    )

    off = calendar.day_off(saturday)
    assert off is not None
    assert (off.kind, off.words) == (OffKind.HOLIDAY, "nghỉ Quốc tang")


def test_a_closure_takes_a_day_even_a_swapped_one_but_never_renames_a_holiday() -> None:
    storm = Closing(date(2026, 8, 20), date(2026, 9, 1), "Phòng chống bão số 5")
    calendar = WorkCalendar.of(PUBLISHED.years, PUBLISHED.days.values(), closings=[storm])

    assert calendar.reason_off(date(2026, 8, 20)) == "Phòng chống bão số 5"
    assert calendar.reason_off(date(2026, 8, 22)) == "Phòng chống bão số 5"
    assert calendar.reason_off(date(2026, 8, 23)) == "Chủ nhật"
    assert calendar.reason_off(date(2026, 9, 1)) == "nghỉ Quốc khánh"
    assert calendar.works_on(date(2026, 9, 3))


def test_hours_are_the_defaults_until_the_unit_sets_its_own() -> None:
    friday_short = Hours(4, time(7, 30), time(11), valid_from=date(2026, 12, 1))
    calendar = WorkCalendar.of([2026], hours=[friday_short])

    assert calendar.periods(date(2026, 11, 27)) == (MORNING, AFTERNOON)
    assert calendar.periods(date(2026, 12, 4)) == ((time(7, 30), time(11)),)
    assert calendar.periods(date(2026, 12, 3)) == (MORNING, AFTERNOON)
    assert (calendar.opens(date(2026, 12, 4)), calendar.closes(date(2026, 12, 4))) == (
        time(7, 30),
        time(11),
    )


def test_the_nearest_hours_in_force_count_alone() -> None:
    province = [Hours(0, time(8), time(16), levels_up=1), Hours(1, time(8), time(16), levels_up=1)]
    own = Hours(0, time(7), time(12), valid_from=date(2026, 12, 1))
    calendar = WorkCalendar.of([2026], hours=[*province, own])

    assert calendar.periods(date(2026, 11, 30)) == ((time(8), time(16)),)
    assert calendar.periods(date(2026, 12, 7)) == ((time(7), time(12)),)
    assert calendar.periods(date(2026, 12, 8)) == (MORNING, AFTERNOON)


def test_a_swapped_saturday_keeps_the_hours_of_the_day_it_stands_for() -> None:
    monday = Hours(0, time(7), time(12))  # 22 August 2026 stands for Monday the 31st
    calendar = WorkCalendar.of([2026], PUBLISHED.days.values(), hours=[monday])

    assert calendar.periods(date(2026, 8, 22)) == ((time(7), time(12)),)


def test_a_day_off_has_no_opening_time() -> None:
    assert PUBLISHED.periods(date(2026, 11, 24)) == ()
    with pytest.raises(OfficeClosed, match="24/11/2026 không làm việc"):
        PUBLISHED.opens(date(2026, 11, 24))
    with pytest.raises(OfficeClosed, match="Chủ nhật"):
        PUBLISHED.closes(date(2026, 11, 29))


@pytest.mark.parametrize(
    "line",
    [
        {"kind": DayKind.HOLIDAY},
        {"kind": DayKind.MAKE_UP},
        {"kind": DayKind.SWAPPED_IN, "name": "làm bù"},
    ],
)
def test_half_a_line_of_a_notice_cannot_be_built(line: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="2026-01-01"):
        OfficialDay(date(2026, 1, 1), **line)  # type: ignore[arg-type]
