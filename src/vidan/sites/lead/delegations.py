"""Delegation: a leader who is away lets a colleague sign on the leader's behalf."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vidan.authorities.rules.explained import Explained
from vidan.kernel import clock
from vidan.people import actions, queries
from vidan.people.rules.refusals import NotAllowed
from vidan.people.rules.roles import Role
from vidan.sites.account.guards import InRoleRequest, forbidden, role_required
from vidan.sites.lead.common import lead_page, nothing_there, say, until
from vidan.sites.lead.forms import DelegateForm, ends, starts

allowed = role_required(Role.LEADER, Role.UNIT_ADMINISTRATOR)


@require_http_methods(["GET", "POST"])
@allowed
def delegations(request: InRoleRequest) -> HttpResponse:
    """Who signs for whom at the unit; the leader lends the own post here."""
    at, unit = clock.now(), request.unit
    own = [one for one in queries.own_delegable(request.user, at) if one.unit.pk == unit.pk]
    form = None
    if own:
        form = DelegateForm(
            request.POST or None,
            posts=[(one.post_id, f"{one.role_name}, {one.unit.name}") for one in own],
            colleagues=queries.colleagues_of(unit, request.user, at),
        )
    if request.method == "POST":
        if form is None:
            return forbidden(request, (Role.LEADER,))
        if form.is_valid() and _delegated(request, form):
            return redirect("lead:delegations")
    return lead_page(
        request,
        "lead/delegations.html",
        status=422 if form is not None and form.errors else 200,
        form=form,
        about=unit,
        rows=[_row(one, at) for one in queries.delegations_of(unit, at)],
    )


def _delegated(request: InRoleRequest, form: DelegateForm) -> bool:
    """Whether it was done; if not, the form says why."""
    values, at = form.cleaned_data, clock.now()
    try:
        done = actions.delegate(
            by=request.user,
            post_id=values["post"],
            to_id=values["to"],
            document=values["document"],
            valid_from=starts(values["valid_from"]),
            valid_to=ends(values["valid_to"]),
            at=at,
        )
    except Explained as refusal:
        form.add_error(None, say(refusal))
        return False
    messages.success(
        request,
        _("%(name)s ký thay từ %(start)s đến hết %(end)s.")
        % {
            "name": done.to.full_name,
            "start": f"{values['valid_from']:%d/%m/%Y}",
            "end": f"{values['valid_to']:%d/%m/%Y}",
        },
    )
    return True


@require_POST
@allowed
def end_delegation(request: InRoleRequest, delegation_id: int) -> HttpResponse:
    """Take it back at once."""
    try:
        with nothing_there():
            actions.end_delegation(by=request.user, delegation_id=delegation_id, at=clock.now())
    except NotAllowed as refusal:
        return forbidden(request, refusal.roles, say(refusal))
    except Explained as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, _("Đã thu hồi ủy quyền."))
    return redirect("lead:delegations")


def _row(delegation: Any, at: Any) -> dict[str, Any]:
    ended = delegation.valid_to <= at
    return {
        "id": delegation.pk,
        "giver": delegation.post.user.full_name,
        "to": delegation.to.full_name,
        "document": delegation.document,
        "since": delegation.valid_from,
        "until": until(delegation.valid_to),
        "state": "ended" if ended else "coming" if delegation.valid_from > at else "in_force",
    }
