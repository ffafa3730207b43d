"""What the administrator's pages share: which unit, which roles, what to say on a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vidan.authorities import queries as authorities
from vidan.authorities.rules.explained import N_, Explained
from vidan.people import queries
from vidan.people.access import Capacity, Unit, User
from vidan.people.rules import roles
from vidan.people.rules.refusals import Unknown
from vidan.people.rules.roles import Role
from vidan.sites import formats
from vidan.sites.account.guards import InRoleRequest
from vidan.sites.pages import page, url

# Whose page is whose: the address, its words (a message id), the roles that open it.
_TABS = (
    (
        "lead:overview",
        N_("Tổng quan"),
        (
            Role.LEADER,
            Role.REFORM_OFFICER,
            Role.INSPECTOR,
            Role.OUTSIDE_MONITOR,
            Role.UNIT_ADMINISTRATOR,
        ),
    ),
    ("lead:staff", N_("Nhân sự"), (Role.UNIT_ADMINISTRATOR,)),
    ("lead:delegations", N_("Ủy quyền"), (Role.LEADER, Role.UNIT_ADMINISTRATOR)),
    ("lead:who_looked", N_("Ai đã xem"), (Role.LEADER, Role.INSPECTOR)),
)


def lead_page(
    request: InRoleRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    """A page of this site: with the tabs that the reader's posts open."""
    held = {one.role for one in request.capacities}
    tabs = [
        {"label": _(words), "href": url(name), "current": request.path.startswith(url(name))}
        for name, words, roles_ in _TABS
        if held & set(roles_)
    ]
    context = {"tab_items": tabs, "about_query": about_query, **context}
    return page(request, template, status=status, **context)


def about_query(unit: Unit) -> str:
    """The part of an address that says which unit a page is about."""
    return f"?don-vi={unit.pk}"


def until(moment: datetime | None) -> str:
    """When something ends, as people say it: the last whole day, or the moment; empty for never."""
    if moment is None:
        return ""
    local = formats.local(moment)
    if local.time() == time(0):
        return _("hết %(day)s") % {"day": formats.short_date(local - timedelta(days=1))}
    return formats.moment(local, get_language() or "vi")


def say(refusal: Explained) -> str:
    """The refusal in the language of the page."""
    words = _(refusal.template)
    return words % refusal.params if refusal.params else words


@contextmanager
def nothing_there() -> Iterator[None]:
    """What is not known, or not theirs, is a 404 either way."""
    try:
        yield
    except Unknown:
        raise Http404 from None


def reaches_below(request: InRoleRequest) -> bool:
    """Whether there are units under this administrator's own to look at."""
    return any(one.unit.kind in ("province", "district") for one in _administrators(request))


def administered(request: InRoleRequest) -> Unit:
    """The unit whose staff the page is about: the post's own, or ``?don-vi=`` below it."""
    wanted = request.GET.get("don-vi", "")
    if not wanted:
        return request.unit
    for capacity in _administrators(request):
        if wanted == str(capacity.unit.pk):
            return capacity.unit
        below = authorities.descendants(capacity.unit)
        unit = below.filter(pk=int(wanted)).first() if wanted.isdigit() else None
        if unit is not None:
            return unit
    raise Http404


def _administrators(request: InRoleRequest) -> list[Capacity]:
    return [one for one in request.capacities if one.role is Role.UNIT_ADMINISTRATOR]


def reached(request: InRoleRequest, user_id: int) -> User:
    """An account with a post, past or present, at a unit within this administrator's reach."""
    with nothing_there():
        user = queries.account_of(user_id)
    units = [post.unit for post in queries.posts_of(user)]
    for capacity in _administrators(request):
        if any(authorities.covers(capacity.unit, unit) for unit in units):
            return user
    raise Http404


def roles_for(request: InRoleRequest, unit: Unit) -> list[Role]:
    """The roles that this administrator can give at the unit."""
    from_above = any(one.unit.kind == "province" for one in _administrators(request))
    return [
        role
        for role in Role
        if roles.may_be_held_at(role, unit.kind)
        and (from_above or role not in roles.GIVEN_FROM_ABOVE)
    ]
