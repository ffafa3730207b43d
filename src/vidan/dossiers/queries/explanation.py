"""A due time's reasons in words, and the calendar sheets that draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from vidan.authorities.rules.calendar import PROVISIONAL_MARK, WEEKDAYS
from vidan.dossiers.rules.deadlines import Because, Reason
from vidan.kernel.clock import ZONE

MOST_SHEETS = 3
_OFF, _MAKE_UP, _SWAPPED = "nghỉ ", "nghỉ bù ", "nghỉ hoán đổi, làm bù "
"""How the calendar begins its reasons; they are stored as they were said, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One day of the explanation, as a calendar sheet: ``kind`` is "", "off" or "due"."""

    day: date
    kind: str
    caption: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why this date: sheets (at most three; longer spans are text only) and numbered reasons.

    ``provisional``: that the date may change, where its year has no notice yet; it is the last of
    the reasons, too, for whoever does not show it apart.
    """

    due: datetime
    sheets: tuple[Sheet, ...]
    reasons: tuple[str, ...]
    provisional: str = ""


def weekday(day: date) -> str:
    """A day's name within a sentence."""
    return _(WEEKDAYS[day.weekday()])


def day_words(day: date) -> str:
    """``thứ Tư 25/11``."""
    return f"{weekday(day)} {day:%d/%m}"


def off_words(stored: str) -> str:
    """A stored reason why a day is off, in the reader's language; a unit's own words stay."""
    if stored.endswith(PROVISIONAL_MARK):
        return _("%(reason)s (lịch tạm tính)") % {
            "reason": off_words(stored.removesuffix(PROVISIONAL_MARK))
        }
    if stored.startswith(_SWAPPED):
        name, _space, day = stored.removeprefix(_SWAPPED).rpartition(" ")
        return _("nghỉ hoán đổi, làm bù %(day)s") % {"day": f"{_(name)} {day}"}
    if stored.startswith(_MAKE_UP):
        return _("nghỉ bù %(name)s") % {"name": _(stored.removeprefix(_MAKE_UP))}
    if stored.startswith(_OFF):
        return _("nghỉ %(name)s") % {"name": _(stored.removeprefix(_OFF))}
    return _(stored) if stored in WEEKDAYS else stored


def explain(due: datetime, reasons: Sequence[Reason]) -> Explanation:
    """The stored reasons of a due time, ready to be shown to officer or citizen."""
    local = due.astimezone(ZONE)
    said: list[str] = []
    provisional = _provisional(reasons)
    reasons = [r for r in reasons if r.because is not Because.PROVISIONAL]
    offs = [r for r in reasons if r.because is Because.DAYS_OFF]
    for reason in reasons:
        if reason.because is Because.DAYS_OFF:
            if reason is offs[0]:
                said.extend(_days_off(offs))
            continue
        said.append(_sentence(reason))
    joined = said if len(said) < 2 else [*said[:-2], _last(reasons, said)]
    told = [*joined, provisional] if provisional else joined
    return Explanation(local, _sheets(local, reasons), tuple(told), provisional)


def _provisional(reasons: Sequence[Reason]) -> str:
    for reason in reasons:
        if reason.because is Because.PROVISIONAL:
            return _(
                "Lịch nghỉ năm %(year)s chưa công bố: ngày này tạm tính, có thể đổi;"
                " nếu đổi sẽ báo lại."
            ) % {"year": reason.at.year}
    return ""


def _last(reasons: Sequence[Reason], said: list[str]) -> str:
    """The last two reasons are one thought: which day, and its close."""
    close = reasons[-1].at
    time = f"{close:%H:%M}"
    before = reasons[-2]
    if before.because is Because.IN_TIME:
        return said[-2] + " " + _("Hạn cuối là giờ đóng cửa %(time)s cùng ngày.") % {"time": time}
    return said[-2] + " " + _("Hạn cuối là giờ đóng cửa %(time)s.") % {"time": time}


def _sentence(reason: Reason) -> str:
    at = reason.at
    if isinstance(at, datetime):
        at = at.astimezone(ZONE)
        values = {"time": f"{at:%H:%M}", "day": day_words(at.date())}
    else:
        values = {"time": "", "day": day_words(at)}
    values["words"] = off_words(reason.words)
    if reason.because is Because.IN_TIME:
        return (
            _("Nhận đủ giấy tờ lúc %(time)s %(day)s, không quá %(words)s: trả trong ngày.") % values
        )
    if reason.because is Because.AFTER_CUTOFF:
        return (
            _(
                "Nhận đủ giấy tờ lúc %(time)s %(day)s. Nhận sau %(words)s thì trả vào ngày làm việc tiếp theo."
            )
            % values
        )
    if reason.because is Because.RECEIVED_ON_DAY_OFF:
        return (
            _(
                "Nhận lúc %(time)s %(day)s, ngoài ngày làm việc (%(words)s): tính từ ngày làm việc tiếp theo."
            )
            % values
        )
    if reason.because is Because.AGREED:
        return _("Hai bên thỏa thuận hẹn thêm %(count)s ngày làm việc: đến %(day)s.") % {
            **values,
            "count": reason.count,
        }
    if reason.because is Because.NEXT_WORKING_DAY:
        return _("Ngày làm việc tiếp theo là %(day)s.") % values
    return _("Hạn cuối là giờ đóng cửa %(time)s %(day)s.") % values


def _days_off(offs: Sequence[Reason]) -> list[str]:
    """Days off, those with the same ground in one sentence."""
    grouped: dict[str, list[str]] = {}
    for reason in offs:
        day = reason.at.date() if isinstance(reason.at, datetime) else reason.at
        words = off_words(reason.words)
        if reason.words in WEEKDAYS:
            words = _("ngày nghỉ hằng tuần")
        elif not reason.words.startswith(_OFF):  # a unit's own closure, in its own words
            words = _("nghỉ (%(reason)s)") % {"reason": reason.words}
        grouped.setdefault(words, []).append(day_words(day))
    return [
        _("%(days)s %(words)s, không tính.") % {"days": _capital(", ".join(days)), "words": words}
        for words, days in grouped.items()
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sheets(due: datetime, reasons: Sequence[Reason]) -> tuple[Sheet, ...]:
    first = reasons[0].at
    start = first.astimezone(ZONE) if isinstance(first, datetime) else due
    if (due.date() - start.date()).days >= MOST_SHEETS:
        return ()
    sheets = []
    if start.date() != due.date():
        sheets.append(Sheet(start.date(), "", _("nộp %(time)s") % {"time": f"{start:%H:%M}"}))
        for reason in reasons:
            if reason.because is Because.DAYS_OFF:
                day = reason.at.date() if isinstance(reason.at, datetime) else reason.at
                holiday = reason.words.startswith(_OFF)
                sheets.append(Sheet(day, "off", _("nghỉ lễ") if holiday else _("nghỉ")))
    sheets.append(Sheet(due.date(), "due", f"{due:%H:%M}"))
    return tuple(sheets)
