"""The one door to dossiers: which a person may see, and what somebody may do to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vidan.authorities import queries as authorities
from vidan.dossiers.models import Dossier, DossierEvent
from vidan.dossiers.rules.lifecycle import Action
from vidan.kernel.clock import ZONE
from vidan.people.access import Capacity, note_reading
from vidan.people.models import User
from vidan.people.rules.roles import NAMES, Role

WORKING = frozenset({Role.RECEPTIONIST, Role.SPECIALIST, Role.LEADER, Role.CASHIER, Role.RETURNER})
"""Roles that see the dossiers of their own unit, because they work on them."""

WATCHING = frozenset({Role.INSPECTOR})
"""Roles that see, without touching, the dossiers of their unit and of every unit under it."""


class DossierNotFound(LookupError):
    """There is none with this code, or none that this person may know of: the same answer."""


class NotAllowed(PermissionError):
    """The person has not the role that the verb needs; ``explanation`` says which."""

    def __init__(self, roles: Iterable[Role]) -> None:
        names = ", ".join(_(NAMES[role]).lower() for role in sorted(roles))
        self.explanation = _(
            "Việc này cần vai trò: %(names)s. Quản trị đơn vị phân công tại mục Nhân sự."
        ) % {"names": names}
        super().__init__(self.explanation)


def visible(posts: Sequence[Capacity]) -> QuerySet[Dossier]:
    """The dossiers that these posts open; without a post: none."""
    own = {post.unit.pk for post in posts if post.role in WORKING}
    watched = [post.unit for post in posts if post.role in WATCHING]
    below = chain.from_iterable(authorities.descendants(unit) for unit in watched)
    units = own | {unit.pk for unit in watched} | {unit.pk for unit in below}
    if not units:
        return Dossier.objects.none()
    return Dossier.objects.filter(Q(unit_id__in=units))


def dossier_for(posts: Sequence[Capacity], code: str, *, at: datetime, purpose: str) -> Dossier:
    """One dossier with its people, noted in the read log. Raises ``DossierNotFound``."""
    dossier = (
        visible(posts)
        .select_related(
            "unit",
            "procedure_version__procedure",
            "applicant_person",
            "applicant_organisation",
            "declared_by",
            "typed_by",
            "holder",
            "moved_by",
        )
        .filter(code=_clean(code))
        .first()
    )
    if dossier is None:
        raise DossierNotFound(code)
    shown = {p.pk: p for p in (dossier.applicant_person, dossier.declared_by) if p is not None}
    note_reading(
        _reader(posts, dossier),
        list(shown.values()),
        at=at,
        door="dossier",
        purpose=purpose,
        about=dossier.code,
    )
    return dossier


def _reader(posts: Sequence[Capacity], dossier: Dossier) -> Capacity:
    """The post through which somebody sees this dossier: one at its unit, else a watching one."""
    here = [post for post in posts if post.unit.pk == dossier.unit_id]
    return (here or [post for post in posts if post.role in WATCHING])[0]


def locked(posts: Sequence[Capacity], code: str) -> Dossier:
    """The dossier under a row lock, for a verb. Raises ``DossierNotFound``."""
    dossier = (
        visible(posts)
        .select_for_update(of=("self",))
        .select_related("unit", "procedure_version", "holder")
        .filter(code=_clean(code))
        .first()
    )
    if dossier is None:
        raise DossierNotFound(code)
    return dossier


def _clean(code: str) -> str:
    """A code from an address, without the character that no database text can hold."""
    return code.replace("\x00", "?")


def acting(posts: Sequence[Capacity], unit_id: int, roles: frozenset[Role]) -> Capacity:
    """The post by which this person may act at that unit, own ones first. Raises ``NotAllowed``."""
    for post in posts:
        if post.role in roles and post.unit.pk == unit_id:
            return post
    raise NotAllowed(roles)


def own_proposal(dossier: Dossier, officer: User) -> bool:
    """Whether this person prepared or proposed what is now before the leader."""
    proposed = dossier.last_move == Action.PROPOSE.value and dossier.moved_by_id == officer.pk
    return proposed or dossier.holder_id == officer.pk


def changed_since(dossier: Dossier, seen: int) -> str:
    """Who did what after version ``seen``, for the person whose click came too late."""
    last = DossierEvent.objects.filter(dossier=dossier, seq__gt=seen).order_by("-seq").first()
    if last is None:
        return _("Trang này không còn mới. Xem lại hồ sơ rồi làm tiếp.")
    actors = User.objects.filter(key=last.actor) if last.actor else User.objects.none()
    who = actors.values_list("full_name", flat=True).first()
    return _(
        "%(who)s đã làm việc “%(what)s” với hồ sơ này lúc %(time)s. Xem thay đổi rồi làm tiếp."
    ) % {
        "who": who or _("Hệ thống"),
        "what": event_name(last.kind).lower(),
        "time": f"{last.at.astimezone(ZONE):%H:%M %d/%m}",
    }


def event_name(kind: str) -> str:
    """What an event is called on screens and papers."""
    names = {
        Action.RECEIVE.value: _("Tiếp nhận"),
        Action.START.value: _("Nhận xử lý"),
        Action.PROPOSE.value: _("Trình lãnh đạo ký"),
        Action.APPROVE.value: _("Lãnh đạo ký"),
        Action.RETURN_TO_STEP.value: _("Trả lại, kèm lý do"),
        Action.TAKE_BACK.value: _("Rút lại"),
        Action.ISSUE.value: _("Vào sổ, đóng dấu"),
        Action.HAND_OVER.value: _("Trả kết quả"),
        "payment-confirmed": _("Thu phí"),
    }
    return names.get(kind, kind)
