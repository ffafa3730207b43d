"""Dates of birth as people give them: a full date, or only the year, as many older papers say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vidan.authorities.rules.explained import N_, Explained

_FULL = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
OLDEST = 130


class BirthRefused(Explained):
    """Not a date of birth."""


@dataclass(frozen=True, slots=True)
class Birth:
    """A year of birth, with the day where it is known."""

    year: int
    day: date | None = None

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}" if self.day else str(self.year)


def read(text: str, *, today: date) -> Birth:
    """Read "14/03/1987", "14031987", "14-3-1987", "1987-03-14" or "1987". Raises ``BirthRefused``.

    Refuses days that do not exist, days after ``today`` and years over 130 years back.
    """
    text = text.strip()
    if _YEAR.fullmatch(text):
        return _within(Birth(int(text)), today)
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _FULL.fullmatch(text) or _RUN.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise BirthRefused(N_("Xin ghi ngày sinh như 14/03/1987, hoặc chỉ năm sinh như 1987."))
    try:
        born = date(year, month, day)
    except ValueError:
        written = f"{day:02d}/{month:02d}/{year}"
        raise BirthRefused(N_("Không có ngày %(day)s. Xin xem lại."), day=written) from None
    return _within(Birth(year, born), today)


def _within(birth: Birth, today: date) -> Birth:
    if birth.year > today.year or (birth.day is not None and birth.day > today):
        raise BirthRefused(N_("Ngày sinh %(birth)s chưa tới. Xin xem lại."), birth=birth)
    if birth.year < today.year - OLDEST:
        raise BirthRefused(N_("Năm sinh %(year)s đã quá xa. Xin xem lại."), year=birth.year)
    return birth
