"""The office's clock: real, or set by whoever started the demo; either way it ticks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from vidan.kernel import clock

HAND = "2026-11-23T09:12:00+07:00"


def utc_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - compared with the clock under test


def test_unset_it_is_the_real_time_in_vietnams_zone(settings):
    settings.VIDAN_CLOCK = ""
    before = utc_now()
    now = clock.now()
    assert before <= now <= utc_now()
    assert now.utcoffset() == timedelta(hours=7)
    assert not clock.is_set()


def test_set_it_starts_there_and_ticks_on(settings):
    settings.VIDAN_CLOCK = HAND
    settings.VIDAN_CLOCK_STARTED = (utc_now() - timedelta(minutes=48)).isoformat()
    first = clock.now()
    assert first - datetime.fromisoformat("2026-11-23T10:00:00+07:00") < timedelta(minutes=1)
    assert clock.now() > first
    assert clock.is_set()


def test_web_and_worker_agree_because_the_start_is_told_to_both(settings):
    settings.VIDAN_CLOCK = HAND
    settings.VIDAN_CLOCK_STARTED = (utc_now() - timedelta(hours=1)).isoformat()
    one = clock.now()
    clock._shift.cache_clear()
    assert timedelta(0) < clock.now() - one < timedelta(minutes=1)


@pytest.mark.parametrize("written", ["2026-11-23T23:59:00", "2026-11-23T16:59:00Z"])
def test_without_a_zone_the_hand_is_vietnams(settings, written):
    settings.VIDAN_CLOCK, settings.VIDAN_CLOCK_STARTED = written, utc_now().isoformat()
    assert clock.today() == date(2026, 11, 23)
