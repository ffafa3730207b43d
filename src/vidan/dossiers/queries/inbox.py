"""An officer's work: what is mine now, grouped by the day it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from vidan.dossiers.access import visible
from vidan.dossiers.models import Dossier
from vidan.dossiers.rules.lifecycle import Action, Step
from vidan.kernel.clock import ZONE
from vidan.people.access import Capacity
from vidan.people.rules.roles import Role

PAGE = 50
_LAST_PK = 2**63 - 1


class Box(StrEnum):
    """The lists of the rail; the value is the address."""

    ALL = "tat-ca"
    LATE = "qua-han"
    TODAY = "han-hom-nay"
    RETURNED = "bi-tra-lai"
    SIGNING = "cho-ky"
    UNPAID = "cho-thu-tien"
    READY = "cho-tra"
    UNCLAIMED = "chua-co-nguoi-nhan"
    RECEIVED_TODAY = "nhan-hom-nay"


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier in a list; times in the office's zone."""

    code: str
    unit_code: str
    name: str
    procedure: str
    step: Step
    due_at: datetime
    version: int
    late: bool
    today: bool
    returned_with_reason: bool
    unpaid: bool

    @property
    def short_code(self) -> str:
        """The code without the own unit's prefix, as dense lists show it."""
        return self.code.removeprefix(f"{self.unit_code}-")


@dataclass(frozen=True, slots=True)
class DayGroup:
    """Rows due on one day; ``day`` is ``None`` for those already late."""

    day: date | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """A list with its neighbours' counts, and where the next page starts."""

    box: Box
    groups: tuple[DayGroup, ...]
    counts: dict[Box, int]
    next_after: str | None

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)


def _roles_at(posts: Sequence[Capacity], role: Role) -> list[int]:
    return [post.unit.pk for post in posts if post.role is role]


def _mine(posts: Sequence[Capacity]) -> Q:
    """What waits for a hand of mine, whatever posts I hold."""
    me = posts[0].user if posts else None
    working = Q(holder=me, step__in=[Step.CHECKING, Step.ISSUING])
    return (
        (working & Q(unit__in=_roles_at(posts, Role.SPECIALIST)))
        | Q(unit__in=_roles_at(posts, Role.SPECIALIST), step=Step.QUEUED)
        | Q(unit__in=_roles_at(posts, Role.LEADER), step=Step.SIGNING)
        | Q(unit__in=_roles_at(posts, Role.RETURNER), step=Step.READY)
    )


def _boxes(posts: Sequence[Capacity], now: datetime) -> dict[Box, Q]:
    local = now.astimezone(ZONE)
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), ZONE)
    morning = midnight - timedelta(days=1)
    me = posts[0].user if posts else None
    mine, unfinished = _mine(posts), Q(finished_at__isnull=True)
    return {
        Box.ALL: mine,
        Box.LATE: mine & unfinished & Q(due_at__lt=now),
        Box.TODAY: mine & unfinished & Q(due_at__gte=now, due_at__lt=midnight),
        Box.RETURNED: mine & Q(last_move=Action.RETURN_TO_STEP.value),
        Box.SIGNING: Q(step=Step.SIGNING) & Q(holder=me),
        Box.UNPAID: Q(fee_paid__lt=F("fee_due"), unit__in=_roles_at(posts, Role.CASHIER))
        & ~Q(step=Step.RETURNED),
        Box.READY: Q(step=Step.READY),
        Box.UNCLAIMED: Q(step=Step.QUEUED),
        Box.RECEIVED_TODAY: Q(typed_by=me, received_at__gte=morning),
    }


def inbox(
    posts: Sequence[Capacity], box: Box, *, now: datetime, after: str = "", page: int = PAGE
) -> Inbox:
    """One list, nearest due first, ``page`` rows from the key ``after``. Two queries."""
    boxes, seen = _boxes(posts, now), visible(posts)
    counts = seen.aggregate(
        **{name.name: Count("pk", filter=where) for name, where in boxes.items()}
    )
    found = _page(seen.filter(boxes[box]), after)[: page + 1]
    rows = list(found)
    more = rows[page - 1] if len(rows) > page else None
    return Inbox(
        box=box,
        groups=_grouped([_row(d, now) for d in rows[:page]], now),
        counts={name: counts[name.name] for name in boxes},
        next_after=_key(more) if more else None,
    )


def _page(dossiers: QuerySet[Dossier], after: str) -> QuerySet[Dossier]:
    ordered = (
        dossiers.annotate(
            list_name=KeyTextTransform("list_name", "procedure_version__spec"),
            unit_code=F("unit__code"),
        )
        .select_related("applicant_person", "applicant_organisation")
        .defer("applicant_person__citizen_id", "applicant_person__phone", "secret")
        .order_by("due_at", "pk")
    )
    moment, _, pk = after.rpartition("_")
    try:
        due, number = datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return ordered
    if due.tzinfo is None or number > _LAST_PK:
        return ordered
    return ordered.filter(Q(due_at__gt=due) | Q(due_at=due, pk__gt=number))


def _key(dossier: Dossier) -> str:
    # In UTC with "Z": a "+" in an address would be read as a space.
    return f"{dossier.due_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}_{dossier.pk}"


def _row(dossier: Dossier, now: datetime) -> Row:
    due = dossier.due_at.astimezone(ZONE)
    finished = dossier.finished_at is not None
    return Row(
        code=dossier.code,
        unit_code=dossier.unit_code,  # type: ignore[attr-defined]  # annotated above
        name=str(dossier.applicant_person or dossier.applicant_organisation),
        procedure=dossier.list_name,  # type: ignore[attr-defined]  # annotated above
        step=dossier.at_step,
        due_at=due,
        version=dossier.version,
        late=not finished and due < now,
        today=not finished and due >= now and due.date() == now.astimezone(ZONE).date(),
        returned_with_reason=dossier.last_move == Action.RETURN_TO_STEP.value,
        unpaid=dossier.fee_paid < dossier.fee_due,
    )


def _grouped(rows: Sequence[Row], now: datetime) -> tuple[DayGroup, ...]:
    groups: dict[date | None, list[Row]] = {}
    for row in rows:
        groups.setdefault(None if row.late else row.due_at.date(), []).append(row)
    return tuple(DayGroup(day, tuple(inside)) for day, inside in groups.items())


@dataclass(frozen=True, slots=True)
class KeptPromise:
    """Of the dossiers due in a month, how many were finished in time; both numbers, never one."""

    month: date
    in_time: int
    due: int


def kept_promise(posts: Sequence[Capacity], *, now: datetime) -> KeptPromise:
    """This month's figure for the officer's units, by the original due time."""
    return _kept(visible(posts), now)


def unit_kept_promise(unit_id: int, *, now: datetime) -> KeptPromise:
    """This month's figure of one unit, for its public page."""
    return _kept(Dossier.objects.filter(unit_id=unit_id), now)


def _kept(dossiers: QuerySet[Dossier], now: datetime) -> KeptPromise:
    local = now.astimezone(ZONE)
    first = local.date().replace(day=1)
    found = dossiers.filter(
        original_due_at__gte=datetime.combine(first, time(), ZONE), original_due_at__lt=now
    ).aggregate(
        due=Count("pk"), in_time=Count("pk", filter=Q(finished_at__lte=F("original_due_at")))
    )
    return KeptPromise(first, found["in_time"], found["due"])
