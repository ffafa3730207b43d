from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from vidan.authorities.rules import moments
from vidan.authorities.rules.calendar import DayKind, OfficialDay, WorkCalendar
from vidan.authorities.rules.moments import ZONE

OFFICE = WorkCalendar.of(
    [2026], [OfficialDay(date(2026, 11, 24), DayKind.HOLIDAY, "Ngày Văn hóa Việt Nam")]
)


def at(text: str) -> datetime:
    return datetime.strptime(f"2026 {text}", "%Y %d/%m %H:%M:%S").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("received", "counts_from"),
    [
        pytest.param("23/11 06:15:00", "23/11 07:00:00", id="before opening"),
        pytest.param("23/11 07:00:00", "23/11 07:00:00", id="at opening"),
        pytest.param("23/11 09:12:31", "23/11 09:12:31", id="while open"),
        pytest.param("23/11 11:30:00", "23/11 13:30:00", id="as lunch begins"),
        pytest.param("23/11 12:40:00", "23/11 13:30:00", id="at lunch"),
        pytest.param("23/11 16:59:59", "23/11 16:59:59", id="last second"),
        pytest.param("23/11 17:00:00", "25/11 07:00:00", id="closing, before a holiday"),
        pytest.param("27/11 22:00:00", "30/11 07:00:00", id="Friday night"),
        pytest.param("28/11 09:00:00", "30/11 07:00:00", id="a voluntary Saturday"),
    ],
)
def test_time_counts_from_the_next_open_moment(received: str, counts_from: str) -> None:
    assert moments.opening_moment_after(OFFICE, at(received)) == at(counts_from)


def test_a_moment_from_another_zone_is_read_on_the_offices_clock() -> None:
    night_in_utc = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # 06:30 on the 23rd

    found = moments.opening_moment_after(OFFICE, night_in_utc)

    assert found == at("23/11 07:00:00")
    assert found.utcoffset() == timedelta(hours=7)


def test_a_moment_without_a_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="zone"):
        moments.opening_moment_after(OFFICE, datetime(2026, 11, 23, 9))  # noqa: DTZ001


def test_eight_working_hours_run_on_the_day_after_the_holiday() -> None:
    end = moments.after_open_time(OFFICE, at("23/11 15:00:00"), timedelta(hours=8))

    assert end == at("25/11 15:00:00")


def test_a_span_used_up_at_closing_ends_at_closing() -> None:
    end = moments.after_open_time(OFFICE, at("23/11 15:00:00"), timedelta(hours=2))

    assert end == at("23/11 17:00:00")
    assert end == moments.closing_of(OFFICE, date(2026, 11, 23))


def test_time_never_runs_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        moments.after_open_time(OFFICE, at("23/11 15:00:00"), -timedelta(minutes=1))


def test_a_day_opens_and_closes_on_the_offices_clock() -> None:
    assert moments.opening_of(OFFICE, date(2026, 11, 23)) == at("23/11 07:00:00")
    assert moments.is_open(OFFICE, at("23/11 16:59:59"))
    assert not moments.is_open(OFFICE, at("23/11 17:00:00"))
    assert not moments.is_open(OFFICE, at("24/11 09:00:00"))
