"""Dates, times and money as Vietnamese papers write them. Pure; papers are never translated."""

from __future__ import annotations

from datetime import date, datetime

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_KEEP = "\N{NO-BREAK SPACE}"


def moment(at: datetime) -> str:
    """``17:00, thứ Tư ngày 25/11/2026``: hour and date as forms 01-06 ask (facts 2.3)."""
    return f"{at:%H:%M}, {WEEKDAYS[at.weekday()]} ngày{_KEEP}{at:%d/%m/%Y}"


def place_and_date(place: str, day: date) -> str:
    """``Ea Phê, ngày 03 tháng 02 năm 2026``; days below 10 and months below 3 take a zero.

    Decree 30/2020/NĐ-CP, annex I, section II.4.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    words = f"ngày {day.day:02d} tháng {month} năm {day.year}"
    return f"{place}, {words}" if place else words


def dong(amount: int) -> str:
    """``34.000 đ``, kept on one line."""
    return f"{amount:,}".replace(",", ".") + f"{_KEEP}đ"


def fingerprint(digest: bytes) -> str:
    """The first eight bytes in groups of four digits, as an eye can compare them."""
    text = digest[:8].hex()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
