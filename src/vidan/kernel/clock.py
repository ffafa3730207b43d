"""The one place that knows what time it is.

Everything else gets the time as a value. ``VIDAN_CLOCK`` (demo and tests only) sets another
time; it ticks on from the moment the launcher started, so that web and worker agree.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def _real() -> datetime:
    return datetime.now(ZONE)  # noqa: TID251 - this module is what the ban points to


_LOADED = _real()


@cache
def _shift(wanted: str, started: str) -> timedelta:
    target = datetime.fromisoformat(wanted)
    if target.tzinfo is None:
        target = target.replace(tzinfo=ZONE)
    since = datetime.fromisoformat(started) if started else _LOADED
    return target - since


def is_set() -> bool:
    """Whether somebody set the time; every page must then say so."""
    return bool(settings.VIDAN_CLOCK)


def real_now() -> datetime:
    """The machine's own time, whatever clock was set: for heartbeats and look-outs only."""
    return _real()


def now() -> datetime:
    """The time of the office, aware, in Vietnam's zone."""
    real = _real()
    if not is_set():
        return real
    return (real + _shift(settings.VIDAN_CLOCK, settings.VIDAN_CLOCK_STARTED)).astimezone(ZONE)


def today() -> date:
    """The date on the office's wall."""
    return now().date()
