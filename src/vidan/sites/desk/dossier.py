"""One dossier: its page, its verbs, its scans."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vidan.dossiers import access, actions
from vidan.dossiers.actions.refusals import Refused
from vidan.dossiers.queries import page as queries
from vidan.dossiers.rules.lifecycle import Action, Step
from vidan.kernel import clock, files
from vidan.payments import actions as payments
from vidan.payments import queries as bills
from vidan.people.rules.roles import Role
from vidan.sites.account.guards import SignedInRequest, signed_in
from vidan.sites.desk import opened, words
from vidan.sites.pages import page, url

Verb = Callable[..., object]
# Verbs whose button needs nothing but the version it saw; the others have a form of their own.
VERBS: dict[Action, Verb] = {
    Action.START: actions.start,
    Action.PROPOSE: actions.propose,
    Action.APPROVE: actions.approve,
    Action.TAKE_BACK: actions.take_back,
    Action.ISSUE: actions.issue,
}


@require_safe
@signed_in
def show(request: SignedInRequest, code: str) -> HttpResponse:
    """The dossier as it is now."""
    return _show(request, code)


def _show(
    request: SignedInRequest, code: str, *, refusal: str = "", note: str = "", status: int = 200
) -> HttpResponse:
    shown = opened.open_page(request, code, purpose="dossier")
    dossier = shown.dossier
    now = clock.now()
    due = dossier.due_at.astimezone(clock.ZONE)
    open_step = dossier.finished_at is None
    roles = {post.role for post in request.capacities if post.unit.pk == dossier.unit_id}
    return page(
        request,
        "desk/dossier.html",
        status=status,
        shown=shown,
        dossier=dossier,
        says=dossier.procedure_version.says,
        bill=bills.bill_of(dossier),
        buttons=words.buttons(shown.actions),
        thread=words.thread_nodes(shown.thread),
        chip=words.due_chip(
            due=due,
            step=Step(dossier.step),
            late=open_step and due < now,
            today=open_step and due >= now and due.date() == now.date(),
        ),
        due=due,
        step_name=queries.step_name(Step(dossier.step)),
        may_take_cash=Role.CASHIER in roles and dossier.fee_paid < dossier.fee_due,
        refusal=refusal,
        note=note,
    )


@require_POST
@signed_in
def move(request: SignedInRequest, code: str, verb: str) -> HttpResponse:
    """A verb's button. A stale or refused click shows the page as it is now, and why."""
    try:
        action = Action(verb)
        act = VERBS[action]
    except (ValueError, KeyError):
        raise Http404 from None
    note = request.POST.get("note", "")
    return perform(request, code, action, act, note=note)


def perform(
    request: SignedInRequest, code: str, action: Action, act: Verb, *, note: str = ""
) -> HttpResponse:
    """Do one verb and answer: the dossier's page again, or the list it came from."""
    more = {"note": note} if action in (Action.PROPOSE, Action.APPROVE) else {}
    try:
        act(code, officer=request.user, seen=seen_version(request), at=clock.now(), **more)
    except access.DossierNotFound:
        raise Http404 from None
    except access.NotAllowed as refusal:
        return _show(request, code, refusal=refusal.explanation, note=note, status=403)
    except Refused as refusal:
        return _show(request, code, refusal=refusal.explanation, note=note, status=409)
    messages.success(request, str(words.DONE[action]) % {"code": code})
    return HttpResponseRedirect(url("desk:dossier", code))


def seen_version(request: SignedInRequest) -> int:
    """The version that the clicked button was drawn from; nonsense counts as "long ago"."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def give_back(request: SignedInRequest, code: str) -> HttpResponse:
    """Trả lại, kèm lý do: never without saying why; what was typed is kept."""
    shown = opened.open_page(request, code, purpose="give-back")
    reason = request.POST.get("reason", "")
    error = ""
    status = 200
    if request.method == "POST":
        try:
            actions.return_to_step(
                code,
                officer=request.user,
                seen=seen_version(request),
                at=clock.now(),
                note=reason,
            )
        except access.NotAllowed as refusal:
            error, status = refusal.explanation, 403
        except Refused as refusal:
            error, status = refusal.explanation, 409 if reason.strip() else 422
        else:
            messages.success(request, str(words.DONE[Action.RETURN_TO_STEP]) % {"code": code})
            return HttpResponseRedirect(url("desk:inbox"))
    return page(
        request,
        "desk/give_back.html",
        status=status,
        shown=shown,
        dossier=shown.dossier,
        reason=reason,
        error=error,
        seen=seen_version(request) if status == 422 else shown.dossier.version,
    )


@require_POST
@signed_in
def take_cash(request: SignedInRequest, code: str) -> HttpResponse:
    """Thu tiền mặt: the whole charge, once; then the receipt to print."""
    try:
        receipt = payments.take_cash(code, officer=request.user, at=clock.now())
    except access.DossierNotFound:
        raise Http404 from None
    except access.NotAllowed as refusal:
        return _show(request, code, refusal=refusal.explanation, status=403)
    messages.success(
        request,
        _("Đã thu tiền, biên lai số %(number)s.") % {"number": receipt.shown_number},
    )
    return HttpResponseRedirect(url("desk:print", code) + "?to=bien-lai")


@require_safe
@signed_in
def scan(request: SignedInRequest, code: str, file: UUID) -> HttpResponse:
    """A scanned page of this dossier, and of no other."""
    shown = opened.open_page(request, code, purpose="scan")
    stored = next(
        (s.file for paper in shown.papers for s in paper.scans.all() if s.file_id == file), None
    )
    if stored is None:
        raise Http404
    answer = HttpResponse(files.read(stored), content_type=stored.media_type)
    answer["Content-Disposition"] = "inline"
    answer["Cache-Control"] = "no-store"
    return answer
