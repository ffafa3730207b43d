"""How our pages are made: the Jinja2 environment, what every template can see, and ``page``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import (
    get_language,
    gettext,
    gettext_lazy,
    ngettext,
    npgettext,
    pgettext,
)
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context

from vidan.kernel import clock
from vidan.people.rules.roles import OFFICERS, Role
from vidan.sites import amounts, formats
from vidan.sites.form_errors import form_errors
from vidan.sites.widgets import shown_value, widget_attrs


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of a site's main navigation: the name of its address, and the words."""

    name: str
    label: str | Promise
    roles: frozenset[Role] = frozenset()
    """Who has work there; empty: everybody who sees the navigation."""
    under: str = ""
    """The part of the site this link stands for, where it is more than the link's own page."""


MANAGERS = frozenset(
    {
        Role.LEADER,
        Role.REFORM_OFFICER,
        Role.INSPECTOR,
        Role.OUTSIDE_MONITOR,
        Role.UNIT_ADMINISTRATOR,
    }
)
# In reading order. An address that does not exist yet is left out of the page.
NAVIGATION: dict[str, tuple[NavItem, ...]] = {
    "portal": (
        NavItem("portal:track", gettext_lazy("Xem hồ sơ của tôi")),
        NavItem("portal:procedures", gettext_lazy("Thủ tục")),
        NavItem("portal:hours", gettext_lazy("Lịch làm việc")),
        NavItem("portal:ask", gettext_lazy("Hỏi và góp ý")),
    ),
    "desk": (
        NavItem("desk:inbox", gettext_lazy("Việc của tôi"), OFFICERS),
        NavItem("desk:intake", gettext_lazy("Tiếp nhận"), frozenset({Role.RECEPTIONIST})),
        NavItem("desk:dossiers", gettext_lazy("Hồ sơ"), OFFICERS | {Role.INSPECTOR}),
        NavItem("desk:returns", gettext_lazy("Trả kết quả"), OFFICERS),
        NavItem("lead:overview", gettext_lazy("Quản lý"), MANAGERS, under="/quan-ly/"),
        NavItem("ops:status", gettext_lazy("Tình trạng"), frozenset({Role.OPERATOR})),
    ),
}


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address called ``name``; raises ``NoReverseMatch`` where there is none."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def url_or_none(name: str, *args: object, **kwargs: object) -> str | None:
    """The address called ``name``, or None where this installation has no such page."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return None


@pass_context
def navigation(context: Context, site: str) -> list[dict[str, object]]:
    """The links of ``site`` that exist, the current one marked (for ``aria-current``)."""
    request = context.get("request")
    here = getattr(request, "path", "")
    held = {post.role for post in getattr(request, "capacities", ())}
    found = []
    for item in NAVIGATION[site]:
        href = url_or_none(item.name)
        if href is not None and (not item.roles or item.roles & held):
            current = href != "/" and here.startswith(item.under or href)
            found.append({"href": href, "label": item.label, "current": current})
    # The longest address that fits is where we are: /desk/ fits every page of the desk.
    best = max((str(item["href"]) for item in found if item["current"]), key=len, default="")
    for entry in found:
        entry["current"] = entry["href"] == best
    return found


def _said(function: Callable[..., str]) -> Callable[..., str]:
    """The function, speaking the language of the page."""

    # With a context Jinja cannot work the filter out once, when the page is compiled, in
    # whatever language was spoken then.
    @pass_context
    def say(_context: Context, *args: Any, **kwargs: Any) -> str:
        return function(*args, language=get_language() or "vi", **kwargs)

    return say


@pass_context
def _relative(_context: Context, value: datetime) -> str:
    return formats.relative(value, clock.today(), get_language() or "vi")


@pass_context
def _relative_day(_context: Context, value: date | datetime) -> str:
    return formats.relative_day(value, clock.today(), get_language() or "vi")


@pass_context
def _role_name(_context: Context, role: str) -> str:
    from vidan.people.rules.roles import NAMES, Role

    return gettext(NAMES[Role(role)])


FILTERS: dict[str, Callable[..., object]] = {
    "money": _said(formats.money),
    "number": _said(formats.number),
    "in_words": _said(amounts.in_words),
    "day": _said(formats.day),
    "weekday": _said(formats.weekday),
    "moment": _said(formats.moment),
    "month_label": _said(formats.month_label),
    "figures": _said(formats.figures),
    "lunar_day": _said(formats.lunar_day),
    "file_size": _said(formats.file_size),
    "short_date": formats.short_date,
    "time": formats.clock_time,
    "relative": _relative,
    "relative_day": _relative_day,
    "masked_id": formats.masked_id,
    "masked_phone": formats.masked_phone,
    "split_code": formats.split_code,
    "role_name": _role_name,
    "form_errors": form_errors,
    "shown_value": shown_value,
    "widget_attrs": widget_attrs,
}


def environment(**options: Any) -> Environment:
    """The Jinja2 environment of every page. A name that a template misspells is an error."""
    options.update(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[*options.get("extensions", ()), "jinja2.ext.i18n"],
    )
    env = Environment(**options)  # noqa: S701 - Django's backend passes autoescape=True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.filters.update(FILTERS)
    env.globals.update(url=url, url_or_none=url_or_none, static=static, navigation=navigation)
    return env


def _capacities(request: HttpRequest) -> Sequence[object]:
    known: Sequence[object] | None = getattr(request, "capacities", None)
    if known is not None:
        return known
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ()
    from vidan.people import access

    return access.capacities(user, clock.now())


def everywhere(request: HttpRequest) -> dict[str, object]:
    """What every template can see without asking. Nothing here costs a query until it is used."""
    return {
        "clock_is_set": clock.is_set(),
        "now": clock.now(),
        "today": clock.today(),
        "language": get_language() or settings.LANGUAGE_CODE,
        "base_url": settings.BASE_URL,
        "unit": getattr(request, "unit", None),
        "capacity": getattr(request, "capacity", None),
        "capacities": SimpleLazyObject(lambda: _capacities(request)),
        "messages": SimpleLazyObject(lambda: list(get_messages(request))),
        "here": request.get_full_path(),
    }


def page(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    """The page made from ``template`` (below ``sites/templates/``), with this HTTP status."""
    return HttpResponse(loader.render_to_string(template, context, request), status=status)
