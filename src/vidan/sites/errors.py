"""Pages for what went wrong: what is wrong, what to do now, in the reader's words."""

from __future__ import annotations

import logging
import secrets

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from vidan.sites.formats import file_size
from vidan.sites.language import chosen_language

log = logging.getLogger("vidan.incidents")

# No letter or digit that is misread aloud or on paper.
_CLEAR = "2346789BCDFGHJKMPQRTVWXY"


def _explain(
    request: HttpRequest, status: int, title: str, wrong: str, *repairs: str
) -> HttpResponse:
    context = {"title": title, "wrong": wrong, "repairs": repairs}
    content = loader.render_to_string("errors/error.html", context, request)
    return HttpResponse(content, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; what was merely too much becomes the 413 page."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return _explain(
        request,
        400,
        _("Máy chủ không hiểu yêu cầu này"),
        _("Đường dẫn hoặc biểu mẫu gửi lên không đúng dạng. Chưa có gì được lưu."),
        _("Xin quay lại trang trước, tải lại trang rồi làm lại."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: names the reason when the refusal brought one."""
    return _explain(
        request,
        403,
        _("Trang này dành cho vai trò khác"),
        str(exception) or _("Vai trò đang dùng không có quyền mở trang hoặc làm việc này."),
        _("Nếu có nhiều vai trò: đổi vai trò ở góc trên bên phải rồi mở lại."),
        _("Nếu cần quyền này cho công việc: báo người quản trị đơn vị."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same page whether there is nothing or it may not be seen."""
    return _explain(
        request,
        404,
        _("Không có trang này"),
        _("Địa chỉ gõ chưa đúng, hoặc trang đã chuyển đi."),
        _("Xem hồ sơ đã nộp: dùng mã và 6 ký tự trên giấy hẹn."),
        _("Tìm thủ tục: bắt đầu từ trang đầu."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413; also called before any middleware has chosen a language."""
    with translation.override(chosen_language(request)):
        language = translation.get_language() or "vi"
        return _explain(
            request,
            413,
            _("Tệp gửi lên quá lớn"),
            _("Mỗi tệp tối đa %(file)s, mỗi lần gửi tối đa %(all)s. Lần gửi vừa rồi chưa được lưu.")
            % {
                "file": file_size(settings.VIDAN_MAX_FILE, language),
                "all": file_size(settings.VIDAN_MAX_REQUEST, language),
            },
            _("Chụp lại với cỡ ảnh nhỏ hơn, hoặc quét ở 200 dpi."),
            _("Nhiều tệp: gửi làm nhiều lần."),
        )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that came from an old page, or from a browser that keeps no cookies."""
    log.info("form refused: %s", reason)
    return _explain(
        request,
        403,
        _("Trang đã mở quá lâu, xin mở lại"),
        _("Vì an toàn, biểu mẫu của lần mở trước không còn nhận được. Lần gửi này chưa được lưu."),
        _("Quay lại trang trước, tải lại trang rồi gửi lần nữa."),
        _("Nếu vẫn gặp trang này: cho phép trình duyệt giữ cookie của trang."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: depends on nothing that may be broken; its number stands in the log beside the cause."""
    number = _incident()
    log.error("incident %s: %s %s", number, request.method, request.path, exc_info=True)
    content = (
        _STATIC.replace("{number}", number)
        .replace("{css}", escape(f"{settings.STATIC_URL}vd/css/face.css"))
        .replace("{path}", escape(request.path))
    )
    return HttpResponse(content, status=500, headers={"Cache-Control": "no-store"})


def _incident() -> str:
    """An incident number to read over the telephone: ``SC-7K2M-9QFX``."""
    part = ["".join(secrets.choice(_CLEAR) for _each in range(4)) for _group in range(2)]
    return "SC-" + "-".join(part)


_STATIC = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>Máy chủ gặp sự cố · Vì Dân</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="{css}">
</head>
<body>
<header class="head">
  <div class="head__in"><span class="seal" aria-hidden="true">VÌ<br>DÂN</span>
  <p class="head__org"><span class="head__unit">Vì Dân</span> Phục vụ hành chính công</p></div>
  <div class="band"></div>
</header>
<main class="portal-main portal-main--calm" id="main">
  <h1>Máy chủ gặp sự cố</h1>
  <p class="lead-text reading">Lỗi do chúng tôi, không do ông/bà. Hồ sơ đã tiếp nhận vẫn còn nguyên;
  việc vừa làm có thể chưa được lưu.</p>
  <div class="note reading section"><ul class="steps">
    <li>Xin thử lại sau một phút: <a href="{path}">mở lại trang này</a>.</li>
    <li>Nếu vẫn vậy, xin đọc số sự cố này cho quầy hoặc người quản trị:
    <b class="num nb">{number}</b></li>
  </ul></div>
  <p class="lead-text reading" lang="en">Something broke on our side. Nothing already received is
  lost. Please try again in a minute, or quote the number above.</p>
</main>
</body>
</html>
"""
