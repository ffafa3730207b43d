"""What allauth asks us about: our words, our addresses, our encryption."""

from __future__ import annotations

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vidan.kernel import clock, crypto
from vidan.people import access, actions, queries
from vidan.people.rules.roles import NEEDS_SECOND_FACTOR
from vidan.sites.account import addresses

_MESSAGES: dict[str, str | Promise] = {
    "account/messages/password_changed.txt": gettext_lazy("Đã đổi mật khẩu."),
    "account/messages/logged_out.txt": gettext_lazy("Đã đăng xuất."),
    "mfa/messages/totp_activated.txt": gettext_lazy("Đã bật xác nhận hai bước."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Đã tắt ứng dụng xác thực."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy("Đã tạo mã dự phòng."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("Đã thêm khóa bảo mật."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("Đã gỡ khóa bảo mật."),
    "usersessions/messages/sessions_logged_out.txt": gettext_lazy("Đã kết thúc các phiên khác."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Staff accounts: made by an administrator, named by a user name, without e-mail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("Tài khoản này đã ngừng."),
        "enter_current_password": gettext_lazy("Mật khẩu đang dùng chưa đúng."),
        "incorrect_password": gettext_lazy("Mật khẩu chưa đúng."),
        "invalid_login": gettext_lazy("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "username_password_mismatch": gettext_lazy("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "too_many_login_attempts": gettext_lazy(
            "Có quá nhiều lần đăng nhập sai. Xin đợi 15 phút rồi thử lại."
        ),
        "rate_limited": gettext_lazy("Thao tác quá nhanh. Xin đợi một phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return addresses.client_address(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or _MESSAGES.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Write the sign-in down and tell its owner about the one before (ASVS 5.0, 6.3.5)."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        before = actions.note_sign_in(
            user_id=user.pk,
            address=addresses.client_address(request),
            device=addresses.device_name(request.META.get("HTTP_USER_AGENT", "")),
            at=clock.now(),
        )
        if before is not None:
            when = f"{before.at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"
            words = _("Lần đăng nhập trước: %(when)s, %(device)s.")
            messages.info(request, words % {"when": when, "device": before.device})
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Dùng mật khẩu"),
            "mfa_reauthenticate": _("Dùng mã xác nhận"),
            "mfa_reauthenticate:webauthn": _("Dùng khóa bảo mật"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets encrypted at rest; a QR code that our content policy allows; our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Vai trò hiện nay cần xác nhận hai bước nên không tắt được. Thêm cách khác rồi hãy gỡ."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Xin bật xác nhận hai bước trước."),
        "incorrect_code": gettext_lazy("Mã chưa đúng hoặc đã dùng. Xin đợi mã mới rồi ghi lại."),
    }

    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(bytes.fromhex(encrypted_text))

    def build_totp_svg(self, url: str) -> str:
        return str(segno.make(url, error="m").svg_inline(scale=5, border=4))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor of somebody whose role needs one stays."""
        if settings.VIDAN_SECOND_FACTOR != "required":
            return True
        held = {c.role for c in access.capacities(authenticator.user, clock.now())}
        if not held & NEEDS_SECOND_FACTOR:
            return True
        return queries.second_factors(authenticator.user) > 1

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count: int = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Khóa %d") % (count + 1)
