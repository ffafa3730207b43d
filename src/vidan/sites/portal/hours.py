"""Opening hours of this week, and the days off to come with the notices they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vidan.authorities import queries as authorities
from vidan.authorities.rules.calendar import CalendarGap, WorkCalendar
from vidan.authorities.rules.lunar import lunar_of
from vidan.sites.portal import opening
from vidan.sites.portal.where import CHOICE, here, portal_page


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One line of the week: the hours, or why nobody is there."""

    day: date
    hours: tuple[str, ...]
    off: str
    is_today: bool


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Lịch làm việc."""
    place = here(request)
    today = place.now.date()
    if place.unit is None:
        offices = [
            {"href": f"?{CHOICE}={unit.code}", "name": authorities.display_name(unit)}
            for unit in place.units
        ]
        return portal_page(request, "portal/hours_choice.html", None, units=offices)
    calendar = authorities.calendar_of(place.unit)
    both = (today.year, today.year + 1)
    years = [year for year in both if year in calendar.years]
    offs = opening.days_off_after(calendar, today)
    return portal_page(
        request,
        "portal/hours.html",
        place.unit,
        has_choice=place.has_choice,
        open_now=opening.open_now(calendar, place.now),
        lunar=lunar_of(today),
        week=_week(calendar, today),
        offs=[
            {
                "off": off,
                "when": opening.span_words(off, today),
                "why": off.reason,
                "reopens": opening.reopening_words(off, today),
            }
            for off in offs
            if not off.is_plain_weekend
        ],
        saturdays=[
            _("%(day)s làm việc %(hours)s.")
            % {
                "day": opening.spoken_day(day, today, capital=True),
                "hours": opening.hours_words(calendar.periods(day)),
            }
            for day in opening.worked_saturdays(calendar, today)
        ],
        known_to=max(years, default=None),
        missing=[year for year in both if not calendar.knows(year)],
        provisional=[year for year in both if year in calendar.provisional],
        notices=[{"year": year, "numbers": authorities.calendar_notices(year)} for year in years],
    )


def _week(calendar: WorkCalendar, today: date) -> list[WeekDay]:
    monday = today - timedelta(days=today.weekday())
    return [_line(calendar, monday + timedelta(days=n), today) for n in range(7)]


def _line(calendar: WorkCalendar, day: date, today: date) -> WeekDay:
    try:
        periods = calendar.periods(day)
    except CalendarGap as gap:
        unknown = _("chưa có lịch nghỉ năm %(year)s") % {"year": gap.year}
        return WeekDay(day, (), unknown, day == today)
    off = "" if periods else opening.off_reason(calendar, day)
    return WeekDay(day, opening.period_words(periods), off, day == today)
