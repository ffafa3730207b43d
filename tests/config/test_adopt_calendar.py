"""Years without a notice: the operator's command, and what the demo decides for itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from vidan.authorities import queries
from vidan.authorities.actions import load_calendar
from vidan.authorities.models import CalendarAdoption, Unit
from vidan.config.demo import years
from vidan.kernel import clock
from vidan.kernel.clock import ZONE


@pytest.fixture
def office(dak_lak: Unit, monkeypatch: pytest.MonkeyPatch, at: datetime) -> Unit:
    """Đắk Lắk with the published calendars, on a Monday of November 2026."""
    load_calendar()
    monkeypatch.setattr(clock, "now", lambda: at)
    return dak_lak


def adopt(*arguments: str) -> str:
    out = StringIO()
    call_command("adopt_calendar", *arguments, stdout=out)
    return out.getvalue().strip()


def test_the_command_adopts_and_takes_back(office: Unit, ea_phe: Unit) -> None:
    assert adopt("H15", "2027") == (
        "Tỉnh Đắk Lắk: dùng lịch tạm tính năm 2027 đến khi có thông báo."
    )
    assert queries.calendar_of(ea_phe).provisional == {2027}

    assert adopt("H15", "2027", "--end") == "Tỉnh Đắk Lắk: thôi dùng lịch tạm tính năm 2027."
    assert not queries.calendar_of(ea_phe).knows(2027)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("H15", "2026"), "đã có thông báo nghỉ lễ"),
        (("H15", "2029"), "đến năm 2028"),
        (("H15", "2027", "--end"), "không dùng lịch tạm tính năm 2027"),
        (("H99", "2027"), "Không có cơ quan nào mang mã H99"),
        (("xã", "2027"), "Mã cơ quan bắt đầu bằng"),
    ],
)
def test_the_command_says_why_not(office: Unit, arguments: tuple[str, ...], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        adopt(*arguments)


@pytest.mark.parametrize(
    ("now", "adopted"),
    [
        ("2025-08-20T09:00", []),
        ("2026-11-23T15:20", [2027]),
        ("2026-12-31T15:30", [2027]),
        ("2027-01-06T08:00", [2027, 2028]),
        ("2028-01-06T08:00", [2027, 2028, 2029]),
    ],
)
def test_the_demo_adopts_what_its_story_needs(office: Unit, now: str, adopted: list[int]) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    opened = moment - timedelta(days=60)

    assert years.adopt(opened=opened, now=moment) == adopted
    assert years.adopt(opened=opened, now=moment) == []
    assert CalendarAdoption.objects.count() == len(adopted)
    calendar = queries.calendar_of(office)
    assert all(calendar.knows(year) for year in (opened.year, moment.year, moment.year + 1))
