"""One's own account: where work begins, password, second factor, sessions, keys of programs."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from vidan.kernel import clock
from vidan.people import actions, queries
from vidan.people.rules.refusals import NotAllowed, StaffRefused, Unknown
from vidan.people.rules.roles import NEEDS_SECOND_FACTOR, OFFICERS, Role
from vidan.sites.account import addresses
from vidan.sites.account.guards import CHOSEN_POST, SignedInRequest, confirmed, signed_in
from vidan.sites.pages import page, url_or_none

# Where each role's work is; an address that this installation does not have is passed over.
_STARTS = (
    (OFFICERS, "desk:inbox"),
    (frozenset({Role.UNIT_ADMINISTRATOR}), "lead:staff"),
    (frozenset({Role.INSPECTOR, Role.REFORM_OFFICER, Role.OUTSIDE_MONITOR}), "lead:overview"),
    (frozenset({Role.OPERATOR}), "ops:status"),
)


class TokenForm(forms.Form):
    """What a program's key is called and how long it lasts."""

    name = forms.CharField(
        label=gettext_lazy("Tên phần mềm sẽ dùng khóa"),
        max_length=80,
        error_messages={"required": gettext_lazy("Xin đặt tên cho khóa.")},
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Thời hạn"),
        coerce=int,
        choices=[
            (30, gettext_lazy("30 ngày")),
            (90, gettext_lazy("90 ngày")),
            (365, gettext_lazy("1 năm")),
        ],
    )


@require_GET
@signed_in
def start(request: SignedInRequest) -> HttpResponse:
    """Where the chosen post's work is; somebody without any post is told whom to ask."""
    held = [request.capacity, *request.capacities] if request.capacity else []
    for capacity in held:
        for roles, name in _STARTS:
            where = url_or_none(name)
            if capacity is not None and capacity.role in roles and where:
                return redirect(where)
    return redirect("account:security")


@require_POST
@signed_in
def switch_post(request: SignedInRequest) -> HttpResponse:
    """Work in another of one's posts from now on."""
    try:
        chosen = request.capacities[int(request.POST.get("capacity", ""))]
    except (ValueError, IndexError):
        messages.error(request, _("Vai trò này không còn. Xin chọn lại."))
    else:
        request.session[CHOSEN_POST] = chosen.post_id
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if safe else reverse("account:start"))


@require_GET
@signed_in
def security(request: SignedInRequest) -> HttpResponse:
    """Everything about one's own account on one page."""
    needs = any(one.role in NEEDS_SECOND_FACTOR for one in request.capacities)
    return page(
        request,
        "account/security.html",
        factors=queries.second_factors(request.user),
        must_have_factor=needs and settings.VIDAN_SECOND_FACTOR == "required",
        sign_ins=queries.sign_ins_of(request.user),
        sessions=_sessions(request),
        tokens=queries.tokens_of(request.user),
    )


@require_GET
@signed_in
def second_factor(request: SignedInRequest) -> HttpResponse:
    """The ways of the second step: app, keys, recovery codes."""
    rows = Authenticator.objects.filter(user=request.user).order_by("created_at")
    app = next((row for row in rows if row.type == Authenticator.Type.TOTP), None)
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return page(
        request,
        "mfa/index.html",
        app=app,
        keys=[row for row in rows if row.type == Authenticator.Type.WEBAUTHN],
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )


@require_GET
@signed_in
def sessions(request: SignedInRequest) -> HttpResponse:
    """Where one is signed in at the moment."""
    return page(request, "account/sessions.html", sessions=_sessions(request))


@require_POST
@confirmed
@signed_in
def end_session(request: SignedInRequest) -> HttpResponse:
    """End one of one's own sessions, or all others (ASVS 5.0, 7.5.2)."""
    rows = UserSession.objects.filter(user=request.user)
    rows = rows.exclude(session_key=request.session.session_key)
    wanted = request.POST.get("session", "")
    if wanted != "others":
        rows = rows.filter(pk=int(wanted)) if wanted.isdigit() else rows.none()
    ended = 0
    for session in rows:
        session.end()
        ended += 1
    if ended:
        messages.success(request, _("Đã kết thúc %d phiên.") % ended)
    else:
        messages.info(request, _("Phiên này đã kết thúc từ trước."))
    return redirect("account:sessions")


@confirmed
@signed_in
def tokens(request: SignedInRequest) -> HttpResponse:
    """Keys for programs that work in one's name; a new one is shown once."""
    form, text = TokenForm(request.POST or None, initial={"days": 90}), ""
    if request.method == "POST" and form.is_valid():
        _token, text = actions.issue_api_token(
            by=request.user,
            user_id=request.user.pk,
            name=form.cleaned_data["name"],
            lasts=timedelta(days=form.cleaned_data["days"]),
            at=clock.now(),
        )
        form = TokenForm(initial={"days": 90})
    return page(
        request,
        "account/tokens.html",
        status=422 if form.errors else 200,
        form=form,
        text=text,
        tokens=queries.tokens_of(request.user),
    )


@require_POST
@signed_in
def revoke(request: SignedInRequest, token_id: int) -> HttpResponse:
    """End a key at once."""
    try:
        actions.revoke_api_token(by=request.user, token_id=token_id, at=clock.now())
    except (NotAllowed, Unknown, StaffRefused):
        messages.error(request, _("Không có khóa này."))
    else:
        messages.success(request, _("Đã thu hồi khóa."))
    return redirect("account:security")


def _sessions(request: HttpRequest) -> list[dict[str, object]]:
    here = request.session.session_key
    rows = UserSession.objects.purge_and_list(request.user)
    found = [
        {
            "id": row.pk,
            "device": addresses.device_name(row.user_agent),
            "address": row.ip,
            "since": row.created_at,
            "here": row.session_key == here,
        }
        for row in sorted(rows, key=lambda row: row.created_at, reverse=True)
    ]
    return found
