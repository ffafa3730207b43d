"""Staff of a unit: who holds which post, taking somebody on, helping somebody back in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vidan.authorities import queries as authorities
from vidan.authorities.rules.explained import Explained
from vidan.kernel import clock
from vidan.people import actions, queries
from vidan.people.access import Unit, User
from vidan.people.actions import PostNeedsConfirmation
from vidan.people.rules.refusals import NotAllowed
from vidan.people.rules.roles import NAMES, Role
from vidan.sites.account.guards import InRoleRequest, confirmed, forbidden, role_required
from vidan.sites.lead.common import (
    administered,
    lead_page,
    nothing_there,
    reached,
    reaches_below,
    roles_for,
    say,
    until,
)
from vidan.sites.lead.forms import HireForm, RoleForm, TakeOnForm

administrator = role_required(Role.UNIT_ADMINISTRATOR)


@require_GET
@administrator
def staff(request: InRoleRequest) -> HttpResponse:
    """Everybody with a post at the unit, now or soon."""
    unit, at = administered(request), clock.now()
    return lead_page(
        request,
        "lead/staff.html",
        about=unit,
        members=[_line(one) for one in queries.staff_of(unit, at)],
        units=_units_below(request, unit),
        covers_more=reaches_below(request),
    )


def _line(member: queries.StaffMember) -> dict[str, Any]:
    at = clock.now()
    return {
        "user": member.user,
        "posts": [_post(post, at) for post in member.posts],
        "has_second_factor": member.has_second_factor,
        "locked_out": member.locked_out,
    }


def _post(post: Any, at: Any) -> dict[str, Any]:
    ended = post.valid_to is not None and post.valid_to <= at
    return {
        "id": post.pk,
        "role": _(NAMES[Role(post.role)]),
        "place": post.place,
        "unit": post.unit,
        "since": post.valid_from,
        "until": until(post.valid_to),
        "state": "ended" if ended else "coming" if post.valid_from > at else "in_force",
    }


def _units_below(request: InRoleRequest, shown: Unit) -> list[Unit]:
    """Units that a search found, for an administrator above them."""
    text = request.GET.get("tim", "").strip()
    if not text:
        return []
    found = authorities.find_units(text, on=clock.today())
    reach = [one.unit for one in request.capacities if one.role is Role.UNIT_ADMINISTRATOR]
    return [unit for unit in found if any(authorities.covers(top, unit) for top in reach)]


@never_cache
@require_http_methods(["GET", "POST"])
@administrator
@confirmed
def hire(request: InRoleRequest) -> HttpResponse:
    """A new account; its first password is shown on the answer and nowhere else."""
    unit, at = administered(request), clock.now()
    form = HireForm(request.POST or None, roles=roles_for(request, unit))
    if request.method == "POST" and form.is_valid():
        try:
            hired = actions.hire(
                by=request.user,
                unit=unit,
                role=Role(form.cleaned_data["role"]),
                username=form.cleaned_data["username"],
                full_name=form.cleaned_data["full_name"],
                place=form.cleaned_data["place"],
                valid_from=form.begins(at),
                at=at,
            )
        except NotAllowed as refusal:
            return forbidden(request, refusal.roles, say(refusal))
        except Explained as refusal:
            form.add_error(None, say(refusal))
        else:
            return _first_password(request, hired, _("Đã mở tài khoản"))
    return lead_page(
        request, "lead/hire.html", status=422 if form.errors else 200, form=form, about=unit
    )


@require_http_methods(["GET", "POST"])
@administrator
@confirmed
def take_on(request: InRoleRequest) -> HttpResponse:
    """A post at the unit for somebody who works elsewhere and has an account."""
    unit, at = administered(request), clock.now()
    form = TakeOnForm(request.POST or None, roles=roles_for(request, unit))
    if request.method == "POST" and form.is_valid():
        user = queries.account_named(form.cleaned_data["username"])
        if user is None:
            form.add_error("username", _("Không có tên đăng nhập này. Xin hỏi lại người đó."))
        else:
            answer = _give(request, user, unit, form, at)
            if answer is not None:
                return answer
    status = 422 if form.errors else 200
    return lead_page(request, "lead/take_on.html", status=status, form=form, about=unit)


@never_cache
@require_GET
@administrator
def member(request: InRoleRequest, user_id: int) -> HttpResponse:
    """One account: posts, what can be done for it, what was done."""
    return _member_page(request, reached(request, user_id))


def _member_page(
    request: InRoleRequest, user: User, *, form: RoleForm | None = None, status: int = 200
) -> HttpResponse:
    at, unit = clock.now(), administered(request)
    posts = [_post(post, at) for post in queries.posts_of(user)]
    events = queries.history_of(user)
    names = queries.names_of([event.actor for event in events if event.actor])
    return lead_page(
        request,
        "lead/member.html",
        status=status,
        member=user,
        about=unit,
        posts=[post for post in posts if post["state"] != "ended"],
        past=[post for post in posts if post["state"] == "ended"],
        form=form or RoleForm(roles=roles_for(request, unit)),
        itself=user.pk == request.user.pk,
        has_second_factor=queries.second_factors(user) > 0,
        locked_out=bool(queries.locked_names([user.username])),
        history=[
            (event.at, _event_name(event.kind), names.get(event.actor, "")) for event in events
        ],
    )


def _event_name(kind: str) -> str:
    return EVENTS[kind]() if kind in EVENTS else kind


EVENTS: dict[str, Callable[[], str]] = {
    "hired": lambda: _("Mở tài khoản"),
    "post-given": lambda: _("Giao vai trò"),
    "post-ended": lambda: _("Kết thúc vai trò"),
    "delegated": lambda: _("Được ủy quyền"),
    "delegation-ended": lambda: _("Hết ủy quyền"),
    "password-reset": lambda: _("Cấp lại mật khẩu"),
    "password-changed": lambda: _("Tự đổi mật khẩu"),
    "second-factor-reset": lambda: _("Gỡ xác nhận hai bước"),
    "lockout-lifted": lambda: _("Mở khóa đăng nhập"),
    "sessions-ended": lambda: _("Kết thúc mọi phiên"),
    "deactivated": lambda: _("Ngừng tài khoản"),
    "api-token-issued": lambda: _("Tạo khóa cho phần mềm"),
    "api-token-revoked": lambda: _("Thu hồi khóa cho phần mềm"),
}


@never_cache
@require_POST
@administrator
@confirmed
def give_post(request: InRoleRequest, user_id: int) -> HttpResponse:
    """One more role for somebody at the unit."""
    user, unit, at = reached(request, user_id), administered(request), clock.now()
    form = RoleForm(request.POST, roles=roles_for(request, unit))
    if not form.is_valid():
        return _member_page(request, user, form=form, status=422)
    answer = _give(request, user, unit, form, at)
    return answer or _member_page(request, user, form=form, status=422)


def _give(
    request: InRoleRequest, user: User, unit: Unit, form: RoleForm, at: datetime
) -> HttpResponse | None:
    """Give the post that the form describes; nothing when the form now says why not."""
    values = form.cleaned_data
    try:
        actions.give_post(
            by=request.user,
            user_id=user.pk,
            unit=unit,
            role=Role(values["role"]),
            place=values["place"],
            valid_from=form.begins(at),
            valid_to=form.ends(),
            confirmed=values["confirmed"],
            at=at,
        )
    except PostNeedsConfirmation as doubt:
        form.data = {name: form.data.get(name, "") for name in form.fields} | {"confirmed": "on"}
        again = _("Nếu đơn vị không còn ai khác: bấm Giao vai trò lần nữa.")
        form.add_error("role", f"{say(doubt)} {again}")
        return None
    except NotAllowed as refusal:
        return forbidden(request, refusal.roles, say(refusal))
    except Explained as refusal:
        form.add_error(None, say(refusal))
        return None
    messages.success(request, _("Đã giao vai trò cho %s.") % user.full_name)
    return redirect("lead:member", user.pk)


@require_POST
@administrator
def end_post(request: InRoleRequest, user_id: int, post_id: int) -> HttpResponse:
    """End a role now."""
    user = reached(request, user_id)
    if not queries.posts_of(user).filter(pk=post_id).exists():
        raise Http404

    def end() -> str:
        actions.end_post(by=request.user, post_id=post_id, at=clock.now())
        return _("Vai trò đã kết thúc. Việc đang giữ cần được giao cho người khác.")

    return _done(request, user, end)


@never_cache
@require_POST
@administrator
@confirmed
def reset_password(request: InRoleRequest, user_id: int) -> HttpResponse:
    """A first password again, shown once."""
    user = reached(request, user_id)
    try:
        hired = actions.reset_password(by=request.user, user_id=user.pk, at=clock.now())
    except Explained as refusal:
        return _refused(request, user, refusal)
    return _first_password(request, hired, _("Đã cấp mật khẩu mới"))


@require_POST
@administrator
@confirmed
def reset_second_factor(request: InRoleRequest, user_id: int) -> HttpResponse:
    """Take away a lost second factor, after seeing the person's card."""
    user = reached(request, user_id)

    def reset() -> str:
        actions.reset_second_factor(by=request.user, user_id=user.pk, at=clock.now())
        return _("Đã gỡ xác nhận hai bước. Người này bật lại ở lần đăng nhập tới.")

    return _done(request, user, reset)


@require_POST
@administrator
def lift_lockout(request: InRoleRequest, user_id: int) -> HttpResponse:
    """Let somebody who mistyped too often in again."""
    user = reached(request, user_id)

    def lift() -> str:
        actions.lift_lockout(by=request.user, user_id=user.pk, at=clock.now())
        return _("Đã mở khóa đăng nhập.")

    return _done(request, user, lift)


@require_POST
@administrator
def end_sessions(request: InRoleRequest, user_id: int) -> HttpResponse:
    """Sign somebody out everywhere."""
    user = reached(request, user_id)

    def end() -> str:
        ended = actions.end_sessions(by=request.user, user_id=user.pk, at=clock.now())
        return _("Đã kết thúc %d phiên.") % ended

    return _done(request, user, end)


@require_POST
@administrator
@confirmed
def deactivate(request: InRoleRequest, user_id: int) -> HttpResponse:
    """Close an account for good."""
    user = reached(request, user_id)

    def close() -> str:
        actions.deactivate(by=request.user, user_id=user.pk, at=clock.now())
        return _("Đã ngừng tài khoản. Hồ sơ người này đang giữ cần được giao cho người khác.")

    return _done(request, user, close)


def _done(request: InRoleRequest, user: User, verb: Callable[[], str]) -> HttpResponse:
    try:
        with nothing_there():
            messages.success(request, verb())
    except Explained as refusal:
        return _refused(request, user, refusal)
    return redirect("lead:member", user.pk)


def _refused(request: InRoleRequest, user: User, refusal: Explained) -> HttpResponse:
    if isinstance(refusal, NotAllowed):
        return forbidden(request, refusal.roles, say(refusal))
    messages.error(request, say(refusal))
    return redirect("lead:member", user.pk)


def _first_password(request: InRoleRequest, hired: actions.Hired, title: str) -> HttpResponse:
    return lead_page(
        request,
        "lead/first_password.html",
        title=title,
        member=hired.user,
        password=hired.first_password,
        until=hired.user.initial_password_until,
    )
