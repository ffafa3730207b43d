"""Who may decide about staff: the unit's administrator, or one above; never about oneself."""

from __future__ import annotations

from datetime import datetime

from vidan.authorities import queries as authorities
from vidan.authorities.models import Unit
from vidan.authorities.rules.explained import N_
from vidan.kernel.ledger import By
from vidan.people.access import capacities
from vidan.people.models import Post, User
from vidan.people.rules.refusals import NotAllowed
from vidan.people.rules.roles import GIVEN_FROM_ABOVE, Role

ADMINISTRATOR = (Role.UNIT_ADMINISTRATOR,)

# Somebody at the server's own command line, who can do anything anyway.
SERVER = By(role="system")


def administrator_by(by: User | None, unit: Unit, at: datetime) -> By:
    """How the ledger names the administrator of ``unit`` who acts. Raises ``NotAllowed``.

    ``None`` is the command line of the server: the first administrator comes from there.
    """
    if by is None:
        return SERVER
    for capacity in capacities(by, at):
        if capacity.role is Role.UNIT_ADMINISTRATOR and authorities.covers(capacity.unit, unit):
            return capacity.by()
    raise NotAllowed(
        N_("Chỉ quản trị của %(unit)s hoặc của cấp trên làm được việc này."),
        roles=ADMINISTRATOR,
        unit=unit.full_name,
    )


def administrator_over(by: User | None, user: User, at: datetime) -> By:
    """The same for an account: its administrator reaches every unit where it holds a post.

    Otherwise the administrator of one commune could take over somebody who also works for the
    province. Nobody administers their own account here. Raises ``NotAllowed``.
    """
    if by is None:
        return SERVER
    if by.pk == user.pk:
        raise NotAllowed(N_("Không tự làm việc này cho tài khoản của mình. Xin nhờ quản trị khác."))
    posts = list(Post.objects.in_force(at).filter(user=user).select_related("unit"))
    if not posts:
        last = Post.objects.filter(user=user).select_related("unit").order_by("-valid_from").first()
        posts = [last] if last else []
    named: By | None = None
    for post in posts:
        refuse_watchers_from_below(by, Role(post.role), at)
        named = administrator_by(by, post.unit, at)
    if named is None:
        raise NotAllowed(N_("Tài khoản này không thuộc đơn vị nào."), roles=ADMINISTRATOR)
    return named


def refuse_watchers_from_below(by: User | None, role: Role, at: datetime) -> None:
    """Those who watch over units are chosen by the province, not by whom they watch."""
    if by is None or role not in GIVEN_FROM_ABOVE:
        return
    for capacity in capacities(by, at):
        if capacity.role is Role.UNIT_ADMINISTRATOR and capacity.unit.kind == "province":
            return
    raise NotAllowed(N_("Vai trò này do quản trị cấp tỉnh giao."), roles=ADMINISTRATOR)
