"""Keeps the time of a session, and leads to the change of a password that must be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vidan.kernel import clock

BEGAN, SEEN = "began", "seen"
# The session row is written at most this often, not at every click.
GRAIN = timedelta(minutes=1)
OPEN_WITH_OLD_PASSWORD = ("account_change_password", "account_logout", "set_language")


class StaffAccountMiddleware:
    """Ends idle and over-long sessions (ASVS 5.0, 7.3.1 and 7.3.2)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.turned_away(request) or self.get_response(request)

    def turned_away(self, request: HttpRequest) -> HttpResponse | None:
        """The answer instead of the page, if there is one."""
        # A visitor without a session cookie costs no query here.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if not request.user.is_authenticated:
            return None
        why = _over(request, clock.now())
        if why:
            logout(request)
            messages.info(request, why)
            return _lead_to_sign_in(request)
        if request.user.must_change_password and not _is_open(request.path):
            return HttpResponseRedirect(reverse("account_change_password"))
        return None


def _over(request: HttpRequest, at: datetime) -> str:
    """Why the session is over, in words; empty while it is not. Notes that it was used."""
    session = request.session
    began, seen = _moment(session.get(BEGAN)), _moment(session.get(SEEN))
    if began is None or seen is None:
        session[BEGAN] = session[SEEN] = at.isoformat()
        return ""
    idle: timedelta = settings.VIDAN_SESSION_IDLE
    longest: timedelta = settings.VIDAN_SESSION_LONGEST
    if at - seen > idle or at < seen - GRAIN:  # a clock that was put back ends it as well
        minutes = int(idle.total_seconds() // 60)
        return _("Phiên làm việc đã đóng vì %d phút không thao tác. Xin đăng nhập lại.") % minutes
    if at - began > longest:
        hours = int(longest.total_seconds() // 3600)
        return _("Phiên làm việc đã đủ %d giờ nên được đóng. Xin đăng nhập lại.") % hours
    if at - seen >= GRAIN:
        session[SEEN] = at.isoformat()
    return ""


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _is_open(path: str) -> bool:
    if path.startswith(settings.STATIC_URL):
        return True
    return any(path == reverse(name) for name in OPEN_WITH_OLD_PASSWORD if _exists(name))


def _exists(name: str) -> bool:
    from django.urls import NoReverseMatch

    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def _lead_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("account_login")
        return response
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseRedirect(reverse("account_login"))
    return redirect_to_login(request.get_full_path(), reverse("account_login"))
