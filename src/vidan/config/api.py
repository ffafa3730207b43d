"""The same verbs for machines, under ``/api/v1``: each area's router, one way in, one way to fail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from vidan import __version__
from vidan.authorities.rules.explained import Explained
from vidan.dossiers.access import DossierNotFound, NotAllowed
from vidan.dossiers.actions.refusals import IntakeRefused, Refused, StaleClick
from vidan.dossiers.actions.tracking import WINDOW, LookUpRefused, TooManyLookUps
from vidan.dossiers.api import router as dossiers
from vidan.kernel import clock
from vidan.payments.api import router as payments
from vidan.people import access as people
from vidan.people.rules.refusals import NotAllowed as NoPost
from vidan.procedures.api import router as procedures
from vidan.procedures.queries import NoSuchProcedure


class Token(HttpBearer):
    """A person's API token: the program acts in that person's name and with their posts."""

    def authenticate(self, request: HttpRequest, token: str) -> object | None:
        user = people.user_for_token(token, clock.now())
        if user is not None:
            request.user = user
        return user


api = NinjaAPI(
    title="Vì Dân",
    version=__version__,
    description="The one-stop service's verbs for machines. Errors are problem+json (RFC 9457).",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)
api.add_router("", procedures)
api.add_router("", dossiers, auth=Token())
api.add_router("", payments, auth=Token())


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """An error that says what is wrong and, where known, what to do."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    answer = api.create_response(HttpRequest(), body, status=status)
    answer["Content-Type"] = "application/problem+json"
    return answer


@api.exception_handler(AuthenticationError)
def _unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem(401, _("Thiếu hoặc sai mã truy cập."))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    where = [{"at": list(e["loc"]), "message": e["msg"]} for e in error.errors]
    return problem(422, _("Nội dung gửi lên chưa đúng."), errors=where)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@api.exception_handler(DossierNotFound)
@api.exception_handler(NoSuchProcedure)
def _missing(request: HttpRequest, error: LookupError) -> HttpResponse:
    return problem(404, _("Không tìm thấy, hoặc không thuộc phạm vi được xem."))


@api.exception_handler(NotAllowed)
@api.exception_handler(NoPost)
def _forbidden(request: HttpRequest, error: NotAllowed | NoPost) -> HttpResponse:
    said = _said(error) if isinstance(error, Explained) else error.explanation
    return problem(403, said)


@api.exception_handler(StaleClick)
def _stale(request: HttpRequest, error: StaleClick) -> HttpResponse:
    return problem(409, error.explanation, reason="stale")


@api.exception_handler(IntakeRefused)
def _intake(request: HttpRequest, error: IntakeRefused) -> HttpResponse:
    return problem(422, error.explanation, field=error.field)


@api.exception_handler(LookUpRefused)
def _no_such_slip(request: HttpRequest, error: LookUpRefused) -> HttpResponse:
    return problem(404, error.explanation)


@api.exception_handler(TooManyLookUps)
def _slow_down(request: HttpRequest, error: TooManyLookUps) -> HttpResponse:
    answer = problem(429, error.explanation)
    answer["Retry-After"] = str(int(WINDOW.total_seconds()))
    return answer


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(409, error.explanation)


@api.exception_handler(Explained)
def _explained(request: HttpRequest, error: Explained) -> HttpResponse:
    return problem(422, _said(error), field=getattr(error, "field", ""))


def _said(error: Explained) -> str:
    """The refusal in the language that was asked for."""
    return _(error.template) % error.params if error.params else _(error.template)
