"""Time limits as procedures state them, and where they end. Pure: no clock, no database.

The day of receipt is day 0 (facts D3); a whole-day limit keeps the time of day of receipt (D5);
eight working hours are what the office's opening hours say (D2); waiting for the person does not
count (D9); a calendar-day limit that ends on a rest day goes on to the next working day (D18); a
due time that falls on an opening hour is the close of the working day before (D19).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction

from vidan.authorities.rules import moments
from vidan.authorities.rules.calendar import WorkCalendar
from vidan.authorities.rules.explained import N_, Explained

ONE_DAY = timedelta(days=1)
LONGEST = 2000
_LIMIT = re.compile(
    r"^(?P<number>\d{1,4})(?P<half>[.,]5)?\s*(?P<kind>working|calendar|clock)?\s*"
    r"(?P<unit>day|hour|month)s?$"
)


class LimitRefused(Explained):
    """Not a time limit we know."""


class Kind(StrEnum):
    """What is counted."""

    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"
    WORKING_HOURS = "working hours"
    CLOCK_HOURS = "clock hours"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of one kind; working days may come in halves."""

    amount: Fraction
    kind: Kind

    def __post_init__(self) -> None:
        if not 0 < self.amount <= LONGEST:
            raise LimitRefused(
                N_("Thời hạn phải lớn hơn 0 và không quá %(most)s."), most=str(LONGEST)
            )
        if self.amount.denominator != 1 and self.kind is not Kind.WORKING_DAYS:
            raise LimitRefused(N_("Chỉ ngày làm việc mới tính nửa ngày."))


def parse(text: str) -> Limit:
    """``7 working days``, ``15 calendar days``, ``8 working hours``, ``24 clock hours``,
    ``1 month``, ``2.5 working days``; a bare "days" are working days (facts D1).

    Raises ``LimitRefused``.
    """
    match = _LIMIT.match(" ".join(text.lower().split()))
    if match is None:
        raise LimitRefused(
            N_("Không hiểu thời hạn “%(text)s”. Ví dụ: 7 working days, 15 calendar days."),
            text=text,
        )
    amount = Fraction(int(match["number"])) + (Fraction(1, 2) if match["half"] else 0)
    unit, kind = match["unit"], match["kind"]
    if unit == "hour" and kind not in ("working", "clock"):
        raise LimitRefused(N_("Giờ phải ghi rõ: working hours hay clock hours."))
    if (unit == "month" and kind) or (unit == "day" and kind == "clock"):
        raise LimitRefused(N_("Không hiểu thời hạn “%(text)s”."), text=text)
    if unit == "month":
        return Limit(amount, Kind.MONTHS)
    if unit == "hour":
        return Limit(amount, Kind.WORKING_HOURS if kind == "working" else Kind.CLOCK_HOURS)
    return Limit(amount, Kind.CALENDAR_DAYS if kind == "calendar" else Kind.WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Pause:
    """Waiting for the person: the clock stands still from ``start`` to ``end``."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise LimitRefused(N_("Lần tạm dừng kết thúc trước khi bắt đầu."))


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day between receipt and due: its number where it counts, and why it does not."""

    day: date
    number: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class DueTime:
    """Where a limit ends, where it began to run, and each day on the way."""

    at: datetime
    starts: datetime
    days: tuple[CountedDay, ...]
    paused: timedelta


def due(
    received: datetime, limit: Limit, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> DueTime:
    """When something received at ``received`` is due. Raises ``CalendarGap``, ``LimitRefused``."""
    by_opening_hours = limit.kind in (Kind.WORKING_DAYS, Kind.WORKING_HOURS)
    starts = (
        moments.opening_moment_after(calendar, received)
        if by_opening_hours
        else received.astimezone(moments.ZONE)
    )
    at = _end(starts, limit, calendar)
    waited = timedelta(0)
    for begins, ends in _merged(pauses, starts):
        if begins >= at:
            break
        if by_opening_hours:
            span = open_time(calendar, begins, ends)
            at = moments.after_open_time(calendar, at, span)
        else:
            span = ends - begins
            at = _roll(at + span, limit, calendar)
        waited += span
    at = _not_at_opening(at, calendar) if by_opening_hours else at
    return DueTime(at, starts, _counted(received, at, limit, calendar), waited)


def open_time(calendar: WorkCalendar, begins: datetime, ends: datetime) -> timedelta:
    """How long the office is open between two moments."""
    total, day = timedelta(0), begins.astimezone(moments.ZONE).date()
    last = ends.astimezone(moments.ZONE)
    while day <= last.date():
        for opens, closes in calendar.periods(day):
            from_ = max(datetime.combine(day, opens, moments.ZONE), begins)
            until = min(datetime.combine(day, closes, moments.ZONE), ends)
            total += max(until - from_, timedelta(0))
        day += ONE_DAY
    return total


def _end(starts: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    whole = int(limit.amount)
    if limit.kind is Kind.WORKING_HOURS:
        return moments.after_open_time(calendar, starts, timedelta(hours=whole))
    if limit.kind is Kind.CLOCK_HOURS:
        return starts + timedelta(hours=whole)
    if limit.kind is Kind.CALENDAR_DAYS:
        return _roll(starts + whole * ONE_DAY, limit, calendar)
    if limit.kind is Kind.MONTHS:
        return _roll(_months_later(starts, whole), limit, calendar)
    return _working_days(starts, limit.amount, calendar)


def _working_days(starts: datetime, amount: Fraction, calendar: WorkCalendar) -> datetime:
    day = starts.date()
    for _ in range(int(amount)):
        day = calendar.next_working_day(day)
    at = _within(day, starts.time(), calendar)
    if amount.denominator == 1:
        return at
    half = sum((_length(p) for p in calendar.periods(day)), timedelta(0)) / 2
    return moments.after_open_time(calendar, at, half)


def _length(period: tuple[time, time]) -> timedelta:
    opens, closes = (datetime.combine(date.min, edge) for edge in period)
    return closes - opens


def _within(day: date, wanted: time, calendar: WorkCalendar) -> datetime:
    """The time of day on that day, or the last open moment before it."""
    best = calendar.opens(day)
    for opens, closes in calendar.periods(day):
        if wanted >= opens:
            best = min(wanted, closes)
    return datetime.combine(day, best, moments.ZONE)


def _months_later(starts: datetime, months: int) -> datetime:
    year, month = divmod(starts.year * 12 + starts.month - 1 + months, 12)
    day = min(starts.day, monthrange(year, month + 1)[1])
    return starts.replace(year=year, month=month + 1, day=day)


def _roll(at: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """A limit in days or months that ends on a rest day ends on the next working day."""
    if limit.kind is Kind.CLOCK_HOURS or calendar.works_on(at.date()):
        return at
    return datetime.combine(calendar.next_working_day(at.date()), at.timetz())


def _not_at_opening(at: datetime, calendar: WorkCalendar) -> datetime:
    if at.time() > calendar.opens(at.date()):
        return at
    return moments.closing_of(calendar, calendar.previous_working_day(at.date()))


def _merged(pauses: Sequence[Pause], starts: datetime) -> list[tuple[datetime, datetime]]:
    """Pauses in order, without what lies before the start, overlapping ones as one."""
    merged: list[tuple[datetime, datetime]] = []
    for pause in sorted(pauses, key=lambda p: p.start):
        begins, ends = max(pause.start, starts), pause.end
        if ends <= begins:
            continue
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((begins, ends))
    return merged


def _counted(
    received: datetime, at: datetime, limit: Limit, calendar: WorkCalendar
) -> tuple[CountedDay, ...]:
    """Every day from receipt to due; day 0 is the day of receipt."""
    day, found, number = received.astimezone(moments.ZONE).date(), [], 0
    every_day = limit.kind in (Kind.CALENDAR_DAYS, Kind.MONTHS, Kind.CLOCK_HOURS)
    found.append(CountedDay(day, 0, N_("ngày nhận, không tính")))
    while day < at.date():
        day += ONE_DAY
        off = None if every_day and day < at.date() else calendar.reason_off(day)
        if off is None or every_day:
            number += 1
            found.append(CountedDay(day, number, N_("tính")))
        else:
            found.append(CountedDay(day, None, off))
    return tuple(found)
