"""Which office a public page speaks for, and the frame of every public page.

A citizen chooses an office once; a cookie of this site remembers it. Where only one office has a
counter, or the installation names one, there is nothing to choose.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vidan.authorities import queries as authorities
from vidan.authorities.rules.unit_codes import UnitCodeRefused
from vidan.kernel import clock
from vidan.people import queries as people
from vidan.people.access import Unit
from vidan.sites.pages import page

log = logging.getLogger("vidan.portal")

CHOICE = "don-vi"
COOKIE = "vidan_unit"
A_YEAR = 365 * 24 * 3600


@dataclass
class Place:
    """The offices with a counter now, and the one this request is about, if that is plain."""

    request: HttpRequest
    now: datetime

    @cached_property
    def units(self) -> list[Unit]:
        """Every office with a counter in service, by name."""
        return [unit for unit in people.units_with_counter(self.now) if unit.code]

    @cached_property
    def unit(self) -> Unit | None:
        """The office asked for, remembered, named by the installation, or the only one."""
        asked = self.request.GET.get(CHOICE) or self.request.COOKIES.get(COOKIE, "")
        found = next((unit for unit in self.units if unit.code == asked), None)
        if found is None:
            found = _installed(self.now.date())
        if found is None and len(self.units) == 1:
            found = self.units[0]
        return found

    @property
    def has_choice(self) -> bool:
        return len(self.units) > 1


def _installed(today: date) -> Unit | None:
    code = settings.VIDAN_PORTAL_UNIT
    if not code:
        return None
    try:
        return authorities.current_of(authorities.unit_by_code(code), today)
    except (authorities.UnitUnknown, UnitCodeRefused) as refusal:
        log.error("VIDAN_PORTAL_UNIT: %s", refusal.explanation)
        return None


def here(request: HttpRequest) -> Place:
    """The place of this request, at the office's time."""
    return Place(request, clock.now())


def remember(response: HttpResponse, unit: Unit) -> HttpResponse:
    """The response, keeping the choice of office on the reader's device."""
    response.set_cookie(
        COOKIE,
        unit.code or "",
        max_age=A_YEAR,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def head(unit: Unit | None) -> dict[str, object]:
    """What the frame of a page says: the office's name with what it belongs to, and its committee."""
    if unit is None:
        return {
            "unit_name": _("Vì Dân"),
            "centre_name": _("Phục vụ hành chính công"),
            "office_name": "",
        }
    return {
        "unit_name": authorities.display_name(unit),
        "office_name": _lower(authorities.display_name(unit)),
        "committee": committee(unit),
    }


def committee(unit: Unit) -> str:
    """``Ủy ban nhân dân xã Ea Phê``; a department has none."""
    if unit.kind == "department":
        return unit.full_name
    return _("Ủy ban nhân dân %(unit)s") % {"unit": _lower(unit.full_name)}


def _lower(name: str) -> str:
    """The name within a sentence: "xã Ea Phê"."""
    return name[:1].lower() + name[1:]


def portal_page(
    request: HttpRequest, template: str, unit: Unit | None, *, status: int = 200, **context: object
) -> HttpResponse:
    """A public page in the frame of one office, or of none."""
    return page(request, template, status=status, **(head(unit) | context))
