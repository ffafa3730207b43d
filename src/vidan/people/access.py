"""The one door to people: who may act in what capacity, and who may read whose record.

Everything that shows a person's data comes through here and leaves a line in the read log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext

from vidan.authorities.models import Unit as Unit  # for screens, like User below
from vidan.authorities.rules.explained import N_
from vidan.kernel import crypto
from vidan.kernel.ledger import By
from vidan.kernel.search import fold
from vidan.people.models import (
    ApiToken,
    Delegation,
    Organisation,
    OrganisationAtUnit,
    Person,
    PersonAtUnit,
    Post,
    ReadLog,
)
from vidan.people.models import User as User  # screens take the type of who signs in from here
from vidan.people.rules import citizen_id, phones, searching
from vidan.people.rules.refusals import NotAllowed, Unknown
from vidan.people.rules.roles import NAMES, OFFICERS, Role

CITIZEN_ID = "citizen-id"
PHONE = "phone"

MOST_HITS = 20
# Somebody found by number may be opened by the finder for the rest of a working day.
FOUND_LASTS = timedelta(hours=10)
BY_NUMBER = "search-number"
BY_NAME = "search-name"
OPENED = "record"


@dataclass(frozen=True, slots=True)
class Capacity:
    """In what role, at which unit and for whom somebody acts: an own post or a delegated one."""

    user: User
    role: Role
    unit: Unit
    place: str = ""
    on_behalf_of: User | None = None
    post_id: int = 0

    @property
    def role_name(self) -> str:
        """What the role is called, in the language of the page."""
        return gettext(NAMES[self.role])

    def by(self) -> By:
        """How a ledger names somebody acting in this capacity."""
        return By(
            actor=self.user.key,
            role=self.role.value,
            unit=self.unit.code or "",
            on_behalf=self.on_behalf_of.key if self.on_behalf_of else None,
        )


@dataclass(frozen=True, slots=True)
class PersonHit:
    """One line of a search: enough to tell two people apart, not enough to copy an identity."""

    id: int
    full_name: str
    birth: str
    sex: str
    citizen_id: str
    phone: str
    address: str
    known_here: bool
    times: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class OrganisationHit:
    """One line of a search for organisations."""

    id: int
    name: str
    kind: str
    tax_code: str
    address: str
    known_here: bool
    times: int
    last_at: datetime | None


def capacities(user: User, at: datetime) -> list[Capacity]:
    """Own posts in force at ``at``, then delegated ones; two queries. Inactive or unsaved: none."""
    if not user.is_active or user.pk is None:
        return []
    posts = Post.objects.in_force(at).filter(user=user).select_related("unit").order_by("pk")
    own = [
        Capacity(user, Role(post.role), post.unit, post.place, post_id=post.pk) for post in posts
    ]
    given = (
        Delegation.objects.in_force(at)
        .filter(to=user, post__in=Post.objects.in_force(at), post__user__is_active=True)
        .select_related("post__unit", "post__user")
        .order_by("pk")
    )
    lent = [
        Capacity(
            user,
            Role(delegation.post.role),
            delegation.post.unit,
            on_behalf_of=delegation.post.user,
            post_id=delegation.post_id,
        )
        for delegation in given
    ]
    return own + lent


def capacity_in(
    user: User, roles: Iterable[Role], at: datetime, *, unit: Unit | None = None
) -> Capacity:
    """The capacity by which this person may act, own posts first. Raises ``NotAllowed``."""
    wanted = frozenset(roles)
    for capacity in capacities(user, at):
        if capacity.role in wanted and (unit is None or capacity.unit.pk == unit.pk):
            return capacity
    raise NotAllowed(
        N_("Việc này cần vai trò khác. Quản trị đơn vị phân công tại mục Nhân sự."),
        roles=tuple(sorted(wanted)),
    )


def user_for_token(secret: str, at: datetime) -> User | None:
    """Whose program is calling; ``None`` for an unknown, ended or revoked key."""
    digest = sha256(secret.encode()).digest()
    token = ApiToken.objects.select_related("user").filter(digest=digest).first()
    if token is None or token.revoked_at is not None or token.expires_at <= at:
        return None
    if not token.user.is_active or token.user.must_change_password:
        return None
    if token.last_used_at is None or at - token.last_used_at > timedelta(minutes=10):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    return token.user


def search_persons(officer: User, text: str, *, at: datetime) -> list[PersonHit]:
    """Find somebody by identity number, phone, or name with an optional birth year at the end.

    A full identity number is looked up in the whole province; a phone number or a name only among
    the people whom the officer's own units have served. At most 20 lines; every person shown, and
    every search that found nobody, goes into the read log. Raises ``NotAllowed``.
    """
    doors = _serving(officer, at)
    units = _units(doors)
    wanted = searching.read(text)
    rows, door = _matching(wanted, units)
    here = PersonAtUnit.objects.filter(unit__in=units)
    found = list(
        rows.select_related("home_unit")
        .prefetch_related(Prefetch("known_at", queryset=here, to_attr="here"))
        .order_by("name_key", "pk")[:MOST_HITS]
    )
    _note(doors[0], at=at, door=door, purpose=wanted.kind, people=found)
    return [_person_hit(person) for person in found]


def person_for(
    officer: User, person_id: int, *, at: datetime, purpose: str, about: str = ""
) -> Person:
    """One person's record, noted with ``purpose`` and the dossier code it is ``about``.

    Open to a unit that has served the person, and for a working day to the officer who found them
    by number. Raises ``NotAllowed`` (no such post) and ``Unknown`` (none, or not theirs to see).
    """
    return persons_for(officer, [person_id], at=at, purpose=purpose, about=about)[person_id]


def persons_for(
    officer: User, person_ids: Iterable[int], *, at: datetime, purpose: str, about: str = ""
) -> dict[int, Person]:
    """Several records at once, each noted; ``Unknown`` when one of them may not be seen."""
    doors = _serving(officer, at)
    wanted = set(person_ids)
    found_today = ReadLog.objects.filter(
        reader=officer, door=BY_NUMBER, at__gt=at - FOUND_LASTS, person__in=wanted
    ).values("person_id")
    people = list(
        Person.objects.filter(pk__in=wanted)
        .filter(Q(known_at__unit__in=_units(doors)) | Q(pk__in=found_today))
        .select_related("home_unit")
        .distinct()
    )
    if {person.pk for person in people} != wanted:
        raise Unknown
    _note(doors[0], at=at, door=OPENED, purpose=purpose, about=about, people=people)
    return {person.pk: person for person in people}


def search_organisations(officer: User, text: str, *, at: datetime) -> list[OrganisationHit]:
    """By tax code anywhere, by name among those the officer's units have served. Logged."""
    doors = _serving(officer, at)
    units = _units(doors)
    compact = "".join(text.split())
    if compact.replace("-", "").isdigit():
        rows, door = Organisation.objects.filter(tax_code=compact), BY_NUMBER
    else:
        rows, door = _named(Organisation.objects.all(), fold(text).split(), units), BY_NAME
    here = OrganisationAtUnit.objects.filter(unit__in=units)
    found = list(
        rows.select_related("home_unit")
        .prefetch_related(Prefetch("known_at", queryset=here, to_attr="here"))
        .order_by("name_key", "pk")[:MOST_HITS]
    )
    _note(doors[0], at=at, door=door, purpose="organisation", organisations=found)
    return [_organisation_hit(organisation) for organisation in found]


def organisation_for(
    officer: User, organisation_id: int, *, at: datetime, purpose: str, about: str = ""
) -> Organisation:
    """One organisation's record, noted. Raises ``NotAllowed`` and ``Unknown``."""
    doors = _serving(officer, at)
    found_today = ReadLog.objects.filter(
        reader=officer, door=BY_NUMBER, at__gt=at - FOUND_LASTS, organisation=organisation_id
    ).values("organisation_id")
    organisation = (
        Organisation.objects.filter(pk=organisation_id)
        .filter(Q(known_at__unit__in=_units(doors)) | Q(pk__in=found_today))
        .select_related("home_unit", "representative")
        .distinct()
        .first()
    )
    if organisation is None:
        raise Unknown
    _note(doors[0], at=at, door=OPENED, purpose=purpose, about=about, organisations=[organisation])
    return organisation


def note_reading(
    capacity: Capacity, people: Sequence[Person], *, at: datetime, door: str, purpose: str,
    about: str = "",
) -> None:  # fmt: skip
    """For an upper area whose own door has already decided: record that these were shown."""
    _note(capacity, at=at, door=door, purpose=purpose, about=about, people=people)


def _serving(officer: User, at: datetime) -> list[Capacity]:
    held = [c for c in capacities(officer, at) if c.role in OFFICERS]
    if not held:
        raise NotAllowed(
            N_("Chỉ cán bộ giải quyết hồ sơ mới xem được thông tin người dân."),
            roles=tuple(sorted(OFFICERS)),
        )
    return held


def _units(held: Iterable[Capacity]) -> set[int]:
    return {capacity.unit.pk for capacity in held}


def _matching(wanted: searching.Wanted, units: set[int]) -> tuple[QuerySet[Person], str]:
    people = Person.objects.all()
    if wanted.kind == "citizen-id":
        index = crypto.blind_index(wanted.number, CITIZEN_ID)
        return people.filter(citizen_id_index=index), BY_NUMBER
    if wanted.kind == "phone":
        index = crypto.blind_index(wanted.number, PHONE)
        known = people.filter(phone_index=index, known_at__unit__in=units)
        return known.distinct(), BY_NUMBER
    if not wanted.words:
        return people.none(), BY_NAME
    rows = _named(people, wanted.words, units)
    if wanted.birth_year:
        rows = rows.filter(birth_year=wanted.birth_year)
    return rows, BY_NAME


def _named(rows: QuerySet[Any], words: Sequence[str], units: set[int]) -> QuerySet[Any]:
    """Every word begins a word of the name, so that "h ni" finds "H’Nga Niê"."""
    if not words:
        return rows.none()
    for word in words:
        rows = rows.filter(Q(name_key__startswith=word) | Q(name_key__contains=" " + word))
    return rows.filter(known_at__unit__in=units).distinct()


def _note(
    capacity: Capacity,
    *,
    at: datetime,
    door: str,
    purpose: str,
    about: str = "",
    people: Sequence[Person] = (),
    organisations: Sequence[Organisation] = (),
) -> None:
    def line(**subject: Any) -> ReadLog:
        return ReadLog(
            at=at,
            reader=capacity.user,
            unit=capacity.unit,
            role=capacity.role.value,
            on_behalf_of=capacity.on_behalf_of,
            door=door,
            purpose=purpose[:120],
            about=about[:60],
            **subject,
        )

    lines = [line(person=person) for person in people]
    lines += [line(organisation=organisation) for organisation in organisations]
    ReadLog.objects.bulk_create(lines or [line()])


def _person_hit(person: Person) -> PersonHit:
    here: list[PersonAtUnit] = person.here  # type: ignore[attr-defined]  # the prefetch above
    born = person.birth_date
    return PersonHit(
        id=person.pk,
        full_name=person.full_name,
        birth=f"{born:%d/%m/%Y}" if born and here else str(person.birth_year or ""),
        sex=person.sex,
        citizen_id=citizen_id.masked(person.citizen_id),
        phone=phones.masked(person.phone) if here else "",
        address=(_short_address(person) or person.address) if here else _home(person),
        known_here=bool(here),
        times=sum(known.times for known in here),
        last_at=max((known.last_at for known in here), default=None),
    )


def _organisation_hit(organisation: Organisation) -> OrganisationHit:
    here: list[OrganisationAtUnit] = organisation.here  # type: ignore[attr-defined]
    return OrganisationHit(
        id=organisation.pk,
        name=organisation.name,
        kind=organisation.kind,
        tax_code=organisation.tax_code,
        address=_short_address(organisation),
        known_here=bool(here),
        times=sum(known.times for known in here),
        last_at=max((known.last_at for known in here), default=None),
    )


def _short_address(subject: Person | Organisation) -> str:
    return ", ".join(part for part in (subject.village, _home(subject)) if part)


def _home(subject: Person | Organisation) -> str:
    return subject.home_unit.full_name if subject.home_unit else ""
