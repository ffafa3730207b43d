"""What somebody sees who mistyped too often: how long, and whom to ask. The same for any name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vidan.sites.account.forms import SignInForm
from vidan.sites.pages import page


def locked_out(
    request: HttpRequest, original: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The sign-in page again, with status 429; nothing tells whether such a name exists."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    explanation = _(
        "Đã ghi sai mật khẩu %(times)d lần. Tên này tạm khóa trên máy này %(minutes)d phút. "
        "Cần vào ngay, xin nhờ quản trị đơn vị mở khóa."
    ) % {"times": settings.AXES_FAILURE_LIMIT, "minutes": minutes}
    if request.path != reverse("account_login"):
        form = None
    else:
        form = SignInForm(initial={"login": request.POST.get("login", "")}, request=request)
    response = page(
        request,
        "account/locked_out.html",
        status=settings.AXES_HTTP_RESPONSE_CODE,
        form=form,
        explanation=explanation,
    )
    response["Retry-After"] = str(minutes * 60)
    return response
