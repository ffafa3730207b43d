"""The addresses of the face's own tests: the design page, and a view that breaks."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from vidan.sites import errors
from vidan.sites.portal import design

designs = [
    path("", design.design, name="design"),
    path("/desk", design.design_desk, name="design_desk"),
    path("/desk/peek/<str:code>", design.peek, name="design_peek"),
    path("/desk/command", design.command, name="design_command"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the database is gone")


def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(request.GET.get("because", ""))


def suspects(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig("big") if "big" in request.GET else SuspiciousOperation("odd")


@csrf_protect
def takes_a_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


urlpatterns = [
    path("docs/design", include((designs, "docs"))),
    path("breaks", breaks),
    path("refuses", refuses),
    path("suspects", suspects),
    path("form", takes_a_form),
]
