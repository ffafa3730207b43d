"""When an office is open, said to a citizen: now, next, and the days off to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vidan.authorities.rules.calendar import (
    ONE_DAY,
    CalendarGap,
    OffKind,
    Periods,
    WorkCalendar,
)
from vidan.authorities.rules.moments import opening_moment_after
from vidan.kernel.clock import ZONE
from vidan.sites import formats

LOOK_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class OpenNow:
    """The state of the counter in words: ``title`` stands alone, ``more`` completes it."""

    is_open: bool
    title: str
    more: str = ""
    works: bool = True
    """Whether this is a working day at all."""


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days off in a row, each with its reason, and the opening after them where it is known."""

    days: tuple[date, ...]
    reasons: tuple[str, ...]
    kinds: tuple[OffKind, ...]
    reopens: datetime | None

    @property
    def first(self) -> date:
        return self.days[0]

    @property
    def last(self) -> date:
        return self.days[-1]

    @property
    def is_plain_weekend(self) -> bool:
        return all(kind is OffKind.WEEKEND for kind in self.kinds)

    @property
    def reason(self) -> str:
        """Why, once each: weekends between holidays need no words of their own."""
        told = [
            reason
            for reason, kind in zip(self.reasons, self.kinds, strict=True)
            if kind is not OffKind.WEEKEND
        ]
        return ", ".join(dict.fromkeys(told)) or _("nghỉ hằng tuần")


def spoken_day(value: date, today: date, *, capital: bool = False) -> str:
    """``thứ Tư 25/11``; tomorrow also by its nearness: ``mai, thứ Ba 24/11``."""
    language = get_language() or "vi"
    said = formats.day(value, language, year=value.year != today.year)
    if value == today + ONE_DAY:
        said = f"{formats.relative_day(value, today, language)}, {said}"
    return said[0].upper() + said[1:] if capital else said


def off_reason(calendar: WorkCalendar, day: date) -> str:
    """Why a day is off, in the reader's language: "nghỉ Ngày Văn hóa Việt Nam"."""
    off = calendar.day_off(day)
    if off is None:
        return ""
    provisional = calendar.is_provisional(day)
    line = calendar.days.get(day)
    if line and off.kind in (OffKind.HOLIDAY, OffKind.MAKE_UP):
        says = _("nghỉ %(name)s") if off.kind is OffKind.HOLIDAY else _("nghỉ bù %(name)s")
        said = says % {"name": _(line.name)}
        return _("%(reason)s (lịch tạm tính)") % {"reason": said} if provisional else said
    if line and line.partner and off.kind is OffKind.SWAPPED:
        said = formats.day(line.partner, get_language() or "vi")
        return _("nghỉ hoán đổi, làm bù %(day)s") % {"day": said}
    if off.kind is OffKind.WEEKEND:
        return _("nghỉ hằng tuần")
    return off.words


def hours_words(periods: Periods) -> str:
    """``07:00 đến 11:30, 13:30 đến 17:00``."""
    return ", ".join(period_words(periods))


def period_words(periods: Periods) -> tuple[str, ...]:
    """The same, period by period."""
    return tuple(
        _("%(opens)s đến %(closes)s") % {"opens": f"{a:%H:%M}", "closes": f"{b:%H:%M}"}
        for a, b in periods
    )


def open_now(calendar: WorkCalendar, now: datetime) -> OpenNow:
    """Open until when; or closed, why, and when it opens again."""
    today, clock = now.date(), now.time()
    try:
        periods = calendar.periods(today)
    except CalendarGap as gap:
        return OpenNow(
            False,
            _("Chưa có lịch làm việc năm %(year)s") % {"year": gap.year},
            _("Xin hỏi trước khi đến."),
        )
    if not periods:
        why = off_reason(calendar, today)
        title = _("Hôm nay %(reason)s") % {"reason": why}
        return OpenNow(False, title, _next(calendar, now), works=False)
    later = [period for period in periods if period[1] > clock]
    if not later:
        return OpenNow(False, _("Hôm nay đã đóng cửa"), _next(calendar, now))
    opens, closes = later[0]
    if clock < opens:
        return _not_yet(periods, opens)
    return OpenNow(True, _("Mở cửa đến %(time)s") % {"time": f"{closes:%H:%M}"}, _rest(later[1:]))


def _not_yet(periods: Periods, opens: time) -> OpenNow:
    values = {"time": f"{opens:%H:%M}"}
    if opens == periods[0][0]:
        title = _("Mở cửa lúc %(time)s") % values
        return OpenNow(
            False, title, _("Hôm nay làm việc %(hours)s.") % {"hours": hours_words(periods)}
        )
    return OpenNow(False, _("Đang nghỉ trưa, mở lại %(time)s") % values, _until(periods[-1][1]))


def _until(closes: time) -> str:
    return _("Làm việc đến %(time)s.") % {"time": f"{closes:%H:%M}"}


def _rest(later: Sequence[tuple[time, time]]) -> str:
    return _("Mở tiếp %(hours)s.") % {"hours": hours_words(tuple(later))} if later else ""


def _next(calendar: WorkCalendar, now: datetime) -> str:
    opening = next_opening(calendar, now)
    if opening is None:
        return _("Chưa có lịch nghỉ lễ năm sau, nên chưa biết ngày mở lại.")
    return _reopens(opening, now.date())


def _reopens(opening: datetime, today: date) -> str:
    return _("Mở lại %(time)s %(day)s.") % {
        "time": f"{opening:%H:%M}",
        "day": spoken_day(opening.date(), today),
    }


def next_opening(calendar: WorkCalendar, at: datetime) -> datetime | None:
    """The moment from which somebody is at the counter; ``None`` beyond the known calendar."""
    try:
        return opening_moment_after(calendar, at)
    except CalendarGap:
        return None


def days_off_after(calendar: WorkCalendar, today: date) -> Iterator[DaysOff]:
    """The days off strictly after ``today``, those in a row together, as far as is known.

    At most a year ahead, and not into a year that the calendar does not know.
    """
    known = []
    day = today
    while (day := day + ONE_DAY) <= today + LOOK_AHEAD and calendar.knows(day.year):
        known.append(day)
    for works, group in groupby(known, calendar.works_on):
        if works:
            continue
        days = tuple(group)
        yield DaysOff(
            days=days,
            reasons=tuple(off_reason(calendar, one) for one in days),
            kinds=tuple(off.kind for one in days if (off := calendar.day_off(one))),
            reopens=next_opening(calendar, datetime.combine(days[-1] + ONE_DAY, time(), ZONE)),
        )


def coming_day_off(calendar: WorkCalendar, today: date) -> DaysOff | None:
    """The next days off that nobody expects: holidays, closures; a plain weekend only when near."""
    for off in days_off_after(calendar, today):
        far = off.first - today
        if not off.is_plain_weekend or far <= timedelta(days=2):
            return off
        if far > timedelta(days=30):
            return None
    return None


def span_words(off: DaysOff, today: date) -> str:
    """``Mai, thứ Ba 24/11`` or ``Từ thứ Bảy 29/08 đến thứ Tư 02/09``."""
    first = spoken_day(off.first, today)
    if len(off.days) == 1:
        return first[0].upper() + first[1:]
    last = spoken_day(off.last, today)
    if len(off.days) == 2:
        both = _("%(first)s và %(last)s") % {"first": first, "last": last}
        return both[0].upper() + both[1:]
    return _("Từ %(first)s đến %(last)s") % {"first": first, "last": last}


def reopening_words(off: DaysOff, today: date) -> str:
    """``Mở lại 07:00 thứ Tư 25/11.``; empty where the calendar ends."""
    return _reopens(off.reopens, today) if off.reopens else ""


def worked_saturdays(calendar: WorkCalendar, today: date) -> list[date]:
    """Weekend days after ``today`` that a notice swapped in."""
    end = today + LOOK_AHEAD
    return sorted(
        day
        for day in calendar.days
        if today < day <= end and day.weekday() >= 5 and calendar.works_on(day)
    )
