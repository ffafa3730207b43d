"""What the desk should know of today: a day off ahead, and where "the same day" now lands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from vidan.authorities import queries as authorities
from vidan.authorities.rules.calendar import CalendarGap
from vidan.dossiers.queries import preview as previews
from vidan.kernel import clock
from vidan.procedures.rules.specification import Specification
from vidan.sites import formats
from vidan.sites.account.guards import SignedInRequest


@dataclass(frozen=True, slots=True)
class DayNote:
    """``off``: the holiday ahead; ``cutoff``: where a dossier received now is due."""

    off: str
    cutoff: str


def day_note(request: SignedInRequest, says: Specification) -> DayNote | None:
    """A line only when it says something: an ordinary day has none."""
    if not request.capacities or not request.capacities[0].unit.code:
        return None
    unit, now = request.capacities[0].unit, clock.now()
    calendar = authorities.calendar_of(unit)
    try:
        tomorrow = now.date() + timedelta(days=1)
        reason = calendar.reason_off(tomorrow) or ""
        holiday = tomorrow.weekday() < 5 and not calendar.works_on(tomorrow)
        seen = previews.preview(says, unit_code=unit.code or "", papers=(), at=now)
    except CalendarGap:
        return None
    moved = seen.due is not None and seen.due.at.date() != now.date()
    if not holiday and not moved:
        return None
    off = _("%(day)s %(reason)s.") % {"day": _capital(formats.day(tomorrow)), "reason": reason}
    cutoff = ""
    if moved and seen.due is not None:
        cutoff = _("Nhận từ bây giờ, hẹn “trong ngày” chuyển sang %(day)s.") % {
            "day": formats.day(seen.due.at)
        }
    return DayNote(off if holiday else "", cutoff)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
