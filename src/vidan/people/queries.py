"""Reads shaped for the screens of staff administration and of one's own account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, QuerySet

from vidan.authorities.models import Unit
from vidan.authorities.rules.explained import N_
from vidan.kernel import crypto
from vidan.people import access
from vidan.people.access import CITIZEN_ID, Capacity
from vidan.people.models import (
    ApiToken,
    Delegation,
    Person,
    Post,
    ReadLog,
    SignIn,
    StaffEvent,
    User,
)
from vidan.people.rules import citizen_id, searching
from vidan.people.rules.refusals import NotAllowed, Unknown
from vidan.people.rules.roles import MAY_BE_DELEGATED, Role

MOST_LOOKS = 300
WHO_LOOKED = "who-looked"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One line of a unit's staff: the account and its posts at that unit."""

    user: User
    posts: tuple[Post, ...]
    has_second_factor: bool
    locked_out: bool


@dataclass(frozen=True, slots=True)
class Look:
    """One time somebody looked at somebody's record."""

    at: datetime
    reader: str
    role: str
    unit: str
    on_behalf_of: str
    door: str
    purpose: str
    about: str
    shown: str


@dataclass(frozen=True, slots=True)
class WhoLooked:
    """The answer to "who has looked?": about whom or which dossier, and every look in view."""

    asked: str
    looks: tuple[Look, ...]
    more: bool


def administered_units(user: User, at: datetime) -> list[Capacity]:
    """The posts as unit administrator, in whose units (and below) staff may be managed."""
    return [c for c in access.capacities(user, at) if c.role is Role.UNIT_ADMINISTRATOR]


def units_with_counter(at: datetime) -> list[Unit]:
    """The units where somebody receives people now, by name, with the units above; one query."""
    held = Post.objects.in_force(at).filter(role=Role.RECEPTIONIST.value).values("unit_id")
    found = Unit.objects.filter(pk__in=held).select_related("parent__parent")
    return list(found.order_by("search_key", "pk"))


def places_of(unit_id: int, role: Role, at: datetime) -> list[str]:
    """Where at the counter people of a role sit now ("quầy 4"), nobody named; one query."""
    rows = Post.objects.in_force(at).filter(unit=unit_id, role=role.value).exclude(place="")
    return sorted(set(rows.values_list("place", flat=True)))


def staff_of(unit: Unit, at: datetime) -> list[StaffMember]:
    """Everybody with a post at the unit now or later, by name; four queries."""
    posts = (
        Post.objects.filter(unit=unit)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at))
        .select_related("user", "unit")
        .order_by("user__name_key", "pk")
    )
    by_user: dict[int, list[Post]] = {}
    for post in posts:
        by_user.setdefault(post.user_id, []).append(post)
    users = [group[0].user for group in by_user.values()]
    with_factor = set(
        Authenticator.objects.filter(user__in=users).values_list("user_id", flat=True)
    )
    locked = locked_names([user.username for user in users])
    return [
        StaffMember(user, tuple(by_user[user.pk]), user.pk in with_factor, user.username in locked)
        for user in users
    ]


def locked_names(usernames: Sequence[str]) -> set[str]:
    """Those whom too many wrong passwords keep out somewhere at the moment."""
    # axes keeps real time, whatever the office's clock was set to.
    from django.utils import timezone

    since = timezone.now() - settings.AXES_COOLOFF_TIME  # noqa: TID251 - axes' own clock
    rows = AccessAttempt.objects.filter(
        username__in=usernames,
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=since,
    )
    return {name for name in rows.values_list("username", flat=True) if name}


def account_of(user_id: int) -> User:
    """The account. Raises ``Unknown``."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Unknown
    return user


def account_named(username: str) -> User | None:
    """The account with this user name, if there is one."""
    return User.objects.filter(username=username.strip().lower()).first()


def posts_of(user: User) -> QuerySet[Post]:
    """Every post the person ever held, the latest first."""
    rows: QuerySet[Post] = Post.objects.filter(user=user).select_related("unit")
    return rows.order_by("-valid_from", "-pk")


def history_of(user: User) -> list[StaffEvent]:
    """What the ledger says about the account, the latest first."""
    return list(StaffEvent.objects.filter(stream=f"staff/{user.key}").order_by("-seq")[:50])


def names_of(keys: Iterable[UUID]) -> dict[UUID | None, str]:
    """The names behind the keys that a ledger carries."""
    rows = User.objects.filter(key__in=list(keys)).values_list("key", "full_name")
    return {key: name for key, name in rows}  # noqa: C416 - the system's own events have no key


def own_delegable(user: User, at: datetime) -> list[Capacity]:
    """The posts that this person may lend to a colleague."""
    return [
        c
        for c in access.capacities(user, at)
        if c.role in MAY_BE_DELEGATED and c.on_behalf_of is None
    ]


def colleagues_of(unit: Unit, user: User, at: datetime) -> list[User]:
    """Active people with a post at the unit, without ``user``."""
    held = Post.objects.in_force(at).filter(unit=unit).values("user_id")
    rows = User.objects.filter(pk__in=held, is_active=True).exclude(pk=user.pk)
    return list(rows.order_by("name_key"))


def delegations_of(unit: Unit, at: datetime) -> list[Delegation]:
    """Delegations of the unit's posts: those in force or to come, and 90 days back."""
    return list(
        Delegation.objects.filter(post__unit=unit, valid_to__gt=at - timedelta(days=90))
        .select_related("post__user", "post__unit", "to")
        .order_by("-valid_from", "-pk")
    )


def second_factors(user: User) -> int:
    """How many second factors the account has, recovery codes not counted."""
    rows = Authenticator.objects.filter(user=user)
    return int(rows.exclude(type=Authenticator.Type.RECOVERY_CODES).count())


def sign_ins_of(user: User) -> list[SignIn]:
    """The latest ten sign-ins."""
    return list(SignIn.objects.filter(user=user).order_by("-at")[:10])


def tokens_of(user: User) -> list[ApiToken]:
    """Keys of programs that were not revoked, the latest first."""
    return list(ApiToken.objects.filter(user=user, revoked_at=None).order_by("-created_at"))


def may_ask_who_looked(user: User, at: datetime) -> list[Capacity]:
    """The posts by which this person may see who read what: leaders and inspectors."""
    return [c for c in access.capacities(user, at) if c.role in (Role.LEADER, Role.INSPECTOR)]


def who_looked(officer: User, text: str, *, at: datetime) -> WhoLooked:
    """Who has looked at a person (by identity number) or at a dossier's people (by its code).

    A leader sees the looks of the own unit; an inspector those of the unit and all below. Somebody
    we do not know and somebody nobody looked at get the same answer. Raises ``NotAllowed``.
    """
    posts = may_ask_who_looked(officer, at)
    if not posts:
        raise NotAllowed(
            N_("Chỉ lãnh đạo và thanh tra xem được ai đã xem thông tin người dân."),
            roles=(Role.LEADER, Role.INSPECTOR),
        )
    wanted = searching.read(text)
    if wanted.kind == "citizen-id":
        index = crypto.blind_index(wanted.number, CITIZEN_ID)
        people = list(Person.objects.filter(citizen_id_index=index))
        rows = ReadLog.objects.filter(person__in=people)
        access.note_reading(posts[0], people, at=at, door=WHO_LOOKED, purpose=WHO_LOOKED)
        asked = citizen_id.masked(wanted.number)
    else:
        asked = text.strip().upper()[:60]
        rows = ReadLog.objects.filter(about=asked) if asked else ReadLog.objects.none()
    found = list(
        rows.filter(_within(posts))
        .exclude(door=WHO_LOOKED, reader=officer)
        .select_related("reader", "unit", "on_behalf_of")
        .order_by("-at", "-pk")[: MOST_LOOKS + 1]
    )
    return WhoLooked(asked, tuple(_looks(found[:MOST_LOOKS])), more=len(found) > MOST_LOOKS)


def _within(posts: Sequence[Capacity]) -> Q:
    reach = Q()
    for post in posts:
        reach |= Q(unit=post.unit)
        if post.role is Role.INSPECTOR:
            reach |= Q(unit__lineage__contains=[post.unit.pk])
    return reach


def _looks(rows: Sequence[ReadLog]) -> list[Look]:
    shown = dict(
        Person.objects.filter(pk__in={row.person_id for row in rows if row.person_id}).values_list(
            "pk", "full_name"
        )
    )
    return [
        Look(
            at=row.at,
            reader=row.reader.full_name,
            role=row.role,
            unit=row.unit.full_name if row.unit else "",
            on_behalf_of=row.on_behalf_of.full_name if row.on_behalf_of else "",
            door=row.door,
            purpose=row.purpose,
            about=row.about,
            shown=shown.get(row.person_id or 0, ""),
        )
        for row in rows
    ]
