"""Following a dossier: the code and the six characters on the slip open its public page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vidan.authorities import queries as authorities
from vidan.authorities.rules.lunar import lunar_of
from vidan.dossiers.actions.tracking import Dossier, LookUpRefused, TooManyLookUps, look_up
from vidan.dossiers.queries.tracking import tracked
from vidan.dossiers.rules import codes
from vidan.dossiers.rules.intake import ReturnBy
from vidan.kernel import clock
from vidan.letters.rules.wording import fingerprint
from vidan.people import queries as people
from vidan.people.rules.roles import Role
from vidan.sites.account.addresses import client_address
from vidan.sites.pages import url
from vidan.sites.portal import follow
from vidan.sites.portal.where import here, portal_page

WAIT_SECONDS = 15 * 60
SHORT = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class LookUpForm(forms.Form):
    """Code and six characters, as printed on the slip."""

    code = forms.CharField(
        label=gettext_lazy("Mã hồ sơ trên giấy hẹn"),
        max_length=60,
        error_messages={
            "required": gettext_lazy("Xin ghi mã hồ sơ, in ở đầu giấy hẹn."),
            "max_length": gettext_lazy("Mã này quá dài. Mã có dạng H15.158-261123-0021."),
        },
        widget=forms.TextInput(attrs=SHORT),
    )
    secret = forms.CharField(
        label=gettext_lazy("6 ký tự in dưới mã"),
        max_length=40,
        error_messages={
            "required": gettext_lazy("Xin ghi 6 ký tự in dưới mã hồ sơ."),
            "max_length": gettext_lazy("Chỉ 6 ký tự in dưới mã, không ghi thêm."),
        },
        widget=forms.TextInput(attrs=SHORT),
    )

    # The names that the QR code on the slip uses.
    NAMES = {"code": "ma", "secret": "khoa"}

    def add_prefix(self, field_name: str) -> str:
        return self.NAMES.get(field_name, field_name)

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        try:
            return str(codes.parse(typed))
        except codes.CodeRefused:
            raise forms.ValidationError(
                _("Mã hồ sơ có dạng H15.158-261123-0021. Xin xem lại trên giấy hẹn.")
            ) from None

    def clean_secret(self) -> str:
        typed: str = self.cleaned_data["secret"]
        found = len(codes.tidy_secret(typed))
        if found != codes.SECRET_LENGTH:
            raise forms.ValidationError(
                _("Có %(length)s ký tự in dưới mã. Ông/bà đã nhập %(typed)s.")
                % {"length": codes.SECRET_LENGTH, "typed": found}
            )
        return typed


@sensitive_post_parameters("khoa")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The form; with code and characters, posted or from the slip's QR code, the dossier."""
    if request.method != "POST" and "khoa" not in request.GET:
        return _ask(request, LookUpForm(initial={"code": request.GET.get("ma", "")[:60]}))
    form = LookUpForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return _ask(request, form, status=422)
    now = clock.now()
    try:
        dossier = look_up(
            form.cleaned_data["code"],
            form.cleaned_data["secret"],
            origin=client_address(request),
            at=now,
        )
    except LookUpRefused as refusal:
        form.add_error(None, refusal.explanation)
        return _ask(request, form, status=429 if isinstance(refusal, TooManyLookUps) else 422)
    return _show(request, dossier, now)


def _ask(request: HttpRequest, form: LookUpForm, *, status: int = 200) -> HttpResponse:
    answer = portal_page(
        request,
        "portal/track_form.html",
        here(request).unit,
        status=status,
        form=form,
        back_here=_address(str(form["code"].value() or "")),
    )
    if status == 429:
        answer["Retry-After"] = str(WAIT_SECONDS)
    # The address behind a slip's QR code holds the characters: it must not reach other sites. With
    # "no-referrer" this page's form could no longer show that it comes from us.
    answer["Referrer-Policy"] = "same-origin"
    return _private(answer)


def _show(request: HttpRequest, dossier: Dossier, now: datetime) -> HttpResponse:
    shown = tracked(dossier, now=now)
    unit = authorities.current_of(dossier.unit, now.date())
    by_post = dossier.return_by == ReturnBy.POST
    when = follow.when(shown, now, by_post=by_post)
    places = people.places_of(unit.pk, Role.RETURNER, now)
    counters = ", ".join(place.replace(" ", "\N{NO-BREAK SPACE}") for place in places)
    # A change of language comes back to the reader's own address, or to the form.
    own: dict[str, Any] = {} if request.method != "POST" else {"back_here": _address(shown.code)}
    answer = portal_page(
        request,
        "portal/tracked.html",
        unit,
        shown=shown,
        fingerprint=fingerprint(bytes.fromhex(shown.first_hash)),
        when=when,
        lunar=lunar_of(when.at.date()),
        received_by=authorities.display_name(dossier.unit) if unit != dossier.unit else "",
        sheets=follow.sheets(shown.why),
        unchanged=dossier.due_at == dossier.original_due_at,
        nodes=follow.thread(shown, now, "" if by_post else counters),
        money=follow.money(shown, dossier.procedure_version.says.fee),
        counter=counters,
        **own,
    )
    answer["Referrer-Policy"] = "no-referrer"
    return _private(answer)


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _address(code: str) -> str:
    """The form with the code filled in; the six characters stand in no address of ours."""
    query = f"?{urlencode({'ma': code})}" if code else ""
    return url("portal:track") + query
