"""The forms of the intake page: the dossier's own fields, and a line per original."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.forms import BaseFormSet, formset_factory
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vidan.dossiers.rules.intake import PaperLine, ReturnBy
from vidan.procedures.rules.fees import MOST_COPIES, MOST_PAGES
from vidan.procedures.rules.specification import AgreedExtension

MOST_LINES = 25
_SCANS = "vidan.intake.scans"


class IntakeForm(forms.Form):
    """What belongs to the whole dossier."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    visit = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=gettext_lazy("Nơi tiếp nhận"), widget=forms.Select)
    whom = forms.ChoiceField(
        label=gettext_lazy("Hồ sơ của"),
        choices=[
            ("self", gettext_lazy("Chính người đến nộp")),
            ("other", gettext_lazy("Người khác ủy quyền")),
            ("organisation", gettext_lazy("Tổ chức")),
        ],
        widget=forms.RadioSelect,
        initial="self",
    )
    authority = forms.CharField(
        label=gettext_lazy("Giấy ủy quyền, giấy giới thiệu"),
        help_text=gettext_lazy("Số, ngày, ai lập. Ví dụ: Giấy ủy quyền lập ngày 20/11/2026"),
        max_length=200,
        required=False,
    )
    agreed_days = forms.TypedChoiceField(
        label=gettext_lazy("Thỏa thuận hẹn thêm"), coerce=int, required=False, empty_value="0"
    )
    agreed_ground = forms.ChoiceField(label=gettext_lazy("Căn cứ hẹn thêm"), required=False)
    return_by = forms.ChoiceField(
        label=gettext_lazy("Trả kết quả"),
        choices=[
            (ReturnBy.COUNTER.value, gettext_lazy("Tại quầy")),
            (ReturnBy.POST.value, gettext_lazy("Bưu chính công ích")),
        ],
        widget=forms.RadioSelect,
        initial=ReturnBy.COUNTER.value,
    )
    return_address = forms.CharField(
        label=gettext_lazy("Địa chỉ gửi bưu chính"), max_length=250, required=False
    )
    cash = forms.ChoiceField(
        label=gettext_lazy("Thu tiền"),
        choices=[
            ("now", gettext_lazy("Tiền mặt, in biên lai")),
            ("later", gettext_lazy("Thu sau, trước khi trả kết quả")),
        ],
        widget=forms.RadioSelect,
        initial="now",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        units: list[tuple[str, str]],
        extension: AgreedExtension | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices("unit", units)
        most = extension.most_days if extension else 0
        days = [("0", _("Không, trả theo hạn của luật"))]
        days += [(str(n), _("Thêm %(n)s ngày làm việc") % {"n": n}) for n in range(1, most + 1)]
        self._choices("agreed_days", days)
        grounds = extension.grounds if extension else ()
        self._choices("agreed_ground", [("", _("Chọn căn cứ")), *((g, g) for g in grounds)])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if int(cleaned.get("agreed_days") or 0) and not cleaned.get("agreed_ground"):
            self.add_error("agreed_ground", _("Chọn căn cứ để hẹn thêm ngày."))
        if cleaned.get("return_by") == ReturnBy.POST.value and not cleaned.get("return_address"):
            self.add_error("return_address", _("Ghi địa chỉ để bưu chính gửi kết quả."))
        return cleaned


class WholeNumber(forms.IntegerField):
    """Digits and nothing else: "1.000" is a thousand to the one who typed it, never a one."""

    def to_python(self, value: Any) -> int | None:
        typed = str(value or "").strip()
        if typed and not (typed.isascii() and typed.removeprefix("-").isdigit()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(typed)


def _whole(label: Any, most: int, *, missing: Any) -> WholeNumber:
    # Put together when it is shown: a lazy text that is filled in at once speaks one language.
    say: Any = lazy(lambda: _("Ghi số từ 1 đến %(most)s, chỉ dùng chữ số.") % {"most": most}, str)
    wrong = say()
    return WholeNumber(
        label=label,
        min_value=1,
        max_value=most,
        widget=forms.TextInput,
        error_messages={
            "required": missing,
            "invalid": wrong,
            "min_value": wrong,
            "max_value": wrong,
        },
    )


class PaperForm(forms.Form):
    """One original: what it is, pages, copies, seen, scanned."""

    shown = forms.BooleanField(
        label=gettext_lazy("Đã đối chiếu bản chính"),
        error_messages={"required": gettext_lazy("Đối chiếu bản chính rồi đánh dấu.")},
    )
    label = forms.CharField(
        label=gettext_lazy("Bản chính"),
        max_length=200,
        error_messages={"required": gettext_lazy("Xin ghi tên giấy tờ.")},
    )
    pages = _whole(
        gettext_lazy("Trang"), MOST_PAGES, missing=gettext_lazy("Xin ghi số trang bản chính.")
    )
    copies = _whole(
        gettext_lazy("Bản"), MOST_COPIES, missing=gettext_lazy("Xin ghi số bản cần sao.")
    )
    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    @property
    def upload_name(self) -> str:
        """The name of this line's file input; files are kept before the form is checked."""
        return self.add_prefix("scan")


class PapersFormSet(BaseFormSet[PaperForm]):
    """The lines that have something in them, in order; an untouched last line is left out."""

    def filled(self) -> list[PaperForm]:
        return [form for form in self.forms if any(form[name].data for name in form.fields)]


PaperLines: type[PapersFormSet] = formset_factory(  # type: ignore[assignment]  # of our class
    PaperForm,
    formset=PapersFormSet,
    extra=0,
    min_num=1,
    max_num=MOST_LINES,
    absolute_max=MOST_LINES,
)


def keep_scans(files: list[UUID], *, owner: str) -> str:
    """The scans of a line as a signed text for a hidden field: nobody can name another's file."""
    return signing.dumps([str(f) for f in files], salt=f"{_SCANS}:{owner}", compress=True)


def kept_scans(text: str, *, owner: str) -> list[UUID]:
    """The scans a hidden field carries; a changed or foreign text carries none."""
    if not text:
        return []
    try:
        found = signing.loads(text, salt=f"{_SCANS}:{owner}", max_age=24 * 3600)
    except signing.BadSignature:
        return []
    return [UUID(value) for value in found]


def line_of(cleaned: dict[str, Any], *, owner: str) -> PaperLine:
    """A checked form as the value the verb takes."""
    return PaperLine(
        label=" ".join(cleaned["label"].split()),
        pages=cleaned["pages"],
        copies=cleaned["copies"],
        scans=tuple(kept_scans(cleaned["kept"], owner=owner)),
    )


def fresh() -> dict[str, Any]:
    """The initial values of an empty intake: its own key and a visit of its own."""
    return {"key": uuid4(), "visit": uuid4()}
