"""Forms of staff administration. Days in, moments out: a post ends when its last day is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vidan.kernel.clock import ZONE
from vidan.people.access import User
from vidan.people.rules.roles import NAMES, Role

DAY_FORMATS = ["%d/%m/%Y", "%d%m%Y", "%d-%m-%Y", "%Y-%m-%d"]
_WRONG_DAY = gettext_lazy("Xin ghi ngày như 14/03/2026.")


def starts(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(0), tzinfo=ZONE)


def ends(day: date) -> datetime:
    """The moment after a day is over."""
    return starts(day + timedelta(days=1))


def _day(label: Any, **more: Any) -> forms.DateField:
    needed = {"required": _WRONG_DAY, "invalid": _WRONG_DAY}
    return forms.DateField(label=label, input_formats=DAY_FORMATS, error_messages=needed, **more)


class RoleForm(forms.Form):
    """A role at the unit, from a day on."""

    role = forms.ChoiceField(
        label=gettext_lazy("Vai trò"),
        error_messages={
            "required": gettext_lazy("Xin chọn vai trò."),
            "invalid_choice": gettext_lazy("Xin chọn vai trò trong danh sách."),
        },
    )
    place = forms.CharField(
        label=gettext_lazy("Chỗ làm việc"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Ví dụ quầy 2."),
    )
    valid_from = _day(gettext_lazy("Từ ngày"), required=False)
    valid_to = _day(gettext_lazy("Đến hết ngày"), required=False)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Chọn vai trò"))] + [(role.value, _(NAMES[role])) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def begins(self, at: datetime) -> datetime:
        """The moment the post begins: now, where the day is today or left empty."""
        day: date | None = self.cleaned_data["valid_from"]
        return at if day is None or day == at.date() else starts(day)

    def ends(self) -> datetime | None:
        day: date | None = self.cleaned_data["valid_to"]
        return ends(day) if day else None


class HireForm(RoleForm):
    """A new account with its first post."""

    full_name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=120,
        error_messages={"required": gettext_lazy("Xin ghi họ tên cán bộ.")},
    )
    username = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        max_length=40,
        help_text=gettext_lazy("Chữ thường không dấu, chữ số, dấu chấm hoặc gạch. Không đổi được."),
        error_messages={"required": gettext_lazy("Xin ghi tên đăng nhập.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    field_order = ("full_name", "username", "role", "place", "valid_from")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["valid_to"]


class TakeOnForm(RoleForm):
    """A post for somebody who has an account already, at another unit."""

    username = forms.CharField(
        label=gettext_lazy("Tên đăng nhập đang dùng"),
        max_length=40,
        error_messages={"required": gettext_lazy("Xin ghi tên đăng nhập.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    field_order = ("username", "role", "place", "valid_from", "valid_to")


class DelegateForm(forms.Form):
    """A leader's post lent to a colleague for some days."""

    post = forms.TypedChoiceField(label=gettext_lazy("Vai trò ủy quyền"), coerce=int)
    to = forms.TypedChoiceField(
        label=gettext_lazy("Người được ủy quyền"),
        coerce=int,
        error_messages={"required": gettext_lazy("Xin chọn người được ủy quyền.")},
    )
    document = forms.CharField(
        label=gettext_lazy("Số văn bản ủy quyền"),
        max_length=120,
        help_text=gettext_lazy("Ví dụ 12/GUQ-UBND."),
        error_messages={"required": gettext_lazy("Xin ghi số văn bản ủy quyền.")},
    )
    valid_from = _day(gettext_lazy("Từ ngày"))
    valid_to = _day(gettext_lazy("Đến hết ngày"))

    def __init__(
        self,
        *args: Any,
        posts: Iterable[tuple[int, str]],
        colleagues: Iterable[User],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [("", _("Chọn người"))] + [(one.pk, one.full_name) for one in colleagues]
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]
        self.fields["to"].choices = people  # type: ignore[attr-defined]
