"""In: the slip, the fee receipt and the hand-over sheet, looked at and printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vidan.dossiers import access
from vidan.dossiers.rules.lifecycle import Step
from vidan.kernel import clock, pictures
from vidan.letters import actions as letters
from vidan.letters import compose, press
from vidan.letters.actions import Printout
from vidan.letters.rules.papers import FeeReceipt, HandOverSlip, Kind, ReceiptLine, Result
from vidan.payments import queries as bills
from vidan.people.rules.roles import Role
from vidan.sites import amounts
from vidan.sites.account.guards import SignedInRequest, signed_in
from vidan.sites.desk import opened
from vidan.sites.pages import page, url

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper of the print page: its address part, its title, how many pages."""

    kind: str
    title: str
    pages: int


def _slip(request: SignedInRequest, code: str) -> Printout:
    return letters.print_receipt_slip(code, officer=request.user, at=clock.now())


def _receipt(request: SignedInRequest, code: str) -> Printout:
    return letters.print_paper(
        code,
        Kind.FEE_RECEIPT,
        lambda: fee_receipt(request, code),
        officer=request.user,
        at=clock.now(),
    )


def fee_receipt(request: SignedInRequest, code: str) -> FeeReceipt:
    """The receipt's values, from the bill and the dossier; 404 while nothing is paid."""
    dossier = access.dossier_for(request.capacities, code, at=clock.now(), purpose=Kind.FEE_RECEIPT)
    bill = bills.bill_of(dossier)
    receipt = bill.receipt
    if receipt is None:
        raise Http404(_("Chưa thu tiền nên chưa có biên lai."))
    payer = dossier.declared_by or dossier.applicant_person or dossier.applicant_organisation
    fee = dossier.procedure_version.says.fee
    return FeeReceipt(
        head=compose.letterhead_of(dossier.unit, at=receipt.paid_at),
        tax_code=settings.VIDAN_TAX_CODE,
        symbol="",
        serial=receipt.series,
        number=receipt.shown_number,
        payer=str(payer),
        payer_address=payer.address if payer else "",
        lines=tuple(ReceiptLine(f"{fee.name}: {x.label}", x.formula, x.amount) for x in bill.lines),
        total=bill.total,
        total_words=_capital(amounts.in_words(bill.total)),
        method="Tiền mặt",
        paid_at=receipt.paid_at.astimezone(clock.ZONE),
        collector=receipt.cashier.full_name,
        code=dossier.code,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _hand_over(request: SignedInRequest, code: str) -> Printout:
    """The sheet to sign before the result is given; what is kept is the signed one, scanned."""
    shown = opened.open_page(request, code, purpose=Kind.HAND_OVER_SLIP)
    dossier = shown.dossier
    if dossier.step != Step.READY.value:
        raise Http404(_("Phiếu giao nhận in khi hồ sơ có kết quả, trước lúc trả."))
    at = clock.now()
    recipient = request.GET.get("nguoi", "").strip()[:120] or str(
        dossier.declared_by or dossier.applicant_person or ""
    )
    paper = HandOverSlip(
        head=compose.letterhead_of(dossier.unit, at=at),
        code=dossier.code,
        applicant=str(dossier.applicant_person or dossier.applicant_organisation),
        request=dossier.procedure_version.says.short_name,
        results=tuple(
            Result(
                f"Bản sao chứng thực {paper.label}",
                f"{paper.register_number}/{paper.register_year}",
                paper.copies,
            )
            for paper in shown.papers
        ),
        recipient=recipient,
        capacity="Người nhận kết quả",
        identified_by="Ký nhận trực tiếp",
        handed_over_at=at,
        officer=request.user.full_name,
        due_at=dossier.due_at.astimezone(clock.ZONE),
    )
    return Printout(f"Phiếu giao nhận {code}.pdf", press.pdf(paper))


MAKERS: dict[str, Callable[[SignedInRequest, str], Printout]] = {
    "giay-hen": _slip,
    "bien-lai": _receipt,
    "giao-nhan": _hand_over,
}


def _made(request: SignedInRequest, code: str, kind: str) -> Printout:
    try:
        return MAKERS[kind](request, code)
    except (KeyError, access.DossierNotFound, access.NotAllowed):
        raise Http404 from None


@require_safe
@signed_in
def show(request: SignedInRequest, code: str) -> HttpResponse:
    """What was just made, as pages to look at; F8 prints, F9 takes the next person."""
    shown = opened.open_page(request, code, purpose="print")
    chosen = request.GET.get("to", "giay-hen")
    bill = bills.bill_of(shown.dossier)
    if chosen not in MAKERS or (chosen == "bien-lai" and bill.receipt is None):
        chosen = "giay-hen"
    printout = _made(request, code, chosen)
    sheets = [
        {
            "kind": "giay-hen",
            "label": _("Giấy tiếp nhận và hẹn trả"),
            "current": chosen == "giay-hen",
        }
    ]
    if bill.receipt is not None:
        sheets.append(
            {"kind": "bien-lai", "label": _("Biên lai thu phí"), "current": chosen == "bien-lai"}
        )
    if shown.dossier.step == Step.READY.value:
        sheets.append(
            {"kind": "giao-nhan", "label": _("Phiếu giao nhận"), "current": chosen == "giao-nhan"}
        )
    pages = pictures.pages_in(printout.data)
    return page(
        request,
        "desk/print.html",
        shown=shown,
        dossier=shown.dossier,
        title=next(sheet["label"] for sheet in sheets if sheet["current"]),
        tabs=[{**s, "href": f"{url('desk:print', code)}?to={s['kind']}"} for s in sheets],
        pdf=url("desk:print-pdf", code, chosen),
        pages=[url("desk:print-page", code, chosen, n + 1) for n in range(pages)],
        may_receive=any(post.role is Role.RECEPTIONIST for post in request.capacities),
    )


@require_safe
@signed_in
def pdf(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The paper itself, to be printed by the browser."""
    printout = _made(request, code, kind)
    answer = HttpResponse(printout.data, content_type=printout.media_type)
    answer["Content-Disposition"] = f'inline; filename="{code}-{kind}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@signed_in
def picture(request: SignedInRequest, code: str, kind: str, number: int) -> HttpResponse:
    """One page of the paper as a picture."""
    printout = _made(request, code, kind)
    try:
        drawn = pictures.of_pdf(printout.data, number, width=WIDTH)
    except pictures.NoSuchPage:
        raise Http404 from None
    answer = HttpResponse(drawn, content_type="image/png")
    answer["Cache-Control"] = "no-store"
    return answer
