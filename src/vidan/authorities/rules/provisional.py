"""The days off of a year whose notice has not come yet, as far as the law itself tells them. Pure.

Labour Code 2019 Art. 112(1) names the holidays and Art. 111(3) makes up those on a weekly rest day;
Resolution 28/2026/QH16 Art. 2 adds 24 November, outside Art. 112(1) and so never made up. What only
the notice decides is assumed (GK, not law): which five days Tết has, and which neighbour of
2 September is the second day of National Day. Swapped days are never assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from vidan.authorities.rules.calendar import ONE_DAY, SATURDAY, DayKind, OfficialDay
from vidan.authorities.rules.lunar import LunarDate, new_year, solar_of

TET_DAYS = 5
TET_DAYS_BEFORE = 1
"""How many of them lie before the first day of the lunar year: the default, not law."""
NATIONAL_DAY = "Quốc khánh"
CULTURE_DAY = "Ngày Văn hóa Việt Nam"
CULTURE_DAY_SINCE = 2026
# 2 September on one of these weekdays takes the day after it along, else the day before: the longer
# row of days off, as in every notice from 2021 to 2026.
_MONDAY, _THURSDAY, _SUNDAY = 0, 3, 6
_TAKES_THE_DAY_AFTER = (_MONDAY, _THURSDAY, _SUNDAY)


@cache
def days_of(year: int, *, tet_days_before: int = TET_DAYS_BEFORE) -> tuple[OfficialDay, ...]:
    """The holidays and make-up days of a year, in order, as a notice would list them.

    For years up to ``lunar.LAST_YEAR``; beyond it raises ``LunarRefused``.
    """
    lawful = [
        OfficialDay(day, DayKind.HOLIDAY, name)
        for day, name in _named_by_the_code(year, tet_days_before).items()
    ]
    lines = [*lawful, *make_up(lawful)]
    if year >= CULTURE_DAY_SINCE:
        lines.append(OfficialDay(date(year, 11, 24), DayKind.HOLIDAY, CULTURE_DAY))
    return tuple(sorted(lines, key=lambda line: line.day))


def make_up(holidays: Iterable[OfficialDay]) -> Iterator[OfficialDay]:
    """For each holiday on a weekly rest day the next working day not yet off (Art. 111(3))."""
    lines = sorted(holidays, key=lambda line: line.day)
    off = {line.day for line in lines}
    for line in lines:
        if line.day.weekday() < SATURDAY:
            continue
        day = line.day
        while day in off or day.weekday() >= SATURDAY:
            day += ONE_DAY
        off.add(day)
        yield OfficialDay(day, DayKind.MAKE_UP, line.name)


def _named_by_the_code(year: int, tet_days_before: int) -> dict[date, str]:
    """Art. 112(1); where two holidays fall on one day, the one with a fixed date gives the name."""
    second = date(year, 9, 2)
    neighbour = ONE_DAY if second.weekday() in _TAKES_THE_DAY_AFTER else -ONE_DAY
    found = {
        date(year, 1, 1): "Tết Dương lịch",
        date(year, 4, 30): "Ngày Chiến thắng 30/4",
        date(year, 5, 1): "Ngày Quốc tế Lao động",
        second: NATIONAL_DAY,
        second + neighbour: NATIONAL_DAY,
    }
    tet = new_year(year) - tet_days_before * ONE_DAY
    for place in range(TET_DAYS):
        found.setdefault(tet + place * ONE_DAY, "Tết Nguyên đán")
    found.setdefault(solar_of(LunarDate(year, 3, False, 10)), "Giỗ Tổ Hùng Vương")
    return found
