"""Who may open a page: signed in, in the right capacity, with a second factor where one is due.

``@signed_in`` gives the view a ``SignedInRequest``; ``@role_required(Role.LEADER)`` also chooses
the capacity, and says plainly which role is missing and who can give it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vidan.kernel import clock
from vidan.people import access, queries
from vidan.people.access import Capacity, Unit, User
from vidan.people.rules.roles import NAMES, NEEDS_SECOND_FACTOR, Role
from vidan.sites.pages import page

P = ParamSpec("P")
CHOSEN_POST = "post"
HAS_FACTOR = "second_factor"


class SignedInRequest(HttpRequest):
    """A request by somebody signed in; ``capacity`` is the post chosen in the bar.

    ``role_required`` sets ``capacity`` to one of the roles it asks for.
    """

    user: User
    capacities: tuple[Capacity, ...]
    capacity: Capacity | None
    unit: Unit | None


class InRoleRequest(SignedInRequest):
    """The same behind ``role_required``: there is a capacity, and so a unit."""

    capacity: Capacity
    unit: Unit


SignedInView = Callable[Concatenate[SignedInRequest, P], HttpResponse]
InRoleView = Callable[Concatenate[InRoleRequest, P], HttpResponse]
View = Callable[..., HttpResponse]
V = TypeVar("V", bound=View)


def confirmed(view: V) -> V:
    """The view, for those who gave password, code or key again in the last five minutes."""
    guarded: V = reauthentication_required(app="vidan.account")(view)
    return guarded


def signed_in(view: SignedInView[P]) -> View:
    """The view, for those who are signed in; the others are led to the sign-in page and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        turned_away = _turned_away(request)
        if turned_away is not None:
            return turned_away
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def role_required(*roles: Role) -> Callable[[InRoleView[P]], View]:
    """The view, for those who hold one of these roles somewhere; the chosen post comes first."""

    def guard(view: InRoleView[P]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            turned_away = _turned_away(request)
            if turned_away is not None:
                return turned_away
            capacity = in_role(request, roles)
            if capacity is None:
                return forbidden(request, roles)
            request.capacity, request.unit = capacity, capacity.unit  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        return guarded

    return guard


def in_role(request: Any, roles: tuple[Role, ...]) -> Capacity | None:
    """The chosen post where it fits, else the first that does."""
    if request.capacity is not None and request.capacity.role in roles:
        chosen: Capacity = request.capacity
        return chosen
    return next((one for one in request.capacities if one.role in roles), None)


def forbidden(request: HttpRequest, roles: tuple[Role, ...], explanation: str = "") -> HttpResponse:
    """403 that names the role needed and the way to it."""
    names = [_(NAMES[role]) for role in roles]
    return page(request, "account/forbidden.html", status=403, names=names, why=explanation)


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    """Load what the signed-in person may be, or answer instead of the view."""
    if not request.user.is_authenticated:
        return _to_sign_in(request)
    user: User = request.user
    held = tuple(access.capacities(user, clock.now()))
    chosen = request.session.get(CHOSEN_POST)
    capacity = next((one for one in held if one.post_id == chosen), held[0] if held else None)
    request.capacities, request.capacity = held, capacity  # type: ignore[attr-defined]
    request.unit = capacity.unit if capacity else None  # type: ignore[attr-defined]
    if _lacks_factor(request, user, held):
        messages.warning(
            request, _("Vai trò này cần xác nhận hai bước. Xin bật trước khi làm việc tiếp.")
        )
        return _redirect(request, reverse("mfa_activate_totp"))
    return None


def _lacks_factor(request: HttpRequest, user: User, held: tuple[Capacity, ...]) -> bool:
    if settings.VIDAN_SECOND_FACTOR != "required" or request.session.get(HAS_FACTOR):
        return False
    if not any(one.role in NEEDS_SECOND_FACTOR for one in held):
        return False
    if queries.second_factors(user):
        request.session[HAS_FACTOR] = True
        return False
    return True


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    # After a POST, come back to where the form was, not to an address that takes only POST.
    back = request.get_full_path()
    if request.method not in {"GET", "HEAD"}:
        back = request.META.get("HTTP_REFERER", "") or reverse("account:start")
        back = back.removeprefix(f"{request.scheme}://{request.get_host()}")
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("account_login")
        return response
    return redirect_to_login(back, reverse("account_login"))


def _redirect(request: HttpRequest, where: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = where
        return response
    return HttpResponseRedirect(where)
