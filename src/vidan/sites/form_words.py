"""What a form says where a field has no words of its own: what to do, in the reader's language.

Django's own sentences ("Trường này là bắt buộc.") name no repair, and some are not translated.
"""

from __future__ import annotations

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy, ngettext_lazy


def speak() -> None:
    """Replace the sentences that every form of the process falls back on; called once."""
    forms.Field.default_error_messages["required"] = gettext_lazy("Xin ghi vào ô này.")
    again = gettext_lazy("Xin chọn một mục trong danh sách.")
    forms.ChoiceField.default_error_messages["required"] = again
    forms.ChoiceField.default_error_messages["invalid_choice"] = again
    forms.IntegerField.default_error_messages["invalid"] = gettext_lazy("Xin chỉ ghi chữ số.")
    forms.DateField.default_error_messages["invalid"] = gettext_lazy("Xin ghi ngày như 14/03/2026.")
    reopen = gettext_lazy("Trang này không còn đủ. Xin mở lại rồi ghi lại.")  # hidden keys
    forms.UUIDField.default_error_messages |= {"required": reopen, "invalid": reopen}
    unread = gettext_lazy("Chưa nhận được tệp. Xin chọn lại.")
    forms.FileField.default_error_messages |= {
        "required": gettext_lazy("Xin chọn tệp."),
        "invalid": unread,
        "missing": unread,
        "empty": gettext_lazy("Tệp này trống. Xin chọn lại."),
    }
    validators.MaxLengthValidator.message = ngettext_lazy(
        "Nhiều nhất %(limit_value)d ký tự, đã ghi %(show_value)d. Xin ghi ngắn hơn.",
        "Nhiều nhất %(limit_value)d ký tự, đã ghi %(show_value)d. Xin ghi ngắn hơn.",
        "limit_value",
    )
    validators.MinValueValidator.message = gettext_lazy("Xin ghi số từ %(limit_value)s trở lên.")
    validators.MaxValueValidator.message = gettext_lazy("Xin ghi số không quá %(limit_value)s.")
    validators.ProhibitNullCharactersValidator.message = gettext_lazy(
        "Có ký tự không đọc được. Xin gõ lại."
    )
