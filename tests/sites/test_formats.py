from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from vidan.sites import formats

WEDNESDAY = date(2026, 11, 25)
FIVE = datetime(2026, 11, 25, 17, 0, tzinfo=formats.ZONE)


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0, "0 đ"), (2000, "2.000 đ"), (34000, "34.000 đ"), (1234567, "1.234.567 đ")],
)
def test_money_is_grouped_by_dots(amount: int, said: str) -> None:
    assert formats.money(amount) == said


def test_money_in_english_names_the_currency() -> None:
    assert formats.money(34000, "en") == "34,000 VND"


def test_a_day_is_said_with_its_weekday() -> None:
    assert formats.day(WEDNESDAY) == "thứ Tư 25/11"
    assert formats.day(WEDNESDAY, year=True) == "thứ Tư 25/11/2026"
    assert formats.day(WEDNESDAY, "en") == "Wednesday 25 November"


def test_every_weekday_has_its_name() -> None:
    week = [formats.weekday(date(2026, 11, 23 + n), capital=True) for n in range(7)]
    assert week == ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]


def test_a_moment_is_said_on_the_clock_of_the_office() -> None:
    assert formats.moment(FIVE) == "17:00 thứ Tư 25/11/2026"
    assert formats.moment(datetime(2026, 11, 24, 18, 30, tzinfo=UTC)) == "01:30 thứ Tư 25/11/2026"
    assert formats.short_date(datetime(2026, 11, 24, 18, 30, tzinfo=UTC)) == "25/11/2026"
    assert formats.clock_time(time(7, 5)) == "07:05"


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 25), "17:00 hôm nay"),
        (date(2026, 11, 24), "17:00 mai"),
        (date(2026, 11, 26), "17:00 hôm qua"),
        (date(2026, 11, 23), "17:00 thứ Tư 25/11"),
        (date(2027, 1, 4), "17:00 thứ Tư 25/11/2026"),
    ],
)
def test_near_days_are_called_by_their_nearness(today: date, said: str) -> None:
    assert formats.relative(FIVE, today) == said


def test_the_top_of_a_calendar_sheet() -> None:
    assert formats.month_label(WEDNESDAY) == "Tháng 11 · 2026"
    assert formats.month_label(WEDNESDAY, year=False) == "Tháng 11"


def test_an_identity_number_shows_its_last_four_digits_only() -> None:
    assert formats.masked_id("066087004127") == "•••• •••• 4127"
    assert formats.masked_id("4127") == "••••"
    assert formats.masked_phone("0900000021") == "••• ••• •021"


def test_the_size_of_a_file() -> None:
    assert formats.file_size(819_600) == "820 kB"
    assert formats.file_size(2_400_000) == "2,4 MB"
    assert formats.file_size(2_400_000, "en") == "2.4 MB"


def test_a_code_falls_into_the_units_prefix_and_the_rest() -> None:
    assert formats.split_code("H15.158-261118-0012") == ("H15.158-", "261118-0012")
    assert formats.split_code("0012") == ("", "0012")
