"""The forms of signing in, in our words; allauth does the work behind them."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vidan.kernel import clock
from vidan.people import actions

LONGEST = 128


def _word(form: forms.Form, name: str, label: Any, needed: Any, **attributes: str) -> None:
    field = form.fields[name]
    field.label, field.help_text = label, ""
    field.error_messages["required"] = needed
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(account.LoginForm):  # type: ignore[misc]
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self, "login", _("Tên đăng nhập"), _("Xin ghi tên đăng nhập."),
            autocomplete="username", autocapitalize="none", spellcheck="false",
        )  # fmt: skip
        _word(
            self, "password", _("Mật khẩu"), _("Xin ghi mật khẩu."), autocomplete="current-password"
        )
        self.fields["login"].max_length = 60
        self.fields["password"].max_length = LONGEST

    def clean_login(self) -> str:
        # One name, one count of failures, however it was written.
        return str(super().clean_login()).lower()

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if len(password) > LONGEST:
            raise ValidationError(_("Mật khẩu dài quá %d ký tự.") % LONGEST)
        return password

    def clean(self) -> Any:
        cleaned = super().clean()
        user = self.user
        until = getattr(user, "initial_password_until", None)
        if user is not None and until is not None and until <= clock.now():
            raise ValidationError(
                _("Mật khẩu lần đầu đã hết hạn. Xin nhờ quản trị đơn vị cấp lại.")
            )
        return cleaned


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """The one in use, and the new one; shown while typing if wished, so it is asked only once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _word(
            self, "oldpassword", _("Mật khẩu đang dùng"), _("Xin ghi mật khẩu đang dùng."),
            autocomplete="current-password",
        )  # fmt: skip
        _word(
            self, "password1", _("Mật khẩu mới"), _("Xin ghi mật khẩu mới."),
            autocomplete="new-password",
        )  # fmt: skip
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        if password == self.data.get(self.add_prefix("oldpassword")):
            raise ValidationError(_("Mật khẩu mới phải khác mật khẩu đang dùng."))
        return password

    def save(self) -> None:
        super().save()
        actions.password_changed(user_id=self.user.pk, at=clock.now())


class PasswordAgainForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self, "password", _("Mật khẩu"), _("Xin ghi mật khẩu."), autocomplete="current-password"
        )


class _OneTime:
    """A code from the app counts once, on every process of ours (ASVS 5.0, 6.5.1)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self)

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        authenticator: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if not actions.spend_code(authenticator_id=authenticator.pk, code=code):
            raise ValidationError(_("Mã này đã dùng rồi. Xin đợi mã mới."))
        return code


def _word_code(form: Any) -> None:
    _word(
        form, "code", _("Mã xác nhận"), _("Xin ghi mã xác nhận."),
        inputmode="numeric", autocomplete="one-time-code", spellcheck="false",
    )  # fmt: skip
    form.fields["code"].max_length = 20


class CodeForm(_OneTime, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in: a code from the app, or a recovery code."""


class CodeAgainForm(_OneTime, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before something delicate."""


class ActivateAppForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code from the app proves that it was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self)


class AddKeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A security key or the device's own lock."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Tên khóa")
        self.fields["credential"].error_messages["required"] = _("Chưa nhận được khóa.")


class RenameKeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "name", _("Tên khóa"), _("Xin ghi tên khóa."))
