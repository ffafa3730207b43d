""" "Ai đã xem": who has looked at a person's record, for inspectors and leaders."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vidan.kernel import clock
from vidan.people import queries
from vidan.people.rules.roles import NAMES, Role
from vidan.sites.account.guards import InRoleRequest, role_required
from vidan.sites.lead.common import lead_page

DOORS: dict[str, Callable[[], str]] = {
    "search-number": lambda: _("Tìm theo số"),
    "search-name": lambda: _("Tìm theo tên"),
    "record": lambda: _("Mở thông tin"),
    "who-looked": lambda: _("Xem danh sách này"),
}


@never_cache
@require_http_methods(["GET", "POST"])
@role_required(Role.LEADER, Role.INSPECTOR)
def who_looked(request: InRoleRequest) -> HttpResponse:
    """Asked with POST, so that no identity number stands in an address or a server's log."""
    text = request.POST.get("text", "").strip()
    found = queries.who_looked(request.user, text, at=clock.now()) if text else None
    looks = [
        {
            "at": look.at,
            "reader": look.reader,
            "role": _(NAMES[Role(look.role)]) if look.role in NAMES else "",
            "unit": look.unit,
            "on_behalf_of": look.on_behalf_of,
            "door": DOORS.get(look.door, lambda: _("Mở hồ sơ"))(),
            "purpose": look.purpose,
            "about": look.about,
            "shown": look.shown,
        }
        for look in (found.looks if found else ())
    ]
    return lead_page(
        request,
        "lead/who_looked.html",
        asked=found.asked if found else "",
        looks=looks,
        more=found.more if found else False,
    )
