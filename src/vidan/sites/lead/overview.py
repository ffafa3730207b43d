"""Tổng quan: how the units of one's reach stand, in numbers, each with its denominator."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from vidan.dossiers.queries import overview as queries
from vidan.kernel import clock
from vidan.people.rules.roles import Role
from vidan.sites.account.guards import InRoleRequest, role_required
from vidan.sites.lead.common import lead_page

READERS = (
    Role.LEADER,
    Role.REFORM_OFFICER,
    Role.INSPECTOR,
    Role.OUTSIDE_MONITOR,
    Role.UNIT_ADMINISTRATOR,
)


@require_safe
@role_required(*READERS)
def overview(request: InRoleRequest) -> HttpResponse:
    """No name of any person stands here: outside monitors read it too."""
    now = clock.now()
    units = [post.unit for post in request.capacities if post.role in READERS]
    figures = queries.unit_figures(units, now=now)
    return lead_page(
        request,
        "lead/overview.html",
        figures=figures,
        month=queries.month_start(now),
        total_due=sum(one.due for one in figures),
        total_in_time=sum(one.in_time for one in figures),
    )
