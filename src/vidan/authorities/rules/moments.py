"""Moments of an office: when it next opens, closes, and where a span of opening time ends.

Pure. Times come in aware and go out in Vietnam's zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from vidan.authorities.rules.calendar import ONE_DAY, WorkCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
Span = tuple[datetime, datetime]


def opening_of(calendar: WorkCalendar, day: date) -> datetime:
    """When a working day opens. Raises ``OfficeClosed``, ``CalendarGap``."""
    return datetime.combine(day, calendar.opens(day), ZONE)


def closing_of(calendar: WorkCalendar, day: date) -> datetime:
    """When a working day closes. Raises ``OfficeClosed``, ``CalendarGap``."""
    return datetime.combine(day, calendar.closes(day), ZONE)


def is_open(calendar: WorkCalendar, at: datetime) -> bool:
    """Whether the office is open at this moment; the closing minute itself is no longer open."""
    local = _local(at)
    return any(opens <= local < closes for opens, closes in _spans(calendar, local.date()))


def opening_moment_after(calendar: WorkCalendar, at: datetime) -> datetime:
    """The moment from which time counts for something received at ``at`` (facts 2.7, D4, D19).

    ``at`` itself while the office is open; before opening, the opening; in the lunch break, the
    start of the afternoon; from closing time on and on days off, voluntary Saturdays included, the
    next working day's opening. Raises ``CalendarGap``.
    """
    local = _local(at)
    opens, _ = next(_spans_from(calendar, local))
    return max(opens, local)


def after_open_time(calendar: WorkCalendar, start: datetime, span: timedelta) -> datetime:
    """Where ``span`` of opening time ends when it starts to run at ``start``.

    It stands still over lunch, evenings and days off (facts 2.7, D2). A span that is used up with a
    closing time ends there, not at the next opening. Raises ``CalendarGap``.
    """
    if span < timedelta(0):
        raise ValueError("time runs forward")
    local = _local(start)
    left = span
    for opens, closes in _spans_from(calendar, local):
        begins = max(opens, local)
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    raise AssertionError("a calendar ends in CalendarGap")


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment carries its zone")
    return at.astimezone(ZONE)


def _spans(calendar: WorkCalendar, day: date) -> list[Span]:
    return [
        (datetime.combine(day, opens, ZONE), datetime.combine(day, closes, ZONE))
        for opens, closes in calendar.periods(day)
    ]


def _spans_from(calendar: WorkCalendar, local: datetime) -> Iterator[Span]:
    """Every opening period that is not over at ``local``, in order, without end."""
    day = local.date()
    while True:
        for opens, closes in _spans(calendar, day):
            if closes > local:
                yield opens, closes
        day += ONE_DAY
