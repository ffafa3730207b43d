"""The first page: what do you need, is the counter open, where is my dossier."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vidan.authorities import queries as authorities
from vidan.authorities.rules.lunar import lunar_of
from vidan.authorities.rules.unit_codes import UnitCodeRefused
from vidan.dossiers.queries.inbox import unit_kept_promise
from vidan.people.access import Unit
from vidan.procedures import queries as catalogue
from vidan.sites.pages import url
from vidan.sites.portal import opening, words
from vidan.sites.portal.track import LookUpForm
from vidan.sites.portal.where import Place, here, portal_page, remember


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The office's first page, or the choice of offices."""
    place = here(request)
    if place.unit is None:
        return _choice(request, place)
    return _home(request, place, place.unit)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Every office with a counter, to choose from."""
    return _choice(request, here(request))


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """An office's first page, remembered as the reader's own.

    The code of a unit that ended leads to the one that continues it; an office without a counter
    here has no page.
    """
    place = here(request)
    try:
        current = authorities.current_of(authorities.unit_by_code(code), place.now.date())
    except (authorities.UnitUnknown, UnitCodeRefused):
        raise Http404 from None
    if current not in place.units or current.code is None:
        raise Http404
    if current.code != code:
        return HttpResponseRedirect(url("portal:unit", current.code))
    return remember(_home(request, place, current), current)


def _home(request: HttpRequest, place: Place, unit: Unit) -> HttpResponse:
    today = place.now.date()
    return portal_page(
        request,
        "portal/home.html",
        unit,
        has_choice=place.has_choice,
        lunar=lunar_of(today),
        **_kept(unit, place.now),
        offered=_offered(place.now),
        form=LookUpForm(),
        **_today(unit, place.now),
    )


def _today(unit: Unit, now: datetime) -> dict[str, Any]:
    calendar = authorities.calendar_of(unit)
    off = opening.coming_day_off(calendar, now.date())
    return {
        "open_now": opening.open_now(calendar, now),
        "off_when": opening.span_words(off, now.date()) if off else "",
        "off_why": off.reason if off else "",
        "off_reopens": opening.reopening_words(off, now.date()) if off else "",
    }


def _kept(unit: Unit, now: datetime) -> dict[str, Any]:
    """One rate, both its numbers, and what exactly was counted."""
    kept = unit_kept_promise(unit.pk, now=now)
    said = {"month": kept.month.month, "late": kept.due - kept.in_time}
    words = _("hồ sơ đến hẹn từ đầu tháng %(month)s đến nay đã xong đúng hoặc trước hẹn.") % said
    if said["late"]:
        words += " " + _("%(late)s hồ sơ trễ hẹn.") % said
    nothing = _("Từ đầu tháng %(month)s chưa có hồ sơ nào đến hẹn.") % said
    return {"kept": kept, "kept_words": words, "kept_nothing": nothing}


def _offered(now: datetime) -> list[dict[str, object]]:
    return [words.in_short(version.says) for version in catalogue.catalogue(on=now.date())]


def _choice(request: HttpRequest, place: Place) -> HttpResponse:
    return portal_page(
        request,
        "portal/units.html",
        None,
        units=[
            {"href": url("portal:unit", unit.code), "name": authorities.display_name(unit)}
            for unit in place.units
        ],
        offered=_offered(place.now),
        form=LookUpForm(),
    )
