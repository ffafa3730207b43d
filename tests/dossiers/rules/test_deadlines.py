"""When a certified copy is due: the published cases, and a second telling of the same rule."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidan.authorities.rules.calendar import (
    CalendarGap,
    Closing,
    DayKind,
    Hours,
    OfficialDay,
    WorkCalendar,
)
from vidan.dossiers.rules.deadlines import Because, Due, Reason, same_day
from vidan.kernel.clock import ZONE

CUTOFF = time(15)
CULTURE_DAY = "Ngày Văn hóa Việt Nam"
# What the notices for 2026 say of the days that the cases below meet.
YEAR_2026 = WorkCalendar.of(
    [2026],
    [
        *(OfficialDay(date(2026, 2, day), DayKind.HOLIDAY, "Tết Nguyên đán") for day in range(16, 21)),
        OfficialDay(date(2026, 4, 30), DayKind.HOLIDAY, "Ngày Chiến thắng 30/4"),
        OfficialDay(date(2026, 5, 1), DayKind.HOLIDAY, "Ngày Quốc tế Lao động"),
        OfficialDay(date(2026, 8, 31), DayKind.SWAPPED_OFF, partner=date(2026, 8, 22)),
        OfficialDay(date(2026, 8, 22), DayKind.SWAPPED_IN, partner=date(2026, 8, 31)),
        OfficialDay(date(2026, 9, 1), DayKind.HOLIDAY, "Quốc khánh"),
        OfficialDay(date(2026, 9, 2), DayKind.HOLIDAY, "Quốc khánh"),
        OfficialDay(date(2026, 11, 24), DayKind.HOLIDAY, CULTURE_DAY),
    ],
)  # fmt: skip


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=ZONE)


def due(text: str, agreed_days: int = 0) -> Due:
    return same_day(moment(text), cutoff=CUTOFF, calendar=YEAR_2026, agreed_days=agreed_days)


@pytest.mark.parametrize(
    ("fact", "received", "expected"),
    [
        ("in the morning: the same day", "23/11/2026 09:12", "23/11/2026 17:00"),
        ("15:00 itself is in time", "23/11/2026 15:00", "23/11/2026 17:00"),
        ("15:01 is not; the holiday is passed over", "23/11/2026 15:01", "25/11/2026 17:00"),
        ("the case of the slip", "23/11/2026 15:20", "25/11/2026 17:00"),
        ("before opening it is that day's", "23/11/2026 06:30", "23/11/2026 17:00"),
        ("in the lunch break it is still today", "23/11/2026 12:15", "23/11/2026 17:00"),
        ("in the evening it is the next working day's", "25/11/2026 20:00", "26/11/2026 17:00"),
        ("Friday afternoon ends on Monday", "20/11/2026 15:30", "23/11/2026 17:00"),
        ("on a holiday: the next working day", "24/11/2026 08:00", "25/11/2026 17:00"),
        ("a voluntary Saturday counts from Monday", "21/11/2026 08:30", "23/11/2026 17:00"),
        ("Sunday as well", "22/11/2026 14:59", "23/11/2026 17:00"),
        ("a Saturday swapped in is worked", "22/08/2026 09:00", "22/08/2026 17:00"),
        ("also as the next working day", "21/08/2026 15:30", "22/08/2026 17:00"),
        ("the swapped-off Monday and the feast", "28/08/2026 15:30", "03/09/2026 17:00"),
        ("the last afternoon before Tết", "13/02/2026 15:45", "23/02/2026 17:00"),
        ("within Tết", "18/02/2026 10:00", "23/02/2026 17:00"),
        ("30 April and 1 May in a row", "29/04/2026 15:01", "04/05/2026 17:00"),
        ("the last day of the year, in time", "31/12/2026 15:00", "31/12/2026 17:00"),
    ],
)  # fmt: skip
def test_due(fact, received, expected):
    assert due(received).at == moment(expected), fact


@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, "25/11/2026 17:00"), (2, "26/11/2026 17:00")],
)
def test_agreed_days_are_working_days_after_the_lawful_one(days, expected):
    assert due("23/11/2026 09:12", days).at == moment(expected)


def test_agreed_days_come_on_top_of_the_next_day():
    found = due("23/11/2026 15:20", 2)
    assert found.at == moment("27/11/2026 17:00")
    assert [r.because for r in found.reasons][-2:] == [Because.AGREED, Because.CLOSE_OF_DAY]


def test_seconds_do_not_count_because_the_slip_shows_minutes():
    late = moment("23/11/2026 15:00").replace(second=59, microsecond=999999)
    assert same_day(late, cutoff=CUTOFF, calendar=YEAR_2026).at == moment("23/11/2026 17:00")


def test_the_close_is_the_offices_own():
    calendar = WorkCalendar.of([2026], hours=[Hours(0, time(7), time(11, 30))])
    found = same_day(moment("23/11/2026 09:00"), cutoff=CUTOFF, calendar=calendar)
    assert found.at == moment("23/11/2026 11:30")


def test_a_closed_unit_is_passed_over_with_its_own_reason():
    closing = Closing(date(2026, 11, 25), date(2026, 11, 26), "nghỉ do bão số 15")
    calendar = WorkCalendar.of([2026], closings=[closing])
    found = same_day(moment("24/11/2026 15:20"), cutoff=CUTOFF, calendar=calendar)
    assert found.at == moment("27/11/2026 17:00")
    assert [r.words for r in found.reasons if r.because is Because.DAYS_OFF] == [closing.reason] * 2


@pytest.mark.parametrize("received", ["31/12/2026 15:01", "31/12/2026 23:59"])
def test_a_year_without_notice_is_named_not_guessed(received):
    with pytest.raises(CalendarGap, match="năm 2027"):
        due(received)


def test_the_reasons_of_the_slips_case_in_order():
    assert [(r.because.value, str(r.at)[:10], r.words) for r in due("23/11/2026 15:20").reasons] == [
        ("after_cutoff", "2026-11-23", "15:00"),
        ("days_off", "2026-11-24", f"nghỉ {CULTURE_DAY}"),
        ("next_working_day", "2026-11-25", ""),
        ("close_of_day", "2026-11-25", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("received", ["23/11/2026 09:12", "21/11/2026 08:30", "23/11/2026 15:20"])
@pytest.mark.parametrize("days", [0, 2])
def test_reasons_survive_being_kept(received, days):
    reasons = due(received, days).reasons
    assert tuple(Reason.from_json(r.as_json()) for r in reasons) == reasons


# -- the same rule told a second time: walk day by day over plain sets -----------------------------
FIRST = date(2026, 3, 2)
days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))


@given(
    holidays=st.sets(days, max_size=12),
    worked=st.sets(days.filter(lambda day: day.weekday() >= 5), max_size=4),
    on=days,
    minute=st.integers(0, 24 * 60 - 1),
    agreed=st.integers(0, 2),
)
def test_against_a_walk_day_by_day(holidays, worked, on, minute, agreed):
    worked -= holidays
    partner = date(2026, 12, 1)
    calendar = WorkCalendar.of(
        [2026],
        [OfficialDay(day, DayKind.HOLIDAY, "lễ") for day in holidays]
        + [OfficialDay(day, DayKind.SWAPPED_IN, partner=partner) for day in worked],
    )
    received = datetime.combine(on, time(minute // 60, minute % 60), ZONE)

    def open_on(day: date) -> bool:
        return day in worked or (day.weekday() < 5 and day not in holidays)

    left = agreed + (0 if open_on(on) and minute <= 15 * 60 else 1)
    walker = on
    while left:
        walker += timedelta(days=1)
        left -= open_on(walker)

    found = same_day(received, cutoff=CUTOFF, calendar=calendar, agreed_days=agreed)
    assert found.at == datetime.combine(walker, time(17), ZONE)
    # Every day passed over is accounted for by a reason or is a working day agreed upon.
    off = {r.at for r in found.reasons if r.because is Because.DAYS_OFF}
    between = (on + timedelta(days=n) for n in range(1, (walker - on).days))
    assert off == {day for day in between if not open_on(day)}
