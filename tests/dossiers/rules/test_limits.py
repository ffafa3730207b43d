"""Where a time limit ends: published cases, and an oracle that counts minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidan.authorities import reference
from vidan.authorities.rules.calendar import CalendarGap, WorkCalendar
from vidan.dossiers.rules import limits
from vidan.kernel.clock import ZONE

ROWS = reference.years()
OFFICE = WorkCalendar.of((row.year for row in ROWS), (day for row in ROWS for day in row.days))
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def due(received: str, limit: str, *pauses: tuple[str, str]) -> datetime:
    stops = [limits.Pause(at(begins), at(ends)) for begins, ends in pauses]
    return limits.due(at(received), limits.parse(limit), OFFICE, stops).at


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        pytest.param("2024-11-06T09:00", "7 working days", "2024-11-15T09:00", id="keeps the hour"),
        pytest.param("2026-11-21T09:00", "3 working days", "2026-11-26T17:00", id="D19 Saturday"),
        pytest.param("2026-11-20T17:30", "1 working day", "2026-11-23T17:00", id="after closing"),
        pytest.param("2026-11-20T12:00", "1 working day", "2026-11-23T13:30", id="lunch"),
        pytest.param(
            "2026-11-23T16:00", "8 working hours", "2026-11-25T16:00", id="over a holiday"
        ),
        pytest.param("2024-04-26T09:00", "2 working days", "2024-05-03T09:00", id="before a swap"),
        pytest.param(
            "2024-05-03T09:00", "1 working day", "2024-05-04T09:00", id="swapped Saturday"
        ),
        pytest.param("2026-11-09T09:00", "15 calendar days", "2026-11-25T09:00", id="D18 rolls"),
        pytest.param("2026-01-31T09:00", "1 month", "2026-03-02T09:00", id="end of February rolls"),
        pytest.param("2026-11-20T15:00", "24 clock hours", "2026-11-21T15:00", id="clock hours"),
        pytest.param("2026-11-16T07:00", "2.5 working days", "2026-11-18T11:00", id="half a day"),
    ],
)
def test_a_limit_ends_where_the_rule_says(received: str, limit: str, expected: str) -> None:
    assert due(received, limit) == at(expected)


def test_waiting_for_the_person_is_added_in_opening_hours() -> None:
    stopped = ("2026-11-19T10:00", "2026-11-20T14:00")
    assert due("2026-11-18T09:10", "3 working days", stopped) == at("2026-11-25T11:10")


def test_overlapping_pauses_count_once() -> None:
    one = due("2026-11-16T09:00", "3 working days", ("2026-11-17T08:00", "2026-11-17T11:00"))
    two = due(
        "2026-11-16T09:00",
        "3 working days",
        ("2026-11-17T08:00", "2026-11-17T10:00"),
        ("2026-11-17T09:00", "2026-11-17T11:00"),
    )
    assert one == two


def test_a_year_without_a_notice_is_named() -> None:
    with pytest.raises(CalendarGap, match="2027"):
        due("2026-12-30T09:00", "5 working days")


@pytest.mark.parametrize("text", ["", "7", "7 hours", "0 days", "1.5 months", "7 lunar days"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(limits.LimitRefused):
        limits.parse(text)


def counted_by_the_minute(start: datetime, hours: int, stops: list[limits.Pause]) -> datetime:
    """The oracle: walk minute by minute; an open, unpaused minute counts."""
    left, now = hours * 60, start
    while left:
        open_now = any(opens <= now.time() < closes for opens, closes in OFFICE.periods(now.date()))
        paused = any(stop.start <= now < stop.end for stop in stops)
        left -= open_now and not paused
        now += MINUTE
    return now


@settings(deadline=None, max_examples=60)
@given(
    minutes=st.integers(0, 60 * 24 * 200),
    hours=st.integers(1, 40),
    stops=st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 2000)), max_size=3),
)
def test_working_hours_agree_with_counting_minutes(
    minutes: int, hours: int, stops: list[tuple[int, int]]
) -> None:
    start = at("2026-01-05T00:00") + minutes * MINUTE
    pauses = [
        limits.Pause(start + begins * MINUTE, start + (begins + length) * MINUTE)
        for begins, length in stops
    ]
    found = limits.due(start, limits.parse(f"{hours} working hours"), OFFICE, pauses)
    assert found.at == counted_by_the_minute(start, hours, pauses)
