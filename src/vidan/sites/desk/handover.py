"""Trả kết quả: to whom, and how we know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from vidan.dossiers import access, actions
from vidan.dossiers.actions.refusals import ProofMissing, Refused
from vidan.dossiers.queries.page import DossierPage
from vidan.dossiers.rules.intake import HandOverProof
from vidan.dossiers.rules.lifecycle import Action, Step
from vidan.kernel import clock, files
from vidan.payments import queries as bills
from vidan.sites.account.guards import SignedInRequest, signed_in
from vidan.sites.desk import opened, words
from vidan.sites.desk.dossier import seen_version
from vidan.sites.pages import page, url

PROOFS = ("secret", "citizen_id", "signature")


class HandOverForm(forms.Form):
    """Who takes the result, and by what we know them."""

    recipient = forms.ChoiceField(
        label=_("Người nhận"),
        choices=[
            ("applicant", _("Người nộp hồ sơ")),
            ("authorised", _("Người được ủy quyền nhận")),
            ("bearer", _("Người cầm giấy hẹn")),
        ],
        widget=forms.RadioSelect,
        initial="applicant",
    )
    name = forms.CharField(
        label=_("Họ và tên người nhận"),
        max_length=120,
        error_messages={"required": _("Ghi họ tên người nhận kết quả.")},
    )
    authority = forms.CharField(
        label=_("Giấy ủy quyền"),
        help_text=_("Số, ngày, ai lập. Chỉ ghi khi nhận thay."),
        max_length=200,
        required=False,
    )
    method = forms.ChoiceField(
        label=_("Căn cứ giao"),
        choices=[
            ("secret", _("6 ký tự trên giấy hẹn")),
            ("citizen_id", _("Thẻ căn cước của người nộp")),
            ("signature", _("Phiếu giao nhận đã ký, chụp lại")),
        ],
        widget=forms.RadioSelect,
        initial="secret",
    )
    secret = forms.CharField(
        label=_("6 ký tự trên giấy hẹn"),
        max_length=20,
        error_messages={"required": _("Ghi 6 ký tự in dưới mã trên giấy hẹn.")},
    )
    citizen_id = forms.CharField(
        label=_("Số căn cước"),
        max_length=200,
        error_messages={"required": _("Quét thẻ hoặc ghi 12 chữ số của thẻ căn cước.")},
    )
    signature = forms.FileField(
        label=_("Ảnh phiếu đã ký"),
        error_messages={"required": _("Chụp phiếu giao nhận đã ký.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in PROOFS:  # of the three proofs only the chosen one is asked for
            if name != cleaned.get("method"):
                self.errors.pop(name, None)
                cleaned.setdefault(name, "")
        if cleaned.get("recipient") == "authorised" and not cleaned.get("authority"):
            self.add_error("authority", gettext("Ghi giấy ủy quyền: số, ngày, ai lập."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show(request: SignedInRequest, code: str) -> HttpResponse:
    """The form of the hand-over, and the verb."""
    shown = opened.open_page(request, code, purpose="hand-over")
    if shown.dossier.step != Step.READY.value and request.method != "POST":
        return HttpResponseRedirect(url("desk:dossier", code))
    if request.method != "POST":
        name = str(shown.dossier.applicant_person or shown.dossier.declared_by or "")
        return _answer(request, shown, HandOverForm(initial={"name": name}))
    form = HandOverForm(request.POST, request.FILES)
    if not form.is_valid():
        return _answer(request, shown, form, status=422)
    try:
        proof = _proof(form.cleaned_data)
        actions.hand_over(
            code, officer=request.user, seen=seen_version(request), proof=proof, at=clock.now()
        )
    except access.DossierNotFound:
        raise Http404 from None
    except files.FileRefused as refusal:
        form.add_error("signature", refusal.explanation)
        return _answer(request, shown, form, status=422)
    except access.NotAllowed as refusal:
        form.add_error(None, refusal.explanation)
        return _answer(request, shown, form, status=403)
    except ProofMissing as refusal:
        form.add_error(form.cleaned_data["method"], refusal.explanation)
        return _answer(request, shown, form, status=409)
    except Refused as refusal:
        form.add_error(None, refusal.explanation)
        return _answer(request, shown, form, status=409)
    messages.success(request, str(words.DONE[Action.HAND_OVER]) % {"code": code})
    return HttpResponseRedirect(url("desk:returns"))


def _proof(cleaned: dict[str, Any]) -> HandOverProof:
    upload = cleaned["signature"] if cleaned["method"] == "signature" else None
    stored = files.store(files.check_upload(upload), at=clock.now()) if upload else None
    return HandOverProof(
        recipient=cleaned["recipient"],
        name=cleaned["name"],
        method=cleaned["method"],
        secret=cleaned["secret"],
        citizen_id=cleaned["citizen_id"].split("|")[0],
        signature=stored.id if stored else None,
        authority=cleaned["authority"],
    )


def _answer(
    request: SignedInRequest, shown: DossierPage, form: HandOverForm, status: int = 200
) -> HttpResponse:
    # After a refused field the page keeps the version it was drawn from; otherwise it is fresh.
    seen = seen_version(request) if status == 422 else shown.dossier.version
    return page(
        request,
        "desk/hand_over.html",
        status=status,
        shown=shown,
        dossier=shown.dossier,
        says=shown.dossier.procedure_version.says,
        bill=bills.bill_of(shown.dossier),
        form=form,
        seen=seen,
    )
