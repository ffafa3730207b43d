"""On which days and hours an office works. Pure: no clock, no database, no Django.

Labour Code 2019 Art. 111-112, the yearly notices on holidays and swapped working days, and the
unit's own closures. A year without a notice is a gap that is reported, never guessed; an office may
adopt a provisional calendar for it (``provisional``), and everything computed with it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from vidan.authorities.rules.explained import N_, Explained

SATURDAY, SUNDAY = 5, 6
ONE_DAY = timedelta(days=1)
Periods = tuple[tuple[time, time], ...]
# Seen as the default in deployed systems (facts, not law): configurable per unit.
DEFAULT_PERIODS: Periods = ((time(7), time(11, 30)), (time(13, 30), time(17)))
# How the words for a day off end that no notice has confirmed yet.
PROVISIONAL_MARK = " (lịch tạm tính)"

# For the translators: the names that notices use. A new holiday needs no change here to work.
HOLIDAY_NAMES = (
    N_("Tết Dương lịch"),
    N_("Tết Nguyên đán"),
    N_("Giỗ Tổ Hùng Vương"),
    N_("Ngày Chiến thắng 30/4"),
    N_("Ngày Quốc tế Lao động"),
    N_("Quốc khánh"),
    N_("Ngày Văn hóa Việt Nam"),
)


class CalendarGap(Explained):
    """Nobody has published the holidays of ``year`` yet."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            N_(
                "Chưa có lịch nghỉ lễ năm %(year)s nên chưa tính được ngày."
                " Xin báo người quản trị nạp thông báo nghỉ lễ của năm này."
            ),
            year=year,
        )


class OfficeClosed(Explained):
    """Somebody asked for the opening or closing time of a day off."""


class DayKind(StrEnum):
    """What a notice says of one day."""

    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    SWAPPED_OFF = "swapped_off"
    SWAPPED_IN = "swapped_in"


class OffKind(StrEnum):
    """Why nobody works."""

    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    SWAPPED = "swapped"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True)
class OfficialDay:
    """One line of a notice. ``partner``: for a swap, the day worked instead (or taken off)."""

    day: date
    kind: DayKind
    name: str = ""
    partner: date | None = None

    def __post_init__(self) -> None:
        if self.kind in (DayKind.SWAPPED_IN, DayKind.SWAPPED_OFF):
            if self.partner is None:
                raise ValueError(f"{self.day}: a swap names both days")
        elif not self.name:
            raise ValueError(f"{self.day}: a holiday has a name")


@dataclass(frozen=True, slots=True)
class Closing:
    """The unit itself is closed from ``first`` to ``last``, both included."""

    first: date
    last: date
    reason: str

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Hours:
    """One opening period on one weekday (0 = Monday), in force between two dates.

    ``levels_up``: how far above the unit it was set; the nearest set in force counts alone.
    """

    weekday: int
    opens: time
    closes: time
    valid_from: date | None = None
    valid_to: date | None = None
    levels_up: int = 0

    def in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why a day is off: the kind for a page to draw, the words for a person to read."""

    kind: OffKind
    words: str


def _no_days() -> Mapping[date, OfficialDay]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The days and hours one unit works; build it with ``WorkCalendar.of``.

    ``years`` have a notice; ``provisional`` ones have none, and the unit adopted the lawful
    holidays for them. A year is never both.
    """

    years: frozenset[int]
    days: Mapping[date, OfficialDay] = field(default_factory=_no_days)
    closings: tuple[Closing, ...] = ()
    hours: tuple[Hours, ...] = ()
    provisional: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if both := self.years & self.provisional:
            raise ValueError(f"{sorted(both)}: a notice ends a provisional calendar")

    @classmethod
    def of(
        cls,
        years: Iterable[int],
        days: Iterable[OfficialDay] = (),
        *,
        closings: Iterable[Closing] = (),
        hours: Iterable[Hours] = (),
        provisional: Iterable[int] = (),
    ) -> WorkCalendar:
        """``years`` are those with a notice. Where two lines name one day, the holiday counts."""
        ranked = sorted(days, key=lambda line: line.kind in (DayKind.HOLIDAY, DayKind.MAKE_UP))
        return cls(
            years=frozenset(years),
            days=MappingProxyType({line.day: line for line in ranked}),
            closings=tuple(closings),
            hours=tuple(sorted(hours, key=lambda period: (period.weekday, period.opens))),
            provisional=frozenset(provisional),
        )

    def knows(self, year: int) -> bool:
        """Whether days of this year can be told, by a notice or provisionally."""
        return year in self.years or year in self.provisional

    def is_provisional(self, day: date) -> bool:
        """Whether what is said of ``day`` may change, because its year has no notice yet."""
        return day.year in self.provisional

    def day_off(self, day: date) -> DayOff | None:
        """Why ``day`` is off, or ``None`` on a working day. Raises ``CalendarGap``.

        A holiday beats a weekend, a weekend beats a swap: a day is worked when a notice swapped it
        in, or Monday to Friday when nothing takes it off. The unit's own closures come last.
        """
        if not self.knows(day.year):
            raise CalendarGap(day.year)
        line = self.days.get(day)
        kind = line.kind if line else None
        mark = PROVISIONAL_MARK if self.is_provisional(day) else ""
        if line and kind is DayKind.HOLIDAY:
            return DayOff(OffKind.HOLIDAY, f"nghỉ {line.name}{mark}")
        if line and kind is DayKind.MAKE_UP:
            return DayOff(OffKind.MAKE_UP, f"nghỉ bù {line.name}{mark}")
        if day.weekday() >= SATURDAY:
            if kind is not DayKind.SWAPPED_IN:
                return DayOff(OffKind.WEEKEND, weekday_words(day))
        elif line and line.partner and kind is DayKind.SWAPPED_OFF:
            return DayOff(OffKind.SWAPPED, f"nghỉ hoán đổi, làm bù {day_words(line.partner)}")
        for closing in self.closings:
            if closing.covers(day):
                return DayOff(OffKind.CLOSURE, closing.reason)
        return None

    def works_on(self, day: date) -> bool:
        """Whether ``day`` counts as a working day. Raises ``CalendarGap``."""
        return self.day_off(day) is None

    def reason_off(self, day: date) -> str | None:
        """The same in words: "nghỉ Tết Nguyên đán", "thứ Bảy", a closure's own reason."""
        off = self.day_off(day)
        return off.words if off else None

    def working_days_after(self, day: date) -> Iterator[date]:
        """Every working day strictly after ``day``, until the calendar ends in ``CalendarGap``."""
        while True:
            day += ONE_DAY
            if self.works_on(day):
                yield day

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after ``day``. Raises ``CalendarGap``."""
        return next(self.working_days_after(day))

    def previous_working_day(self, day: date) -> date:
        """The last working day strictly before ``day``. Raises ``CalendarGap``."""
        day -= ONE_DAY
        while not self.works_on(day):
            day -= ONE_DAY
        return day

    def periods(self, day: date) -> Periods:
        """When the unit is open on ``day``, in order; empty on a day off. Raises ``CalendarGap``.

        A swapped-in Saturday keeps the hours of the day it stands for. Where the unit set no hours
        for that weekday, the default ones hold.
        """
        if not self.works_on(day):
            return ()
        line = self.days.get(day)
        stands_for = line.partner if line and line.partner else day
        weekday = stands_for.weekday()
        in_force = [hours for hours in self.hours if hours.in_force(day)]
        nearest = min((hours.levels_up for hours in in_force), default=0)
        own = tuple(
            (hours.opens, hours.closes)
            for hours in in_force
            if hours.levels_up == nearest and hours.weekday == weekday
        )
        return own or DEFAULT_PERIODS

    def opens(self, day: date) -> time:
        """The first opening time of a working day. Raises ``OfficeClosed``, ``CalendarGap``."""
        return self._periods_of_work(day)[0][0]

    def closes(self, day: date) -> time:
        """The last closing time of a working day. Raises ``OfficeClosed``, ``CalendarGap``."""
        return self._periods_of_work(day)[-1][1]

    def _periods_of_work(self, day: date) -> Periods:
        periods = self.periods(day)
        if not periods:
            raise OfficeClosed(
                N_("Ngày %(day)s không làm việc (%(reason)s)."),
                day=f"{day:%d/%m/%Y}",
                reason=self.reason_off(day) or "",
            )
        return periods


WEEKDAYS = (
    N_("thứ Hai"),
    N_("thứ Ba"),
    N_("thứ Tư"),
    N_("thứ Năm"),
    N_("thứ Sáu"),
    N_("thứ Bảy"),
    N_("Chủ nhật"),
)


def weekday_words(day: date) -> str:
    """ "thứ Tư", "Chủ nhật"."""
    return WEEKDAYS[day.weekday()]


def day_words(day: date) -> str:
    """ "thứ Bảy 10/01/2026"."""
    return f"{weekday_words(day)} {day:%d/%m/%Y}"
