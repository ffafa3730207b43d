"""Where a request comes from, and what kind of device sent it."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

_BROWSERS = (
    ("Edg", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def client_address(request: HttpRequest) -> str:
    """The caller's address. A forwarded one counts only as far as our own proxies wrote it."""
    addresses = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part
    ]
    proxies = settings.VIDAN_PROXIES
    if proxies and len(addresses) >= proxies:
        try:
            return str(ipaddress.ip_address(addresses[-proxies]))
        except ValueError:
            pass
    return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 - nobody's address


def device_name(user_agent: str) -> str:
    """ "Firefox, Windows": what people recognise of their own machine."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part) or _("thiết bị khác")
