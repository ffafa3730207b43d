"""The Vietnamese lunar calendar, computed from new moons and solar terms at UTC+7. Pure.

Months begin on the day of the new moon; the eleventh holds the winter solstice; in a year of
thirteen months the first without a principal solar term is the leap month. Computed for 7 hours
east, so it differs from the Chinese calendar where midnight falls between both (Tết 1985). Dates
before 1968, when Vietnam used other zones, are as this rule gives them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import floor

from vidan.authorities.rules import sky
from vidan.authorities.rules.explained import N_, Explained

FIRST_YEAR, LAST_YEAR = 1900, 2100
HOURS_EAST = 7
THIRTEEN = 13  # months between two solstices when one of them is a leap month
SOLSTICE_TERM = 9  # the sun past 270 degrees
# date.toordinal() of a Julian day number: 1 January 1 is Julian day 1721426.
_ORDINAL = 1721425

MONTH_NAMES = (
    "Giêng",
    "Hai",
    "Ba",
    "Tư",
    "Năm",
    "Sáu",
    "Bảy",
    "Tám",
    "Chín",
    "Mười",
    "Mười một",
    "Chạp",
)
STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
BRANCHES = (
    *("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ"),
    *("Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"),
)


class LunarRefused(Explained):
    """The date lies outside the years we compute, or does not exist in the lunar calendar."""


@dataclass(frozen=True, slots=True, order=True)
class LunarDate:
    """A day of the lunar calendar; ``leap`` marks the second month of that number."""

    year: int
    month: int
    leap: bool
    day: int

    @property
    def short(self) -> str:
        """As on a calendar sheet: "15/10", "1/6 nhuận"."""
        return f"{self.day}/{self.month}{' nhuận' if self.leap else ''}"

    @property
    def words(self) -> str:
        """ "mùng 1 tháng Giêng", "26 tháng Chạp", "rằm tháng Bảy"."""
        day = f"mùng {self.day}" if self.day <= 10 else str(self.day)
        day = "rằm" if self.day == 15 else day
        return f"{day} tháng {MONTH_NAMES[self.month - 1]}{' nhuận' if self.leap else ''}"

    @property
    def year_name(self) -> str:
        """The year's name in the sixty-year round: "Bính Ngọ"."""
        return f"{STEMS[(self.year - 4) % 10]} {BRANCHES[(self.year - 4) % 12]}"


@dataclass(frozen=True, slots=True)
class _Month:
    first: int
    year: int
    month: int
    leap: bool


def lunar_of(day: date) -> LunarDate:
    """The lunar date of a day between 1900 and 2100. Raises ``LunarRefused``."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise LunarRefused(
            N_("Chỉ tính được âm lịch từ năm %(first)s đến năm %(last)s."),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    ordinal = day.toordinal()
    months = _months_up_to_solstice(day.year)
    if ordinal >= _eleventh_month(day.year):
        months = _months_up_to_solstice(day.year + 1)
    month = months[bisect_right([m.first for m in months], ordinal) - 1]
    return LunarDate(month.year, month.month, month.leap, ordinal - month.first + 1)


def solar_of(lunar: LunarDate) -> date:
    """The day on which a lunar date falls. Raises ``LunarRefused`` where there is none."""
    for months in (_months_up_to_solstice(lunar.year), _months_up_to_solstice(lunar.year + 1)):
        for month in months:
            if (month.year, month.month, month.leap) == (lunar.year, lunar.month, lunar.leap):
                day = date.fromordinal(month.first + lunar.day - 1)
                if lunar.day >= 1 and lunar_of(day) == lunar:
                    return day
    raise LunarRefused(
        N_("Không có ngày %(day)s âm lịch trong năm %(year)s."), day=lunar.short, year=lunar.year
    )


def new_year(year: int) -> date:
    """Mùng 1 Tết of a lunar year."""
    return solar_of(LunarDate(year, 1, False, 1))


@cache
def _months_up_to_solstice(year: int) -> tuple[_Month, ...]:
    """The months from the eleventh of ``year - 1`` up to the eleventh of ``year``, without it."""
    first, after = _eleventh_month(year - 1), _eleventh_month(year)
    k = _lunation_on(first)
    starts = [first]
    while (start := _new_moon_day(k + len(starts))) < after:
        starts.append(start)
    terms = [_term(start) for start in (*starts, after)]
    leap_at = -1
    if len(starts) == THIRTEEN:
        leap_at = next(i for i in range(1, THIRTEEN) if terms[i] == terms[i + 1])
    months = []
    number = 10
    for place, start in enumerate(starts):
        leap = place == leap_at
        number += not leap
        lunar_year = year - 1 if number <= 12 else year
        months.append(_Month(start, lunar_year, (number - 1) % 12 + 1, leap))
    return tuple(months)


@cache
def _eleventh_month(year: int) -> int:
    """The first day (ordinal) of the month that holds the winter solstice of ``year``."""
    last_of_year = date(year, 12, 31).toordinal()
    k = _lunation_on(last_of_year)
    start = _new_moon_day(k)
    return start if _term(start) < SOLSTICE_TERM else _new_moon_day(k - 1)


def _lunation_on(ordinal: int) -> int:
    """The number of the new moon on or last before a day."""
    k = floor((ordinal + _ORDINAL - sky.FIRST_NEW_MOON_2000) / sky.SYNODIC_MONTH) + 1
    while _new_moon_day(k) > ordinal:
        k -= 1
    return k


@cache
def _new_moon_day(k: int) -> int:
    """The day (ordinal) at UTC+7 on which the k-th new moon falls."""
    moment = sky.new_moon(k)
    universal = moment - sky.dynamical_minus_universal(moment)
    return floor(universal + 0.5 + HOURS_EAST / 24) - _ORDINAL


@cache
def _term(ordinal: int) -> int:
    """The principal solar term (0 to 11, by 30 degrees) at the local midnight a day begins with."""
    midnight = ordinal + _ORDINAL - 0.5 - HOURS_EAST / 24
    return floor(sky.sun_longitude(midnight + sky.dynamical_minus_universal(midnight)) / 30)
