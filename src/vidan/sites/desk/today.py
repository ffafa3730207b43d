"""What the desk should know of today: a day off ahead, and where "the same day" now lands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vidan.authorities import queries as authorities
from vidan.authorities.rules.calendar import CalendarGap, WorkCalendar
from vidan.dossiers.rules import deadlines
from vidan.people.access import Capacity
from vidan.procedures.rules.specification import Specification
from vidan.sites import formats
from vidan.sites.portal.opening import off_reason


@dataclass(frozen=True, slots=True)
class DayNote:
    """``off``: the holiday ahead; ``cutoff``: where a dossier received now is due."""

    off: str
    cutoff: str


def calendar_for(capacity: Capacity | None) -> WorkCalendar | None:
    """The calendar of the unit one works at now."""
    return authorities.calendar_of(capacity.unit) if capacity is not None else None


def day_note(
    calendar: WorkCalendar | None, says: Specification, *, now: datetime
) -> DayNote | None:
    """A line only when it says something: an ordinary day has none."""
    if calendar is None:
        return None
    tomorrow = now.date() + timedelta(days=1)
    try:
        holiday = tomorrow.weekday() < 5 and not calendar.works_on(tomorrow)
        reason = off_reason(calendar, tomorrow)
        due = deadlines.same_day(now, cutoff=says.time_limit.cutoff, calendar=calendar)
    except CalendarGap:
        return None  # the intake itself names the gap
    moved = due.at.date() != now.date()
    if not holiday and not moved:
        return None
    language = get_language() or "vi"
    day = _capital(formats.day(tomorrow, language))
    off = _("%(day)s %(reason)s.") % {"day": day, "reason": reason}
    cutoff = _("Nhận từ bây giờ, hẹn “trong ngày” chuyển sang %(day)s.") % {
        "day": formats.day(due.at, language)
    }
    return DayNote(off if holiday else "", cutoff if moved else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
