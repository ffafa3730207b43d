"""How units stand, in numbers only: for leaders, reform officers and those who watch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, F, Q

from vidan.authorities import queries as authorities
from vidan.authorities.models import Unit
from vidan.dossiers.models import Dossier
from vidan.dossiers.rules.lifecycle import OPEN_STEPS, Step
from vidan.kernel.clock import ZONE


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One unit's numbers. ``in_time`` of ``due``: finished by the original date, this month."""

    unit: Unit
    received: int
    open: int
    late: int
    ready: int
    due: int
    in_time: int


def month_start(now: datetime) -> date:
    """The first day of the current month at the office."""
    return now.astimezone(ZONE).date().replace(day=1)


def unit_figures(units: Sequence[Unit], *, now: datetime) -> list[UnitFigures]:
    """Figures of these units and of every unit under them that has dossiers. No names anywhere."""
    keys = {unit.pk for unit in units}
    for unit in units:
        keys.update(authorities.descendants(unit).values_list("pk", flat=True))
    first = datetime.combine(month_start(now), time(), ZONE)
    open_steps = [step.value for step in OPEN_STEPS]
    due = Q(original_due_at__gte=first, original_due_at__lt=now)
    rows = (
        Dossier.objects.filter(unit__in=keys)
        .values("unit_id")
        .annotate(
            received=Count("pk", filter=Q(received_at__gte=first)),
            open=Count("pk", filter=Q(step__in=open_steps)),
            late=Count("pk", filter=Q(step__in=open_steps, due_at__lt=now)),
            ready=Count("pk", filter=Q(step=Step.READY.value)),
            due=Count("pk", filter=due),
            in_time=Count("pk", filter=due & Q(finished_at__lte=F("original_due_at"))),
        )
    )
    found = {row["unit_id"]: row for row in rows}
    named = Unit.objects.filter(pk__in=found).order_by("name")
    return [
        UnitFigures(
            unit=unit,
            received=found[unit.pk]["received"],
            open=found[unit.pk]["open"],
            late=found[unit.pk]["late"],
            ready=found[unit.pk]["ready"],
            due=found[unit.pk]["due"],
            in_time=found[unit.pk]["in_time"],
        )
        for unit in named
    ]
