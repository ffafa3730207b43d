"""The living design page: every component in every state, drawn by the macros the screens use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vidan.sites.pages import page
from vidan.sites.portal import design_examples as examples


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """The components as citizens see them."""
    return page(request, "docs/design.html", **examples.context(), title=_("Bộ mặt của Vì Dân"))


@require_safe
def design_desk(request: HttpRequest) -> HttpResponse:
    """The components at the desk's density."""
    return page(request, "docs/design_desk.html", **examples.context(), title=_("Bàn làm việc"))


@require_safe
def peek(request: HttpRequest, code: str) -> HttpResponse:
    """What the preview shows for one row of the example list."""
    rows = [row for group in examples.rows() for row in group["rows"]]
    row = next((row for row in rows if row["code"] == code), rows[0])
    return page(request, "docs/peek.html", row=row, wednesday=examples.WEDNESDAY)


@require_safe
def command(request: HttpRequest) -> HttpResponse:
    """What the command bar finds among the example people and verbs."""
    query = request.GET.get("q", "")[:100]
    groups = (
        examples.context()["commands"] if "len" in query.lower() or "tiep" in query.lower() else []
    )
    return page(request, "docs/command.html", groups=groups, query=query)
