"""Finding a dossier: by code, by the applicant's name without marks, by phone or CCCD."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vidan.authorities.rules.explained import N_
from vidan.dossiers.queries import find as queries
from vidan.dossiers.queries.find import Found
from vidan.dossiers.queries.page import step_name
from vidan.kernel import clock
from vidan.kernel.search import fold
from vidan.people.rules.roles import Role
from vidan.sites.account.guards import SignedInRequest, signed_in
from vidan.sites.desk import words
from vidan.sites.pages import page, url

_COMMANDS = (
    ("desk:intake", N_("Tiếp nhận hồ sơ"), "tiep nhan ho so moi", Role.RECEPTIONIST),
    ("desk:inbox", N_("Việc của tôi"), "viec cua toi", None),
    ("desk:returns", N_("Trả kết quả"), "tra ket qua", Role.RETURNER),
    ("desk:dossiers", N_("Tìm hồ sơ"), "tim ho so", None),
)


def _found(request: SignedInRequest, text: str, limit: int) -> list[Found]:
    return queries.find(request.capacities, text, officer=request.user, at=clock.now(), limit=limit)


@require_safe
@signed_in
def dossiers(request: SignedInRequest) -> HttpResponse:
    """Hồ sơ: search, newest first."""
    text = request.GET.get("q", "").strip()[:100]
    found = _found(request, text, 50)
    if text and len(found) == 1 and found[0].exact:
        return HttpResponseRedirect(url("desk:dossier", found[0].code))
    return page(
        request,
        "desk/dossiers.html",
        query=text,
        rows=_rows(found),
        more=len(found) == 50,
        opens="desk:dossier",
    )


@require_safe
@signed_in
def returns(request: SignedInRequest) -> HttpResponse:
    """Trả kết quả: what waits to be collected, found by slip, name or card."""
    text = request.GET.get("q", "").strip()[:100]
    found = queries.find(
        request.capacities, text, officer=request.user, at=clock.now(), limit=50, ready_only=True
    )
    return page(
        request,
        "desk/returns.html",
        query=text,
        rows=_rows(found),
        more=len(found) == 50,
        opens="desk:hand-over",
    )


def _rows(found: list[Found]) -> list[dict[str, object]]:
    now = clock.now()
    return [
        {
            "row": row,
            "due": words.due_chip(
                due=row.due_at,
                step=row.step,
                late=row.open and row.due_at < now,
                today=row.open and row.due_at.date() == now.date(),
            ),
            "step": step_name(row.step),
        }
        for row in found
    ]


@require_safe
@signed_in
def command(request: SignedInRequest) -> HttpResponse:
    """The command bar's answers: commands of mine, then dossiers."""

    text = request.GET.get("q", "").strip()[:100]
    key = fold(text)
    mine = {post.role for post in request.capacities}
    commands = [
        {"href": url(name), "label": _(label), "about": ""}
        for name, label, words_, role in _COMMANDS
        if key and (key in words_ or key in fold(_(label))) and (role is None or role in mine)
    ]
    options = [
        {
            "href": url("desk:dossier", row.code),
            "label": row.code,
            "about": f"{row.name} · {row.procedure} · {step_name(row.step)}",
        }
        for row in (_found(request, text, 8) if len(key) >= 2 else [])
    ]
    groups = [
        {"title": _("Lệnh"), "options": commands},
        {"title": _("Hồ sơ"), "options": options},
    ]
    return page(request, "desk/command.html", groups=groups, query=text)
