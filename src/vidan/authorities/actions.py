"""Everything that changes a unit's calendar, and loading the reference files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from vidan.authorities import reference
from vidan.authorities.models import (
    CalendarAdoption,
    CalendarDay,
    CalendarYear,
    Closure,
    FormerName,
    OpeningHours,
    ReferenceLoad,
    Unit,
    UnitAlias,
    UnitEvent,
    UnitSuccession,
)
from vidan.authorities.reference import Key, UnitRow
from vidan.authorities.rules.calendar import SATURDAY, WEEKDAYS, Periods
from vidan.authorities.rules.explained import N_, Explained
from vidan.kernel import ledger
from vidan.kernel.clock import ZONE
from vidan.kernel.ledger import By

BATCH = 2000
YEARS_AHEAD = 2
"""How far ahead a provisional calendar may be adopted."""


class CalendarRefused(Explained):
    """A closure, opening hours or year that cannot be; ``explanation`` says what to change."""


@transaction.atomic
def close_on(
    unit: Unit,
    first: date,
    last: date | None = None,
    *,
    reason: str,
    by: By,
    at: datetime,
    with_units_below: bool = False,
) -> Closure:
    """Close a unit from ``first`` to ``last`` (both included; one day when left out).

    Days closed are no working days in this unit's calendar. Raises ``CalendarRefused`` without a
    reason, or when the days run backwards.
    """
    reason, last = " ".join(reason.split()), last or first
    if not reason:
        raise CalendarRefused(N_("Xin ghi lý do nghỉ: người dân sẽ đọc thấy lý do này."))
    if last < first:
        raise CalendarRefused(N_("Ngày kết thúc nghỉ đứng trước ngày bắt đầu. Xin sửa lại."))
    closure = Closure.objects.create(
        unit=unit, first=first, last=last, reason=reason, with_units_below=with_units_below
    )
    days = {"first": first.isoformat(), "last": last.isoformat(), "below": with_units_below}
    _record(unit, "closed", by=by, at=at, about=f"closure:{closure.pk}", payload=days)
    return closure


@transaction.atomic
def reopen(closure_id: int, *, by: By, at: datetime) -> Closure:
    """Withdraw a closure; its row stays, so that dates computed with it can still be explained."""
    closure = (
        Closure.objects.select_for_update(of=("self",)).select_related("unit").get(pk=closure_id)
    )
    if closure.withdrawn_at is not None:
        raise CalendarRefused(N_("Lịch nghỉ này đã được rút lại trước đó."))
    closure.withdrawn_at = at
    closure.save(update_fields=["withdrawn_at"])
    _record(closure.unit, "reopened", by=by, at=at, about=f"closure:{closure.pk}", payload={})
    return closure


@transaction.atomic
def set_hours(
    unit: Unit, hours: Mapping[int, Periods], *, since: date, by: By, at: datetime
) -> None:
    """Set a unit's opening hours from ``since`` on; what held before ends the day before.

    ``hours``: weekday (0 = Monday to 4 = Friday) to opening periods in order. A weekday left out
    keeps the default hours. Hours that were to begin later than ``since`` are replaced, too.
    Raises ``CalendarRefused``.
    """
    for weekday, periods in hours.items():
        _check_hours(weekday, periods)
    mine = OpeningHours.objects.select_for_update().filter(unit=unit)
    mine.filter(valid_from__gte=since).delete()
    running = Q(valid_to=None) | Q(valid_to__gte=since)
    mine.filter(running).update(valid_to=since - timedelta(days=1))
    OpeningHours.objects.bulk_create(
        OpeningHours(unit=unit, weekday=weekday, opens=opens, closes=closes, valid_from=since)
        for weekday, periods in hours.items()
        for opens, closes in periods
    )
    told = {
        str(weekday): [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in periods]
        for weekday, periods in hours.items()
    }
    payload = {"since": since.isoformat(), "hours": told}
    _record(unit, "hours_set", by=by, at=at, about="", payload=payload)


def _check_hours(weekday: int, periods: Sequence[tuple[time, time]]) -> None:
    if not 0 <= weekday < SATURDAY:
        raise CalendarRefused(
            N_(
                "Giờ làm việc đặt cho thứ Hai đến thứ Sáu."
                " Mở cửa thứ Bảy thì đặt ở phần ngày phục vụ."
            )
        )
    day = WEEKDAYS[weekday]
    if not periods:
        raise CalendarRefused(
            N_("Xin ghi ít nhất một khoảng giờ cho %(day)s; nếu nghỉ thì đặt lịch nghỉ."), day=day
        )
    before: time | None = None
    for opens, closes in periods:
        if closes <= opens or (before is not None and opens < before):
            raise CalendarRefused(
                N_("Giờ %(opens)s–%(closes)s của %(day)s chồng lên nhau hoặc ngược. Xin sửa lại."),
                opens=f"{opens:%H:%M}",
                closes=f"{closes:%H:%M}",
                day=day,
            )
        before = closes


@transaction.atomic
def adopt_provisional_year(unit: Unit, year: int, *, by: By, at: datetime) -> CalendarAdoption:
    """Let a unit and those below it work by a year's provisional calendar until its notice comes.

    Dates computed with it say that they may change. Raises ``CalendarRefused`` for a year that has
    a notice, is over, lies more than ``YEARS_AHEAD`` ahead, or that the unit has adopted already.
    """
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    _check_adoptable(unit, year, this_year=at.astimezone(ZONE).year)
    adoption = CalendarAdoption.objects.create(
        unit=unit, year=year, adopted_at=at, adopted_by=by.actor
    )
    about = f"calendar_adoption:{adoption.pk}"
    _record(unit, "provisional_year_adopted", by=by, at=at, about=about, payload={"year": year})
    return adoption


@transaction.atomic
def end_provisional_year(unit: Unit, year: int, *, by: By, at: datetime) -> CalendarAdoption:
    """Take an adoption back: the year is a gap again, dates already given stay as they are.

    Raises ``CalendarRefused`` where the unit itself has not adopted it.
    """
    running = CalendarAdoption.objects.select_for_update(of=("self",)).filter(
        unit=unit, year=year, ended_at=None
    )
    adoption = running.first()
    if adoption is None:
        raise CalendarRefused(N_("Đơn vị không dùng lịch tạm tính năm %(year)s."), year=year)
    adoption.ended_at = at
    adoption.save(update_fields=["ended_at"])
    about = f"calendar_adoption:{adoption.pk}"
    _record(unit, "provisional_year_ended", by=by, at=at, about=about, payload={"year": year})
    return adoption


def _check_adoptable(unit: Unit, year: int, *, this_year: int) -> None:
    published = CalendarYear.objects.filter(year=year).first()
    if published is not None:
        raise CalendarRefused(
            N_("Năm %(year)s đã có thông báo nghỉ lễ số %(notices)s: dùng lịch chính thức."),
            year=year,
            notices=", ".join(published.notices),
        )
    if year < this_year:
        raise CalendarRefused(N_("Năm %(year)s đã qua, không dùng lịch tạm tính nữa."), year=year)
    if year > this_year + YEARS_AHEAD:
        raise CalendarRefused(
            N_("Chỉ dùng lịch tạm tính đến năm %(last)s. Xin chọn năm gần hơn."),
            last=this_year + YEARS_AHEAD,
        )
    if CalendarAdoption.objects.filter(unit=unit, year=year, ended_at=None).exists():
        raise CalendarRefused(N_("Đơn vị đã dùng lịch tạm tính năm %(year)s rồi."), year=year)


def _record(
    unit: Unit, kind: str, *, by: By, at: datetime, about: str, payload: Mapping[str, object]
) -> None:
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    ledger.append(
        UnitEvent,
        kind,
        stream=f"unit:{unit.pk}",
        at=at,
        by=by,
        about=about,
        payload=payload,
        subject=unit,
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did. ``skipped``: the tables already held this edition of the files."""

    skipped: bool = False
    created: int = 0
    changed: int = 0


@transaction.atomic
def load_units(*, provinces: Collection[str] | None = None, force: bool = False) -> Loaded:
    """Bring units, names, codes and successors up to the data files; running it again is harmless.

    ``provinces`` (statistical codes) limits it to those provinces and all that went into them.
    A code that an administrator has set stays: files replace assumed codes only by known ones.
    Nothing is deleted. Skips at once when the tables hold this very edition, unless ``force``.
    """
    name = "units" if provinces is None else "units " + " ".join(sorted(provinces))
    return _once(name, reference.UNIT_FILES, force, lambda: _load_units(provinces))


@transaction.atomic
def load_calendar(*, force: bool = False) -> Loaded:
    """Bring the published calendars up to the data file; a year there replaces the year here."""
    return _once("calendar", reference.CALENDAR_FILES, force, _load_calendar)


def _once(
    name: str, file_names: Collection[str], force: bool, load: Callable[[], Loaded]
) -> Loaded:
    edition = reference.digest(file_names)
    if not force and ReferenceLoad.objects.filter(name=name, digest=edition).exists():
        return Loaded(skipped=True)
    loaded = load()
    ReferenceLoad.objects.update_or_create(name=name, defaults={"digest": edition})
    return loaded


def _load_calendar() -> Loaded:
    created = changed = 0
    for told in reference.years():
        _, new = CalendarYear.objects.update_or_create(
            year=told.year, defaults={"notices": list(told.notices)}
        )
        CalendarDay.objects.filter(year=told.year).delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(
                year_id=told.year,
                day=line.day,
                kind=line.kind.value,
                name=line.name,
                partner=line.partner,
            )
            for line in told.days
        )
        created, changed = created + new, changed + (not new)
    return Loaded(created=created, changed=changed)


def _load_units(provinces: Collection[str] | None) -> Loaded:
    here = {_identity(unit): unit for unit in Unit.objects.all()}
    known: dict[Key, Unit] = {}
    created = changed = 0
    for level in _levels(reference.units(provinces)):
        fresh: list[Unit] = []
        stale: list[Unit] = []
        for row in level:
            unit = known[row.key] = here.get((row.key.code, row.valid_from)) or Unit()
            if _fill(unit, row, known):
                (stale if unit.pk else fresh).append(unit)
        Unit.objects.bulk_create(fresh, batch_size=BATCH)
        Unit.objects.bulk_update(stale, _FILLED, batch_size=BATCH)
        created, changed = created + len(fresh), changed + len(stale)
    _load_around(provinces, known)
    return Loaded(created=created, changed=changed)


_FILLED = (
    *("kind", "name", "full_name", "search_key", "parent", "lineage"),
    *("valid_from", "valid_to", "gso_code", "code", "code_assumed"),
)


def _identity(unit: Unit) -> tuple[str | None, date | None]:
    """What a unit of the files is found by again; one code never begins twice on one day."""
    return unit.gso_code or unit.code, unit.valid_from


def _levels(rows: Sequence[UnitRow]) -> Iterator[list[UnitRow]]:
    """Parents before children: a child needs its parent's number."""
    done: set[Key] = set()
    waiting = list(rows)
    while waiting:
        level = [row for row in waiting if row.parent is None or row.parent in done]
        if not level:
            raise ValueError(f"a parent is missing in the files: {waiting[0].key}")
        yield level
        done |= {row.key for row in level}
        waiting = [row for row in waiting if row.key not in done]


def _fill(unit: Unit, row: UnitRow, known: Mapping[Key, Unit]) -> bool:
    """Write a file's row into a unit; whether anything changed."""
    before = _filled(unit)
    unit.kind, unit.name, unit.full_name = row.kind, row.name, row.full_name
    unit.parent = known[row.parent] if row.parent else None
    unit.valid_from, unit.gso_code = row.valid_from, row.gso_code
    unit.valid_to = row.valid_to or unit.valid_to  # the files may not know yet that it ended
    if row.code and (unit.code is None or (unit.code_assumed and not row.code_assumed)):
        unit.code, unit.code_assumed = row.code, row.code_assumed
    unit.derive()
    return unit.pk is None or before != _filled(unit)


def _filled(unit: Unit) -> list[object]:
    return [getattr(unit, "parent_id" if name == "parent" else name) for name in _FILLED]


def _load_around(provinces: Collection[str] | None, known: Mapping[Key, Unit]) -> None:
    """Successors, old codes, former names."""
    UnitSuccession.objects.bulk_create(
        (
            UnitSuccession(
                predecessor=known[row.predecessor],
                successor=known[row.successor],
                coverage="whole" if row.whole else "part",
                is_main=row.is_main,
                derived=row.derived,
                on=reference.TWO_TIERS_SINCE,
            )
            for row in reference.successions(provinces)
        ),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("predecessor", "successor"),
        update_fields=("coverage", "is_main", "derived", "on"),
    )
    UnitAlias.objects.bulk_create(
        (
            UnitAlias(unit=known[row.unit], code=row.code, assumed=row.assumed, note=row.note)
            for row in reference.aliases(provinces)
        ),
        ignore_conflicts=True,
    )
    FormerName.objects.bulk_create(
        (
            FormerName(unit=known[row.unit], full_name=row.full_name, valid_to=row.valid_to)
            for row in reference.former_names(provinces)
        ),
        ignore_conflicts=True,
    )
