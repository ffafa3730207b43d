"""When a dossier's result is due, and why. Pure: no clock, no database, no Django.

The explanation is part of the answer: a list of reasons with their values, put into words by
whoever shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any, Protocol


class Calendar(Protocol):
    """What a deadline needs to know of the office's calendar."""

    def works_on(self, day: date) -> bool: ...
    def reason_off(self, day: date) -> str | None: ...
    def next_working_day(self, day: date) -> date: ...
    def closes(self, day: date) -> time: ...
    def is_provisional(self, day: date) -> bool: ...


class Because(StrEnum):
    """The kinds of reason a due time can have."""

    IN_TIME = "in_time"
    AFTER_CUTOFF = "after_cutoff"
    RECEIVED_ON_DAY_OFF = "received_on_day_off"
    DAYS_OFF = "days_off"
    NEXT_WORKING_DAY = "next_working_day"
    AGREED = "agreed"
    CLOSE_OF_DAY = "close_of_day"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: the moment or day it speaks of, and what it needs to be said in words."""

    because: Because
    at: datetime | date
    words: str = ""
    count: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "because": self.because.value,
            "at": self.at.isoformat(),
            "words": self.words,
            "count": self.count,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Reason:
        text = value["at"]
        at = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        return cls(Because(value["because"]), at, value["words"], value["count"])


@dataclass(frozen=True, slots=True)
class Due:
    """The last moment at which the result is on time, with the reasons in order."""

    at: datetime
    reasons: tuple[Reason, ...]


def same_day(received: datetime, *, cutoff: time, calendar: Calendar, agreed_days: int = 0) -> Due:
    """Due at the close of the day of receipt; received after ``cutoff``, of the next working day.

    23/2015/NĐ-CP, article 7: "after 15:00" moves to the next working day, so 15:00 itself is in
    time; seconds do not count, because the slip shows minutes. ``agreed_days`` more working days
    may be agreed in writing (article 21). Received on a day off, the next working day counts
    (facts D4, D19). Within a provisional year the last reason says that the date may change.
    Raises the calendar's own error for a year without a notice.
    """
    zone, day = received.tzinfo, received.date()
    moment = received.replace(second=0, microsecond=0)
    reasons: list[Reason] = []
    if not calendar.works_on(day):
        off = calendar.reason_off(day) or ""
        reasons.append(Reason(Because.RECEIVED_ON_DAY_OFF, moment, off))
        due_day = _next(day, calendar, reasons)
    elif moment.time() <= cutoff:
        reasons.append(Reason(Because.IN_TIME, moment, f"{cutoff:%H:%M}"))
        due_day = day
    else:
        reasons.append(Reason(Because.AFTER_CUTOFF, moment, f"{cutoff:%H:%M}"))
        due_day = _next(day, calendar, reasons)
    if agreed_days:
        for _ in range(agreed_days):
            due_day = _next(due_day, calendar, reasons, told=False)
        reasons.append(Reason(Because.AGREED, due_day, count=agreed_days))
    due = _close(due_day, calendar, zone)
    reasons.append(Reason(Because.CLOSE_OF_DAY, due))
    if calendar.is_provisional(due_day):
        reasons.append(Reason(Because.PROVISIONAL, due_day))
    return Due(due, tuple(reasons))


def _next(day: date, calendar: Calendar, reasons: list[Reason], *, told: bool = True) -> date:
    """The next working day; days off in between become reasons when they are not a weekend."""
    target = calendar.next_working_day(day)
    between = day + timedelta(days=1)
    while between < target:
        reasons.append(Reason(Because.DAYS_OFF, between, calendar.reason_off(between) or ""))
        between += timedelta(days=1)
    if told:
        reasons.append(Reason(Because.NEXT_WORKING_DAY, target))
    return target


def _close(day: date, calendar: Calendar, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, calendar.closes(day), zone)
