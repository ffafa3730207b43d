"""How dates, times, money and numbers are said, in Vietnamese and in English. Plain Python."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NEAR = {
    "vi": {-1: "hôm qua", 0: "hôm nay", 1: "mai"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}


def _tongue(language: str | None) -> str:
    return "en" if (language or "vi").startswith("en") else "vi"


def local(moment: datetime) -> datetime:
    """The moment on the office's clock. A naive one is taken as already local."""
    return moment if moment.tzinfo is None else moment.astimezone(ZONE)


def as_date(value: date | datetime) -> date:
    """The office's date of a date or of a moment."""
    return local(value).date() if isinstance(value, datetime) else value


def number(value: int, language: str = "vi") -> str:
    """``34000`` as ``34.000`` (English ``34,000``)."""
    text = f"{value:,}"
    return text if _tongue(language) == "en" else text.replace(",", ".")


def money(value: int, language: str = "vi") -> str:
    """Whole đồng: ``34.000 đ`` (English ``34,000 VND``)."""
    return f"{number(value, language)} {'VND' if _tongue(language) == 'en' else 'đ'}"


def weekday(value: date | datetime, language: str = "vi", *, capital: bool = False) -> str:
    """``thứ Tư``; with ``capital`` as on a calendar sheet: ``Thứ Tư``."""
    name = _WEEKDAYS[_tongue(language)][as_date(value).weekday()]
    return name[0].upper() + name[1:] if capital else name


def day(value: date | datetime, language: str = "vi", *, year: bool = False) -> str:
    """``thứ Tư 25/11``, with ``year`` ``thứ Tư 25/11/2026``; English ``Wednesday 25 November``."""
    when = as_date(value)
    name = weekday(when, language)
    if _tongue(language) == "en":
        said = f"{name} {when.day} {_MONTHS_EN[when.month - 1]}"
        return f"{said} {when.year}" if year else said
    said = f"{name} {when.day:02}/{when.month:02}"
    return f"{said}/{when.year}" if year else said


def short_date(value: date | datetime, *, year: bool = True) -> str:
    """``25/11/2026``, or ``25/11`` where the year is plain."""
    when = as_date(value)
    said = f"{when.day:02}/{when.month:02}"
    return f"{said}/{when.year}" if year else said


def clock_time(value: time | datetime) -> str:
    """``15:20``."""
    if isinstance(value, datetime):
        value = local(value).time()
    return f"{value.hour:02}:{value.minute:02}"


def moment(value: datetime, language: str = "vi", *, year: bool = True) -> str:
    """``17:00 thứ Tư 25/11/2026``."""
    return f"{clock_time(value)} {day(value, language, year=year)}"


def relative_day(value: date | datetime, today: date, language: str = "vi") -> str:
    """``hôm nay``, ``mai``, ``hôm qua``; any other day by its name, with a year that differs."""
    when = as_date(value)
    near = _NEAR[_tongue(language)].get((when - today).days)
    return near or day(when, language, year=when.year != today.year)


def relative(value: datetime, today: date, language: str = "vi") -> str:
    """``17:00 hôm nay``, ``11:10 thứ Tư 25/11``."""
    return f"{clock_time(value)} {relative_day(value, today, language)}"


def month_label(value: date | datetime, language: str = "vi", *, year: bool = True) -> str:
    """The top of a calendar sheet: ``Tháng 11 · 2026``."""
    when = as_date(value)
    if _tongue(language) == "en":
        name = _MONTHS_EN[when.month - 1]
        return f"{name} {when.year}" if year else name
    return f"Tháng {when.month} · {when.year}" if year else f"Tháng {when.month}"


def figures(text: str, language: str = "vi") -> str:
    """A stored sum with the reader's digit groups: ``2 × 1.000``, English ``2 × 1,000``."""
    return re.sub(r"(?<=\d)\.(?=\d{3})", ",", text) if _tongue(language) == "en" else text


def lunar_day(short: str, language: str = "vi") -> str:
    """``15/10 âm lịch`` (English ``15/10 lunar``), for the foot of a calendar sheet."""
    if _tongue(language) == "en":
        return f"{short.replace(' nhuận', ' leap')} lunar"
    return f"{short} âm lịch"


def masked_id(value: str) -> str:
    """An identity number with only its last four digits: ``•••• •••• 4127``."""
    return f"•••• •••• {value[-4:]}" if len(value) > 4 else "••••"


def masked_phone(value: str) -> str:
    """A phone number with only its last three digits: ``••• ••• •021``."""
    return f"••• ••• •{value[-3:]}" if len(value) > 3 else "•••"


def file_size(size: int, language: str = "vi") -> str:
    """Bytes in a reader's words: ``820 kB``, ``2,4 MB``."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    unit, whole = ("GB", 1_000_000_000) if size >= 1_000_000_000 else ("MB", 1_000_000)
    text = f"{size / whole:.1f}"
    return f"{text if _tongue(language) == 'en' else text.replace('.', ',')} {unit}"


def split_code(code: str) -> tuple[str, str]:
    """``H15.158-261118-0012`` as the unit's prefix ``H15.158-`` and the part that differs."""
    prefix, dash, rest = code.partition("-")
    return (prefix + dash, rest) if dash else ("", code)
