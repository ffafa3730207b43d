"""Giving and ending posts and delegations: one function, one transaction, one event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from vidan.authorities.models import Unit
from vidan.authorities.rules.explained import N_
from vidan.kernel import ledger
from vidan.kernel.ledger import By
from vidan.people.access import capacities
from vidan.people.actions import permission
from vidan.people.models import Delegation, Post, StaffEvent, User
from vidan.people.rules import roles
from vidan.people.rules.refusals import NotAllowed, StaffRefused, Unknown
from vidan.people.rules.roles import Conflict, Role


class PostNeedsConfirmation(StaffRefused):
    """One person would hold two posts that are better kept apart; an administrator may insist."""

    def __init__(self, hints: list[Conflict]) -> None:
        super().__init__(hints[0].why)
        self.hints = hints


def stream_of(user: User) -> str:
    return f"staff/{user.key}"


def locked(user_id: int) -> User:
    """The account under a row lock: all verbs about one account stand in line. Or ``Unknown``."""
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise Unknown
    return user


def record(kind: str, user: User, *, by: By, at: datetime, **payload: object) -> StaffEvent:
    """Append to the account's own chain."""
    return ledger.append(StaffEvent, kind, stream=stream_of(user), at=at, by=by, payload=payload)


@transaction.atomic
def give_post(
    *,
    by: User | None,
    user_id: int,
    unit: Unit,
    role: Role,
    at: datetime,
    place: str = "",
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
    confirmed: bool = False,
) -> Post:
    """Give somebody a role at a unit, from ``at`` unless said otherwise.

    Raises ``NotAllowed`` (also for a post given to oneself), ``StaffRefused`` for a role that such
    a unit does not have or the person already holds, ``PostNeedsConfirmation`` for a pair of
    roles better kept apart, unless ``confirmed``.
    """
    if by is not None and by.pk == user_id:
        raise NotAllowed(N_("Không tự giao vai trò cho mình. Xin nhờ quản trị khác."))
    named = permission.administrator_by(by, unit, at)
    permission.refuse_watchers_from_below(by, role, at)
    user = locked(user_id)
    return add_post(
        user, named, unit=unit, role=role, place=place, at=at,
        valid_from=valid_from or at, valid_to=valid_to, confirmed=confirmed,
    )  # fmt: skip


def add_post(
    user: User,
    named: By,
    *,
    unit: Unit,
    role: Role,
    place: str,
    at: datetime,
    valid_from: datetime,
    valid_to: datetime | None,
    confirmed: bool,
) -> Post:
    """The part of giving a post that follows permission and lock."""
    _refuse_impossible(user, unit, role, valid_from, valid_to)
    held = Post.objects.filter(user=user, unit=unit).filter(_meets(valid_from, valid_to))
    pairs = roles.conflicts(role, (Role(post.role) for post in held))
    if any(pair.forbidden for pair in pairs):
        raise StaffRefused(next(pair.why for pair in pairs if pair.forbidden))
    if pairs and not confirmed:
        raise PostNeedsConfirmation(pairs)
    post = Post.objects.create(
        user=user,
        unit=unit,
        role=role.value,
        place=place.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    record(
        "post-given", user, by=named, at=at, post=post.pk, unit=unit.pk, role=role.value,
        valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat() if valid_to else None,
    )  # fmt: skip
    return post


def _refuse_impossible(
    user: User, unit: Unit, role: Role, valid_from: datetime, valid_to: datetime | None
) -> None:
    if not user.is_active:
        raise StaffRefused(N_("Tài khoản này đã ngừng. Không giao vai trò được."))
    if not roles.may_be_held_at(role, unit.kind):
        raise StaffRefused(N_("Đơn vị loại này không có vai trò đó. Thanh tra do cấp trên cử."))
    if valid_to is not None and valid_to <= valid_from:
        raise StaffRefused(N_("Ngày kết thúc phải sau ngày bắt đầu."))
    same = Post.objects.filter(user=user, unit=unit, role=role.value)
    if same.filter(_meets(valid_from, valid_to)).exists():
        raise StaffRefused(
            N_("%(name)s đã có vai trò này tại %(unit)s trong thời gian đó."),
            name=user.full_name,
            unit=unit.full_name,
        )


def _meets(valid_from: datetime, valid_to: datetime | None) -> Q:
    """Rows whose time overlaps [valid_from, valid_to); an emptied row meets nothing."""
    begins = Q(valid_from__lt=valid_to) if valid_to else Q()
    open_end = Q(valid_to__isnull=True)
    return begins & (open_end | Q(valid_to__gt=valid_from) & Q(valid_to__gt=F("valid_from")))


@transaction.atomic
def end_post(
    *, by: User | None, post_id: int, at: datetime, ends_at: datetime | None = None
) -> Post:
    """End a post now or at a later moment; delegations of it end with it.

    What its holder still has in hand is for the areas above to pass on: they hear of
    ``people.post-ended``. Raises ``NotAllowed``, ``Unknown``, ``StaffRefused``.
    """
    found = Post.objects.filter(pk=post_id).first()
    if found is None:
        raise Unknown
    user = locked(found.user_id)
    post: Post = Post.objects.select_related("unit").get(pk=post_id)
    named = permission.administrator_by(by, post.unit, at)
    permission.refuse_watchers_from_below(by, Role(post.role), at)
    if post.valid_to is not None and post.valid_to <= at:
        raise StaffRefused(N_("Vai trò này đã kết thúc."))
    moment = ends_at or at
    if moment < at:
        raise StaffRefused(N_("Không ghi lùi ngày kết thúc: người này vẫn có quyền đến lúc này."))
    close(post, user, named, at=at, moment=moment)
    return post


def close(post: Post, user: User, named: By, *, at: datetime, moment: datetime) -> None:
    """Set the end and record it. A post not yet begun ends before it begins to count."""
    post.valid_to = max(moment, post.valid_from)
    post.save(update_fields=["valid_to"])
    record(
        "post-ended", user, by=named, at=at, post=post.pk, unit=post.unit_id, role=post.role,
        valid_to=post.valid_to.isoformat(),
    )  # fmt: skip


@transaction.atomic
def delegate(
    *,
    by: User,
    post_id: int,
    to_id: int,
    document: str,
    valid_from: datetime,
    valid_to: datetime,
    at: datetime,
) -> Delegation:
    """A leader lets a colleague of the same unit sign on the leader's behalf for some days.

    Only the holder of the post may do so, and nobody passes on what was lent to them.
    ``document`` is the paper that says it. Raises ``NotAllowed``, ``Unknown``, ``StaffRefused``.
    """
    post = Post.objects.in_force(at).select_related("unit", "user").filter(pk=post_id).first()
    if post is None or post.user_id != by.pk or not by.is_active:
        raise NotAllowed(N_("Chỉ người đang giữ vai trò mới ủy quyền được vai trò đó."))
    if Role(post.role) not in roles.MAY_BE_DELEGATED:
        raise StaffRefused(N_("Chỉ vai trò lãnh đạo ủy quyền được."))
    colleague = locked(to_id)
    _refuse_delegation(post, colleague, document, valid_from, valid_to, at)
    delegation = Delegation.objects.create(
        post=post,
        to=colleague,
        document=document.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
        created_at=at,
        created_by=by,
    )
    named = By(actor=by.key, role=post.role, unit=post.unit.code or "")
    record(
        "delegated", colleague, by=named, at=at, delegation=delegation.pk, post=post.pk,
        valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat(),
    )  # fmt: skip
    return delegation


def _refuse_delegation(
    post: Post, to: User, document: str, valid_from: datetime, valid_to: datetime, at: datetime
) -> None:
    if to.pk == post.user_id:
        raise StaffRefused(N_("Không ủy quyền cho chính mình."))
    if not document.strip():
        raise StaffRefused(N_("Xin ghi số văn bản ủy quyền."))
    if valid_to <= valid_from or valid_to <= at:
        raise StaffRefused(N_("Ngày kết thúc phải sau ngày bắt đầu và chưa qua."))
    if valid_from < at.replace(hour=0, minute=0, second=0, microsecond=0):
        raise StaffRefused(N_("Không ủy quyền lùi ngày."))
    held = {Role(post.role) for post in Post.objects.in_force(at).filter(user=to, unit=post.unit)}
    if not to.is_active or not held:
        raise StaffRefused(N_("Chỉ ủy quyền cho người đang công tác tại cùng đơn vị."))
    if held & roles.WATCHERS:
        raise StaffRefused(N_("Người giám sát không làm việc mà mình giám sát."))
    if Delegation.objects.filter(post=post, to=to).filter(_meets(valid_from, valid_to)).exists():
        raise StaffRefused(N_("Đã ủy quyền cho người này trong thời gian đó."))


@transaction.atomic
def end_delegation(*, by: User, delegation_id: int, at: datetime) -> Delegation:
    """Take a delegation back at once: the holder of the post, or the unit's administrator."""
    found = Delegation.objects.filter(pk=delegation_id).first()
    if found is None:
        raise Unknown
    colleague = locked(found.to_id)
    delegation: Delegation = Delegation.objects.select_related("post__unit").get(pk=delegation_id)
    post = delegation.post
    named = _may_take_back(by, post, at)
    if delegation.valid_to <= at:
        raise StaffRefused(N_("Việc ủy quyền này đã kết thúc."))
    delegation.valid_to = max(at, delegation.valid_from)
    delegation.save(update_fields=["valid_to"])
    record("delegation-ended", colleague, by=named, at=at, delegation=delegation.pk)
    return delegation


def _may_take_back(by: User, post: Post, at: datetime) -> By:
    """Who takes a delegation of ``post`` back; for everybody else there is none: ``Unknown``."""
    for capacity in capacities(by, at):
        if capacity.post_id == post.pk and capacity.on_behalf_of is None:
            return capacity.by()
    try:
        return permission.administrator_by(by, post.unit, at)
    except NotAllowed:
        raise Unknown from None
