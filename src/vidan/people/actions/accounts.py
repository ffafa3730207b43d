"""Staff accounts: hired, helped back in, ended; and keys for their programs."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.db import IntegrityError, transaction

from vidan.authorities.models import Unit
from vidan.authorities.rules.explained import N_
from vidan.kernel.ledger import By
from vidan.people.actions import permission
from vidan.people.actions.posts import add_post, close, locked, record
from vidan.people.models import ApiToken, Post, User
from vidan.people.rules import passwords
from vidan.people.rules.refusals import StaffRefused, Unknown
from vidan.people.rules.roles import Role

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
TOKEN_PREFIX = "vd_"  # noqa: S105 - how a key begins, so that a leaked one is recognised
LONGEST_TOKEN = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Hired:
    """A new account and its first password, which is shown once and kept nowhere."""

    user: User
    first_password: str


@transaction.atomic
def hire(
    *,
    by: User | None,
    unit: Unit,
    role: Role,
    username: str,
    full_name: str,
    at: datetime,
    place: str = "",
    email: str = "",
    valid_from: datetime | None = None,
) -> Hired:
    """Open an account with its first post. The password given must be changed within 7 days.

    Raises ``NotAllowed``, ``StaffRefused`` (a name taken, a user name of the wrong form).
    """
    named = permission.administrator_by(by, unit, at)
    permission.refuse_watchers_from_below(by, role, at)
    username, full_name = username.strip().lower(), " ".join(full_name.split())
    if not USERNAME.fullmatch(username):
        raise StaffRefused(
            N_("Tên đăng nhập gồm 2 đến 40 chữ thường không dấu, chữ số, dấu chấm hoặc gạch.")
        )
    if not full_name:
        raise StaffRefused(N_("Xin ghi họ tên cán bộ."))
    password = passwords.first_password()
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username,
                password,
                full_name=full_name,
                email=email.strip(),
                must_change_password=True,
                initial_password_until=at + passwords.LASTS,
            )
    except IntegrityError:
        raise StaffRefused(N_("Đã có người dùng tên đăng nhập này. Xin chọn tên khác.")) from None
    record("hired", user, by=named, at=at, unit=unit.pk)
    add_post(
        user, named, unit=unit, role=role, place=place, at=at,
        valid_from=valid_from or at, valid_to=None, confirmed=True,
    )  # fmt: skip
    return Hired(user, password)


@transaction.atomic
def reset_password(*, by: User | None, user_id: int, at: datetime) -> Hired:
    """A new first password for somebody who forgot theirs; the second factor stays.

    Every session ends and a lock-out is lifted. Raises ``NotAllowed``, ``Unknown``.
    """
    user = locked(user_id)
    named = permission.administrator_over(by, user, at)
    if not user.is_active:
        raise StaffRefused(N_("Tài khoản này đã ngừng."))
    password = passwords.first_password()
    user.set_password(password)
    user.must_change_password = True
    user.initial_password_until = at + passwords.LASTS
    user.save(update_fields=["password", "must_change_password", "initial_password_until"])
    AccessAttempt.objects.filter(username=user.username).delete()
    _end_sessions(user)
    record("password-reset", user, by=named, at=at)
    return Hired(user, password)


@transaction.atomic
def reset_second_factor(*, by: User | None, user_id: int, at: datetime) -> None:
    """For somebody who lost phone and recovery codes, after their identity was checked in person.

    Ends every session. Raises ``NotAllowed``, ``Unknown``.
    """
    user = locked(user_id)
    named = permission.administrator_over(by, user, at)
    count, _each = Authenticator.objects.filter(user=user).delete()
    if not count:
        raise StaffRefused(N_("Tài khoản này chưa bật xác nhận hai bước."))
    _end_sessions(user)
    record("second-factor-reset", user, by=named, at=at)


@transaction.atomic
def lift_lockout(*, by: User | None, user_id: int, at: datetime) -> None:
    """Let somebody who mistyped too often try again at once."""
    user = locked(user_id)
    named = permission.administrator_over(by, user, at)
    AccessAttempt.objects.filter(username=user.username).delete()
    record("lockout-lifted", user, by=named, at=at)


@transaction.atomic
def end_sessions(*, by: User | None, user_id: int, at: datetime) -> int:
    """Sign somebody out everywhere; how many sessions there were."""
    user = locked(user_id)
    named = permission.administrator_over(by, user, at)
    ended = _end_sessions(user)
    record("sessions-ended", user, by=named, at=at, count=ended)
    return ended


@transaction.atomic
def deactivate(*, by: User | None, user_id: int, at: datetime) -> None:
    """Close an account: posts end now, sessions and keys too. The ledger keeps the name.

    Raises ``NotAllowed``, ``Unknown``, ``StaffRefused`` when it is closed already.
    """
    user = locked(user_id)
    named = permission.administrator_over(by, user, at)
    if not user.is_active:
        raise StaffRefused(N_("Tài khoản này đã ngừng."))
    open_posts = Post.objects.filter(user=user).exclude(valid_to__lte=at)
    for post in open_posts:
        close(post, user, named, at=at, moment=at)
    user.is_active = False
    user.save(update_fields=["is_active"])
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    _end_sessions(user)
    record("deactivated", user, by=named, at=at)


@transaction.atomic
def password_changed(*, user_id: int, at: datetime) -> None:
    """The person has chosen a password of their own: the first one's conditions fall away."""
    user = locked(user_id)
    user.must_change_password = False
    user.initial_password_until = None
    user.save(update_fields=["must_change_password", "initial_password_until"])
    record("password-changed", user, by=By(actor=user.key, role="self"), at=at)


@transaction.atomic
def issue_api_token(
    *, by: User | None, user_id: int, name: str, lasts: timedelta, at: datetime
) -> tuple[ApiToken, str]:
    """A key with which a program works in somebody's name, and its text, shown once.

    One's own, or by an administrator over the account. At most a year. Raises ``NotAllowed``,
    ``StaffRefused``.
    """
    user = locked(user_id)
    named = _own_or_administered(by, user, at)
    if not timedelta(0) < lasts <= LONGEST_TOKEN:
        raise StaffRefused(N_("Khóa cho phần mềm có hạn từ 1 ngày đến 1 năm."))
    if not name.strip():
        raise StaffRefused(N_("Xin đặt tên cho khóa, ví dụ tên phần mềm sẽ dùng."))
    text = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=" ".join(name.split())[:80],
        prefix=text[:9],
        digest=sha256(text.encode()).digest(),
        created_at=at,
        created_by=by or user,
        expires_at=at + lasts,
    )
    record("api-token-issued", user, by=named, at=at, token=token.pk)
    return token, text


@transaction.atomic
def revoke_api_token(*, by: User | None, token_id: int, at: datetime) -> None:
    """End a key at once. Raises ``NotAllowed``, ``Unknown``."""
    token = ApiToken.objects.filter(pk=token_id).first()
    if token is None:
        raise Unknown
    user = locked(token.user_id)
    named = _own_or_administered(by, user, at)
    if ApiToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=at):
        record("api-token-revoked", user, by=named, at=at, token=token.pk)


def _own_or_administered(by: User | None, user: User, at: datetime) -> By:
    if by is not None and by.pk == user.pk and user.is_active:
        return By(actor=user.key, role="self")
    return permission.administrator_over(by, user, at)


def _end_sessions(user: User) -> int:
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)
