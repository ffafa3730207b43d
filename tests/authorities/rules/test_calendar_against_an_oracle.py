"""The calendar against a slow second telling of the same rules, minute by minute."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidan.authorities.rules.calendar import (
    CalendarGap,
    Closing,
    DayKind,
    Hours,
    OfficialDay,
    WorkCalendar,
)
from vidan.authorities.rules.moments import (
    ZONE,
    after_open_time,
    is_open,
    opening_moment_after,
)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# Most of the year is not interesting: draw notices and questions from the same few weeks.
near = st.dates(date(2026, 8, 17), date(2026, 9, 6))


class Told:
    """What was drawn, in the plainest form, and the naive answers to it."""

    def __init__(
        self,
        holidays: set[date],
        swaps: list[tuple[date, date]],
        closed: set[date],
        hours: dict[int, list[tuple[int, int]]],
    ) -> None:
        self.holidays, self.swaps, self.closed, self.hours = holidays, swaps, closed, hours
        self._open: dict[date, set[int]] = {}

    def calendar(self) -> WorkCalendar:
        lines = [OfficialDay(day, DayKind.HOLIDAY, "lễ") for day in self.holidays]
        for rest, worked in self.swaps:
            lines.append(OfficialDay(rest, DayKind.SWAPPED_OFF, partner=worked))
            lines.append(OfficialDay(worked, DayKind.SWAPPED_IN, partner=rest))
        return WorkCalendar.of(
            [2026],
            lines,
            closings=[Closing(day, day, "nghỉ riêng") for day in self.closed],
            hours=[
                Hours(weekday, _clock(opens), _clock(closes))
                for weekday, periods in self.hours.items()
                for opens, closes in periods
            ],
        )

    def works(self, day: date) -> bool:
        name = day.strftime("%A")
        if day in self.holidays or day in self.closed:
            return False
        if name in ("Saturday", "Sunday"):
            return any(worked == day for _, worked in self.swaps)
        return all(rest != day for rest, _ in self.swaps)

    def open_minutes(self, day: date) -> set[int]:
        """The minutes of the day (0 to 1439) during which somebody sits at the counter."""
        if day not in self._open:
            self._open[day] = self._open_minutes(day)
        return self._open[day]

    def _open_minutes(self, day: date) -> set[int]:
        if not self.works(day):
            return set()
        stands_for = day
        for rest, worked in self.swaps:
            stands_for = rest if worked == day else stands_for
        default = [(7 * 60, 11 * 60 + 30), (13 * 60 + 30, 17 * 60)]
        periods = self.hours.get(stands_for.isoweekday() - 1) or default
        return {minute for opens, closes in periods for minute in range(opens, closes)}


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


@st.composite
def told(draw: st.DrawFn) -> Told:
    weekdays = near.filter(lambda day: day.weekday() < 5)
    weekends = near.filter(lambda day: day.weekday() >= 5)
    rests = draw(st.lists(weekdays, unique=True, max_size=3))
    worked = draw(st.lists(weekends, unique=True, min_size=len(rests), max_size=len(rests)))
    edges = st.lists(st.integers(6 * 60, 19 * 60), unique=True, min_size=2, max_size=4).map(sorted)
    hours = draw(st.dictionaries(st.integers(0, 4), edges, max_size=5))
    return Told(
        holidays=draw(st.sets(near, max_size=5)),
        swaps=list(zip(rests, worked, strict=True)),
        closed=draw(st.sets(near, max_size=3)),
        hours={
            weekday: list(zip(sides[::2], sides[1::2], strict=False))
            for weekday, sides in hours.items()
        },
    )


@settings(deadline=None)
@given(told(), near)
def test_a_day_is_worked_as_the_naive_reading_says(notice: Told, day: date) -> None:
    calendar = notice.calendar()

    assert calendar.works_on(day) is notice.works(day)
    assert (calendar.reason_off(day) is None) is notice.works(day)
    minutes = {
        minute
        for opens, closes in calendar.periods(day)
        for minute in range(opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute)
    }
    assert minutes == notice.open_minutes(day)


@settings(deadline=None)
@given(told(), near)
def test_the_next_and_the_previous_working_day_are_the_nearest(notice: Told, day: date) -> None:
    calendar = notice.calendar()
    following = next(day + DAY * step for step in range(1, 60) if notice.works(day + DAY * step))
    preceding = next(day - DAY * step for step in range(1, 60) if notice.works(day - DAY * step))

    assert calendar.next_working_day(day) == following
    assert calendar.previous_working_day(day) == preceding


def _naive_opening(notice: Told, at: datetime) -> datetime:
    while at.hour * 60 + at.minute not in notice.open_minutes(at.date()):
        at = at.replace(second=0, microsecond=0) + MINUTE
    return at


@settings(max_examples=60, deadline=None)
@given(told(), near, st.times())
def test_time_counts_from_the_next_open_minute(notice: Told, day: date, clock: time) -> None:
    at = datetime.combine(day, clock, ZONE)

    assert opening_moment_after(notice.calendar(), at) == _naive_opening(notice, at)
    assert is_open(notice.calendar(), at) is (_naive_opening(notice, at) == at)


@settings(max_examples=60, deadline=None)
@given(told(), near, st.integers(0, 1439), st.integers(1, 30 * 60))
def test_a_span_of_open_time_ends_after_so_many_open_minutes(
    notice: Told, day: date, minute: int, span: int
) -> None:
    start = datetime.combine(day, _clock(minute), ZONE)
    at, left = start, span
    while left:
        left -= at.hour * 60 + at.minute in notice.open_minutes(at.date())
        at += MINUTE

    assert after_open_time(notice.calendar(), start, MINUTE * span) == at


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_outside_its_years_a_calendar_answers_nothing(day: date) -> None:
    calendar = WorkCalendar.of([2026])
    if day.year == 2026:
        calendar.works_on(day)
        return
    with pytest.raises(CalendarGap, match=str(day.year)):
        calendar.works_on(day)
