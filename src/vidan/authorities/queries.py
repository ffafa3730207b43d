"""Reading units and calendars. Callers hold ``Unit`` rows; ``on`` is a day, never "now"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import DateField, Q, QuerySet, SmallIntegerField, TimeField, Value
from django.db.models.functions import Cast

from vidan.authorities.models import (
    CalendarAdoption,
    CalendarVersion,
    CalendarYear,
    Closure,
    FormerName,
    Kind,
    OpeningHours,
    Unit,
    UnitSuccession,
)
from vidan.authorities.rules import provisional, unit_codes
from vidan.authorities.rules.calendar import (
    Closing,
    DayKind,
    Hours,
    OfficialDay,
    WorkCalendar,
)
from vidan.authorities.rules.explained import N_, Explained
from vidan.kernel.search import fold

COMMUNE_KINDS = (Kind.COMMUNE, Kind.WARD, Kind.TOWNSHIP, Kind.SPECIAL_ZONE)


class UnitUnknown(Explained):
    """No unit has this code (on that day)."""


def in_force(on: date) -> Q:
    """The units that exist on a day."""
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gte=on))


def _units() -> QuerySet[Unit]:
    return Unit.objects.select_related("parent__parent")


def unit_by_code(code: str, on: date | None = None) -> Unit:
    """The unit with an organisation code, new or old form, on a day; without a day, the latest.

    Parents come along, so that naming it costs nothing more. Raises ``UnitCodeRefused`` for a text
    that is no code, ``UnitUnknown`` where no unit has it.
    """
    written = str(unit_codes.parse(code))
    found = _units().filter(Q(code=written) | Q(aliases__code=written))
    if on is not None:
        found = found.filter(in_force(on))
    units = sorted(found, key=lambda unit: unit.valid_from or date.min)
    if not units:
        raise UnitUnknown(N_("Không có cơ quan nào mang mã %(code)s."), code=written)
    return units[-1]


def unit_by_gso_code(gso_code: str, on: date) -> Unit:
    """The province, district or commune with a statistical code on a day; or ``UnitUnknown``."""
    unit = _units().filter(in_force(on), gso_code=gso_code).first()
    if unit is None:
        raise UnitUnknown(N_("Không có đơn vị nào mang mã thống kê %(code)s."), code=gso_code)
    return unit


def provinces(on: date) -> list[Unit]:
    """The provinces and cities of a day, by name."""
    found = Unit.objects.filter(in_force(on), kind=Kind.PROVINCE)
    return sorted(found, key=lambda unit: unit.search_key)


def communes_of(province: Unit, on: date) -> list[Unit]:
    """The communes, wards, townships and special zones of a province on a day, by name."""
    found = descendants(province).filter(in_force(on), kind__in=COMMUNE_KINDS)
    return sorted(found, key=lambda unit: (fold(unit.name), unit.kind))


def find_units(text: str, *, on: date | None = None, limit: int = 20) -> list[Unit]:
    """Units whose name holds every word of ``text``, marks ignored; those in force ``on`` a day.

    Without a day, ended units are found, too: an old paper names them.
    """
    found = _units()
    if on is not None:
        found = found.filter(in_force(on))
    words = fold(text).split()
    if not words:
        return []
    for word in words:
        found = found.filter(search_key__contains=word)
    return list(found.order_by("search_key", "-valid_from")[:limit])


def covers(unit: Unit, other: Unit) -> bool:
    """Whether ``other`` is ``unit`` or stands somewhere below it. No query."""
    return unit.pk == other.pk or unit.pk in other.lineage


def ancestors(unit: Unit) -> list[Unit]:
    """The units above, highest first."""
    found = Unit.objects.in_bulk(unit.lineage) if unit.lineage else {}
    return [found[pk] for pk in unit.lineage]


def descendants(unit: Unit) -> QuerySet[Unit]:
    """Every unit below, of all times: narrow it with ``in_force(on)``."""
    return _units().filter(lineage__contains=[unit.pk])


def successors_of(unit: Unit, on: date) -> list[Unit]:
    """The units that have taken over from ``unit`` by a day, main heirs first.

    The unit itself while it exists. Follows heirs of heirs.
    """
    if unit.valid_to is None or on <= unit.valid_to:
        return [unit]
    settled: dict[int, Unit] = {}
    seen, asked = {unit.pk}, [unit.pk]
    while asked:
        heirs = _heirs(asked, on)
        fresh = [heir for heir in heirs if heir.pk not in seen]
        seen |= {heir.pk for heir in fresh}
        ended = [heir for heir in fresh if heir.valid_to is not None and heir.valid_to < on]
        settled |= {heir.pk: heir for heir in fresh if heir not in ended}
        asked = [heir.pk for heir in ended]
    return list(settled.values())


def _heirs(predecessors: Collection[int], on: date) -> list[Unit]:
    rows = (
        UnitSuccession.objects.filter(predecessor__in=predecessors, on__lte=on)
        .select_related("successor__parent__parent")
        .order_by("-is_main", "successor__gso_code")
    )
    return [row.successor for row in rows]


def current_of(unit: Unit, on: date | None = None) -> Unit:
    """The one unit that continues ``unit``: the main heir of the main heir, up to a day.

    The unit itself while it exists, or where nobody continues it. No query for a unit in force.
    """
    current = unit
    while current.valid_to is not None and (on is None or current.valid_to < on):
        main = UnitSuccession.objects.filter(predecessor=current, is_main=True).select_related(
            "successor__parent__parent"
        )
        row = (main if on is None else main.filter(on__lte=on)).first()
        if row is None:
            return current
        current = row.successor
    return current


def predecessors_of(unit: Unit) -> list[Unit]:
    """The units that went into this one, wholly or in part."""
    rows = UnitSuccession.objects.filter(successor=unit).select_related(
        "predecessor__parent__parent"
    )
    return [row.predecessor for row in rows.order_by("-is_main", "predecessor__gso_code")]


def display_name(unit: Unit, on: date | None = None) -> str:
    """The name with what it belongs to: "Xã Ea Phê, tỉnh Đắk Lắk".

    With ``on``, as it was called on that day (one query). Parents are read if they have not come
    along; every query here brings them.
    """
    chain = [unit]
    while (above := chain[-1].parent) is not None:
        chain.append(above)
    names = {link.pk: link.full_name for link in chain}
    if on is not None:
        names |= _names_on(list(names), on)
    own, *rest = (names[link.pk] for link in chain)
    return ", ".join([own, *(name[:1].lower() + name[1:] for name in rest)])


def _names_on(pks: Sequence[int], on: date) -> dict[int, str]:
    """What units were called on a day where that differs: the name that ended first after it."""
    rows = FormerName.objects.filter(unit__in=pks, valid_to__gte=on).order_by("-valid_to")
    return {row.unit_id: row.full_name for row in rows}


def calendar_of(unit: Unit) -> WorkCalendar:
    """The days and hours a unit works: notices, its opening hours, closures that concern it.

    Years without a notice that it or a unit above it adopted come in provisionally.

    Kept per process; one query asks whether anything has changed since, two more read anew.
    """
    version = CalendarVersion.objects.values_list("version", flat=True).first()
    return _calendar(unit.pk, tuple(unit.lineage), version)


def calendar_notices(year: int) -> list[str]:
    """The numbers of the notices that a year's calendar rests on; empty for a gap."""
    found = CalendarYear.objects.filter(year=year).values_list("notices", flat=True).first()
    return list(found or ())


@lru_cache(maxsize=8)
def _official(version: UUID | None) -> tuple[frozenset[int], tuple[OfficialDay, ...]]:
    """What the notices say, for every unit alike."""
    years: set[int] = set()
    days = []
    rows = CalendarYear.objects.values_list(
        "year", "days__day", "days__kind", "days__name", "days__partner"
    )
    for year, day, kind, name, partner in rows:
        years.add(year)
        if day is not None:
            days.append(OfficialDay(day, DayKind(kind), name, partner))
    return frozenset(years), tuple(days)


@lru_cache(maxsize=256)
def _calendar(pk: int, lineage: tuple[int, ...], version: UUID | None) -> WorkCalendar:
    # ``version`` is drawn anew by a trigger at every change, and at random: a number that a
    # rolled-back transaction used never names other content later.
    years, days = _official(version)
    levels_up = {unit: levels for levels, unit in enumerate((pk, *reversed(lineage)))}
    closings, hours, adopted = [], [], set[int]()
    for unit, first, last, reason, weekday, opens, closes, year in _own_lines(pk, lineage):
        if year is not None:
            adopted.add(year)
        elif weekday is None:
            closings.append(Closing(first, last, reason))
        else:
            hours.append(Hours(weekday, opens, closes, first, last, levels_up[unit]))
    without_notice = adopted - years
    assumed = [line for year in without_notice for line in provisional.days_of(year)]
    return WorkCalendar.of(
        years, [*days, *assumed], closings=closings, hours=hours, provisional=without_notice
    )


def _own_lines(pk: int, lineage: tuple[int, ...]) -> Iterable[tuple[Any, ...]]:
    """Closures, opening hours and adopted years that concern a unit, in one query.

    Only adoptions have a year, only opening hours a weekday.
    """
    # Cast: where two parts both say a bare NULL, PostgreSQL takes the column for text.
    no_number = Cast(Value(None), SmallIntegerField())
    no_time, no_day = Cast(Value(None), TimeField()), Cast(Value(None), DateField())
    closures = Closure.objects.filter(
        Q(unit=pk) | Q(unit__in=lineage, with_units_below=True), withdrawn_at=None
    ).values_list("unit_id", "first", "last", "reason", no_number, no_time, no_time, no_number)
    hours = OpeningHours.objects.filter(unit__in=(pk, *lineage)).values_list(
        "unit_id", "valid_from", "valid_to", Value(""), "weekday", "opens", "closes", no_number
    )
    adoptions = CalendarAdoption.objects.filter(unit__in=(pk, *lineage), ended_at=None).values_list(
        "unit_id", no_day, no_day, Value(""), no_number, no_time, no_time, "year"
    )
    return closures.order_by().union(hours.order_by(), adoptions.order_by(), all=True)
