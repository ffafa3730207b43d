"""Units with dates and successors, and the working calendar: tables and their constraints."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField
from django.contrib.postgres.fields import RangeOperators as Op
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from vidan.authorities.rules import unit_codes
from vidan.authorities.rules.calendar import SATURDAY, DayKind
from vidan.authorities.rules.lunar import FIRST_YEAR, LAST_YEAR
from vidan.kernel.ledger import Event
from vidan.kernel.search import fold


def _in_force() -> Func:
    """Both days included; a missing day is open on that side."""
    return Func(
        F("valid_from"),
        F("valid_to"),
        Value("[]"),
        function="DATERANGE",
        output_field=DateRangeField(),
    )


def _ordered(prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{prefix}_dates_ordered",
        condition=Q(valid_from__isnull=True)
        | Q(valid_to__isnull=True)
        | Q(valid_to__gte=F("valid_from")),
    )


class Kind(models.TextChoices):
    """What a unit is. Districts ended on 1 July 2025; special zones began then."""

    PROVINCE = "province", _("tỉnh, thành phố")
    DEPARTMENT = "department", _("sở, ban, ngành")
    DISTRICT = "district", _("quận, huyện, thị xã")
    COMMUNE = "commune", _("xã")
    WARD = "ward", _("phường")
    TOWNSHIP = "township", _("thị trấn")
    SPECIAL_ZONE = "special_zone", _("đặc khu")


class Unit(models.Model):
    """One body of government from its first day to its last, under one parent.

    A change of name or kind leaves the unit what it is (``FormerName``); a merger, a split, or a
    new parent ends it and starts another (``UnitSuccession``). So "xã Ea Phê" of Krông Pắc
    district ended on 30 June 2025 and "xã Ea Phê" of Đắk Lắk province began the day after, with
    the same statistical code.

    ``code`` is the organisation code that stands inside dossier codes. It may be empty: for most
    communes no publication was found, and a number that looks official would be worse than none.
    A unit without a code cannot issue dossier codes. Where one is needed before it is known,
    ``code_assumed`` says that it is ours, and screens and the administrator's list say so too.
    Codes and statistical codes may be used again by a later unit, never by two at the same time.
    """

    code = models.CharField(_("mã cơ quan"), max_length=unit_codes.MAX_LENGTH, null=True)  # noqa: DJ001 - none is not an empty code
    code_assumed = models.BooleanField(_("mã tạm đặt"), default=False)
    gso_code = models.CharField(_("mã thống kê"), max_length=5, null=True)  # noqa: DJ001
    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    name = models.CharField(_("tên"), max_length=120)
    full_name = models.CharField(_("tên đầy đủ"), max_length=150)
    search_key = models.CharField(max_length=150, editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name=_("trực thuộc")
    )
    # The units above, highest first: whether one unit covers another is answered without a query.
    lineage = ArrayField(models.BigIntegerField(), default=list, editable=False)
    valid_from = models.DateField(_("từ ngày"), null=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True)

    class Meta:
        ordering = ("gso_code", "code", "valid_from")
        indexes = (
            GinIndex(fields=("lineage",), name="unit_lineage"),
            models.Index(fields=("search_key",), name="unit_search_key"),
        )
        constraints = (
            _ordered("unit"),
            models.CheckConstraint(
                name="unit_not_its_own_parent", condition=Q(parent=None) | ~Q(parent=F("pk"))
            ),
            models.CheckConstraint(
                name="unit_code_well_formed",
                condition=Q(code=None) | Q(code__regex=unit_codes.PATTERN),
            ),
            models.CheckConstraint(
                name="unit_only_a_code_is_assumed",
                condition=Q(code_assumed=False) | Q(code__isnull=False),
            ),
            models.CheckConstraint(name="unit_kind_known", condition=Q(kind__in=Kind.values)),
            ExclusionConstraint(
                name="unit_code_once_at_a_time",
                expressions=((F("code"), Op.EQUAL), (_in_force(), Op.OVERLAPS)),
            ),
            ExclusionConstraint(
                name="unit_gso_code_once_at_a_time",
                expressions=((F("gso_code"), Op.EQUAL), (_in_force(), Op.OVERLAPS)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.full_name} ({self.code or self.gso_code})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill what follows from other columns; bulk writers call it themselves."""
        self.search_key = fold(self.full_name)
        self.lineage = [*self.parent.lineage, self.parent.pk] if self.parent else []


class UnitAlias(models.Model):
    """Another code that still stands on old paper, such as ``000.00.01.H15``."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="aliases")
    code = models.CharField(max_length=unit_codes.MAX_LENGTH, unique=True)
    assumed = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.code} = {self.unit_id}"


class FormerName(models.Model):
    """What a unit was called up to and including a day, without having ended then."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="former_names")
    full_name = models.CharField(max_length=150)
    valid_to = models.DateField()

    class Meta:
        ordering = ("unit", "valid_to")
        constraints = (
            models.UniqueConstraint(fields=("unit", "valid_to"), name="former_name_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.full_name} (–{self.valid_to})"


class UnitSuccession(models.Model):
    """Who takes over from a unit that ended, from the day ``on``.

    ``is_main`` marks the one successor that continues the unit: its open dossiers go there.
    ``derived``: worked out by us from the communes, not printed in a resolution.
    """

    class Coverage(models.TextChoices):
        WHOLE = "whole", _("toàn bộ")
        PART = "part", _("một phần")

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="heirs")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="origins")
    coverage = models.CharField(max_length=5, choices=Coverage)
    is_main = models.BooleanField(default=False)
    derived = models.BooleanField(default=False)
    on = models.DateField()

    class Meta:
        ordering = ("predecessor", "-is_main", "successor")
        constraints = (
            models.CheckConstraint(
                name="succession_not_of_itself", condition=~Q(predecessor=F("successor"))
            ),
            models.CheckConstraint(
                name="succession_coverage_known", condition=Q(coverage__in=("whole", "part"))
            ),
            models.UniqueConstraint(
                fields=("predecessor", "successor"), name="succession_named_once"
            ),
            models.UniqueConstraint(
                fields=("predecessor",),
                condition=Q(is_main=True),
                name="succession_one_main_heir",
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.on})"


class CalendarYear(models.Model):
    """A year for which the holidays are published, with the notices' numbers."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    notices = ArrayField(models.CharField(max_length=60))

    class Meta:
        ordering = ("year",)
        constraints = (
            models.CheckConstraint(
                name="calendar_year_has_a_notice", condition=Q(notices__len__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}: {', '.join(self.notices)}"


class CalendarDay(models.Model):
    """One day that a notice names."""

    class DayKindChoice(models.TextChoices):
        HOLIDAY = DayKind.HOLIDAY.value, _("nghỉ lễ, tết")
        MAKE_UP = DayKind.MAKE_UP.value, _("nghỉ bù")
        SWAPPED_OFF = DayKind.SWAPPED_OFF.value, _("nghỉ hoán đổi")
        SWAPPED_IN = DayKind.SWAPPED_IN.value, _("làm bù")

    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days")
    day = models.DateField(unique=True)
    kind = models.CharField(max_length=11, choices=DayKindChoice)
    name = models.CharField(max_length=80, blank=True)
    partner = models.DateField(null=True)

    class Meta:
        ordering = ("day",)
        constraints = (
            models.CheckConstraint(
                name="calendar_day_in_its_year", condition=Q(day__year=F("year"))
            ),
            models.CheckConstraint(
                name="calendar_day_named_or_swapped",
                condition=Q(kind__in=("holiday", "make_up"), partner=None) & ~Q(name="")
                | Q(kind__in=("swapped_off", "swapped_in"), partner__isnull=False, name=""),
            ),
            models.CheckConstraint(
                name="calendar_day_swapped_in_is_weekend",
                condition=~Q(kind="swapped_in") | Q(day__iso_week_day__gt=SATURDAY),
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class CalendarAdoption(models.Model):
    """A unit works by the provisional calendar of a year until the year's notice is loaded.

    It holds for the units below, too. The notice wins by itself, whenever it comes: the row stays
    and says from when on dates were computed provisionally.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="calendar_adoptions")
    year = models.PositiveSmallIntegerField()
    adopted_at = models.DateTimeField()
    adopted_by = models.UUIDField(null=True)
    """The key of the account that decided it; none for the system."""
    # Ended, not deleted, like a closure that is withdrawn.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("unit", "year", "adopted_at")
        constraints = (
            models.CheckConstraint(
                name="calendar_adoption_year_computable",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
            ),
            models.CheckConstraint(
                name="calendar_adoption_ended_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("adopted_at")),
            ),
            models.UniqueConstraint(
                fields=("unit", "year"),
                condition=Q(ended_at=None),
                name="calendar_adoption_one_running",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"


class OpeningHours(models.Model):
    """One opening period of a unit on one weekday (0 = Monday to 4 = Friday), with dates.

    They hold for the units below it too, unless these have set their own. Saturdays are not here:
    a swapped-in one keeps the hours of the day it stands for, a voluntary one is a service day.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ("unit", "valid_from", "weekday", "opens")
        constraints = (
            _ordered("opening_hours"),
            models.CheckConstraint(
                name="opening_hours_forward", condition=Q(closes__gt=F("opens"))
            ),
            models.CheckConstraint(
                name="opening_hours_on_workdays", condition=Q(weekday__lt=SATURDAY)
            ),
            ExclusionConstraint(
                name="opening_hours_no_overlap",
                expressions=(
                    (F("unit"), Op.EQUAL),
                    (F("weekday"), Op.EQUAL),
                    (_in_force(), Op.OVERLAPS),
                    (
                        Func(
                            F("opens"),
                            F("closes"),
                            template=(
                                "tsrange(date '2000-01-01' + opens, date '2000-01-01' + closes)"
                            ),
                            output_field=DateTimeRangeField(),
                        ),
                        Op.OVERLAPS,
                    ),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.weekday} {self.opens}-{self.closes}"


class Closure(models.Model):
    """A unit is closed on days when others work (a storm, a move), both days included."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="closures")
    first = models.DateField(_("từ ngày"))
    last = models.DateField(_("đến hết ngày"))
    reason = models.CharField(_("lý do"), max_length=200)
    with_units_below = models.BooleanField(_("cả các đơn vị trực thuộc"), default=False)
    # Withdrawn, not deleted: dates computed while it stood can still be explained.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("unit", "first")
        constraints = (
            models.CheckConstraint(name="closure_dates_ordered", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="closure_has_a_reason", condition=~Q(reason="")),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.first}–{self.last}: {self.reason}"


class CalendarVersion(models.Model):
    """One row that changes whenever anything a calendar is made of changes (by triggers)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.UUIDField(default=uuid4)

    class Meta:
        constraints = (
            models.CheckConstraint(name="calendar_version_is_one_row", condition=Q(id=1)),
        )

    def __str__(self) -> str:
        return str(self.version)


class ReferenceLoad(models.Model):
    """Which edition of a data file the tables hold: its SHA-256."""

    name = models.CharField(max_length=40, primary_key=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:12]}"


class UnitEvent(Event):
    """What was decided about a unit's calendar, by whom: append-only."""

    subject = models.ForeignKey(Unit, models.PROTECT, related_name="events")


def _renews_calendars() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="renew_calendars",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
        func=(
            "INSERT INTO authorities_calendarversion (id, version) VALUES (1, gen_random_uuid())"
            " ON CONFLICT (id) DO UPDATE SET version = excluded.version; RETURN NULL;"
        ),
    )


for _table in (CalendarYear, CalendarDay, CalendarAdoption, OpeningHours, Closure):
    pgtrigger.register(_renews_calendars())(_table)
